import { fileURLToPath } from 'node:url'
import { nativeFolder } from '../../workers/trainer/engine/native-folder.js'
import { forTests, readLabel } from './folder.js'
import { installNative } from './install.js'
import { smokeTest } from './smoke-test.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Installing for tests must not hold them up; where npm's own way hangs there is the other one. */
const [limitMs, ownWayMs] = [180_000, 20_000]

/**
 * A native engine for tests: the one that is installed, else in continuous integration one of their own, which no
 * training takes up by itself.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {(line: string) => void} log
 * @returns {Promise<{folder: string} | {reason: string}>}
 */
export async function prepareNative(env, log) {
  const usual = nativeFolder(env)
  const own = env.STILLHOUSE_NATIVE ? usual : forTests(usual)
  // One that npm installed is found first, whichever folder is named.
  if ('version' in (await smokeTest(root))) return { folder: own }
  for (const folder of new Set([usual, own]))
    if (readLabel(folder) && 'version' in (await smokeTest(folder))) return { folder }
  if (!env.CI) return { reason: 'it is not installed (npm run engine:native)' }
  try {
    await installNative(own, { log, signal: AbortSignal.timeout(limitMs), ownWayMs, env })
    return { folder: own }
  } catch (error) {
    if (error?.name === 'TimeoutError')
      return { reason: `it could not be installed within ${limitMs / 1000} s` }
    return { reason: error instanceof Error ? error.message.split('\n')[0].replace(/:$/, '') : String(error) }
  }
}
