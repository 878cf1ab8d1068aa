/** What a launch key looks like; without a schema, for a page that makes keys. */
export const launchKeyPattern = /^[\w-]{8,64}$/
