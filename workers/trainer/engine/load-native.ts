import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { nativeFolder } from './native-folder.js'
import type { Tf } from './training-ops.ts'

interface NativeTf {
  version: Record<string, string>
  setBackend: Tf['setBackend']
  ready: Tf['ready']
  backend(): { binding: { TF_Version: string } }
}

export type LoadedNative = { tf: Tf; version: string } | { tf: null; reason: string }

/** tfjs-node 4.22 calls two helpers that Node 23 removed from util. */
function supplyRemovedHelpers(): void {
  const util = createRequire(import.meta.url)('node:util') as Record<string, unknown>
  util['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined
  util['isArray'] ??= Array.isArray
}

/** Not there, there without its addon (tfjs-node then throws a plain error), or a library of it does not load. */
function whyMissing(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  const code = 'code' in error ? String(error.code) : ''
  if (code === 'MODULE_NOT_FOUND') return 'is not installed'
  if (/native addon module/.test(error.message)) return 'was installed without its native part'
  return code === 'ERR_DLOPEN_FAILED' ? `does not load: ${error.message.split('\n')[0]}` : null
}

/**
 * tfjs on TensorFlow's C library, one thread: with one thread the same spec gives the same weights on this machine.
 * It is looked for where npm installs and then where `npm run engine:native` does.
 * @param variables STILLHOUSE_NATIVE and what the folder follows from without it
 * @returns why not, in words that follow "the native engine", where neither loads
 */
export async function loadNative(
  variables: Readonly<Record<string, string | undefined>>,
): Promise<LoadedNative> {
  process.env['TF_NUM_INTRAOP_THREADS'] ??= '1'
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2'
  supplyRemovedHelpers()
  const places = [import.meta.url, pathToFileURL(join(nativeFolder(variables), 'package.json'))]
  let reason = 'is not installed'
  for (const place of places) {
    try {
      const native = createRequire(place)('@tensorflow/tfjs-node') as NativeTf
      await native.setBackend('tensorflow')
      await native.ready()
      const version = `tfjs-node ${native.version['tfjs-node']}, TensorFlow ${native.backend().binding.TF_Version}`
      // The package re-exports all of tfjs-core.
      return { tf: native as unknown as Tf, version }
    } catch (error) {
      const why = whyMissing(error)
      if (why === null) throw error
      if (why !== 'is not installed') reason = why
    }
  }
  return { tf: null, reason }
}
