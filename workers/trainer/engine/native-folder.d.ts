export function cacheFolder(variables: Readonly<Record<string, string | undefined>>): string
export function nativeFolder(variables: Readonly<Record<string, string | undefined>>): string
