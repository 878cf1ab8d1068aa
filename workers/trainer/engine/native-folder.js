import os from 'node:os'
import path from 'node:path'

/**
 * Where `npm run engine:native` keeps the native engine: outside node_modules, which `npm ci` empties.
 * A home of the cache that is not absolute does not count (XDG Base Directory Specification).
 *
 * @param {Readonly<Record<string, string | undefined>>} variables STILLHOUSE_NATIVE, XDG_CACHE_HOME
 * @returns {string} absolute
 */
export function nativeFolder({ STILLHOUSE_NATIVE: chosen, XDG_CACHE_HOME: cache }) {
  if (chosen) return path.resolve(chosen)
  const home = cache && path.isAbsolute(cache) ? cache : path.join(os.homedir(), '.cache')
  return path.join(home, 'stillhouse', 'native-engine')
}
