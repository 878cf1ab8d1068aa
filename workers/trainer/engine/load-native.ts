import { join } from 'node:path'
import { nativeFolder } from './native-folder.js'
import { requireNative } from './require-native.js'
import type { Tf } from './training-ops.ts'

export type LoadedNative = { tf: Tf; version: string } | { tf: null; reason: string }

/** Not there, there without its addon (tfjs-node then throws a plain error), or a library of it does not load. */
function whyMissing(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  const code = 'code' in error ? String(error.code) : ''
  if (code === 'MODULE_NOT_FOUND') return 'is not installed'
  if (/native addon module/.test(error.message)) return 'was installed without its native part'
  return code === 'ERR_DLOPEN_FAILED' ? `does not load: ${error.message.split('\n')[0]}` : null
}

/**
 * tfjs on TensorFlow's C library, from where npm installs, else from where `npm run engine:native` does.
 * @param variables STILLHOUSE_NATIVE and what the folder follows from without it
 * @returns why not, in words that follow "the native engine", where neither loads
 */
export async function loadNative(
  variables: Readonly<Record<string, string | undefined>>,
): Promise<LoadedNative> {
  let reason = 'is not installed'
  for (const place of [import.meta.url, join(nativeFolder(variables), 'package.json')]) {
    try {
      return await requireNative(place)
    } catch (error) {
      const why = whyMissing(error)
      if (why === null) throw error
      if (why !== 'is not installed') reason = why
    }
  }
  return { tf: null, reason }
}
