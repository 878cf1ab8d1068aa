/**
 * Of every connection. WAL with FULL: a commit that was acknowledged survives a power cut, not only a killed process.
 * macOS answers fsync before its disk has written; F_FULLFSYNC, which SQLite asks for by these pragmas, does not.
 */
export function pragmasFor(platform: NodeJS.Platform): string[] {
  return [
    'journal_mode = WAL',
    'synchronous = FULL',
    ...(platform === 'darwin' ? ['fullfsync = ON', 'checkpoint_fullfsync = ON'] : []),
    'foreign_keys = ON',
  ]
}
