import os from 'node:os'
import path from 'node:path'

/**
 * Where downloads are kept for this user. A home of the cache that is not absolute does not count (XDG Base Directory
 * Specification).
 *
 * @param {Readonly<Record<string, string | undefined>>} variables XDG_CACHE_HOME
 * @returns {string} absolute
 */
export function cacheFolder({ XDG_CACHE_HOME: cache }) {
  const home = cache && path.isAbsolute(cache) ? cache : path.join(os.homedir(), '.cache')
  return path.join(home, 'stillhouse')
}

/**
 * Where `npm run engine:native` keeps the native engine: outside node_modules, which `npm ci` empties.
 *
 * @param {Readonly<Record<string, string | undefined>>} variables STILLHOUSE_NATIVE, XDG_CACHE_HOME
 * @returns {string} absolute
 */
export function nativeFolder(variables) {
  const { STILLHOUSE_NATIVE: chosen } = variables
  return chosen ? path.resolve(chosen) : path.join(cacheFolder(variables), 'native-engine')
}
