export function nativeFolder(variables: Readonly<Record<string, string | undefined>>): string
