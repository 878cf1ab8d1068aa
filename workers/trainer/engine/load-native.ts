import { createRequire } from 'node:module'
import type { Tf } from './training-ops.ts'

/** Optional: absent on most machines, so the compiler must not look for it. */
const packageName = '@tensorflow/tfjs-node'

interface NativeTf {
  version: Record<string, string>
  setBackend: Tf['setBackend']
  ready: Tf['ready']
  backend(): unknown
}

/** tfjs-node 4.22 calls two helpers that Node 23 removed from util. */
function supplyRemovedHelpers(): void {
  const util = createRequire(import.meta.url)('node:util') as Record<string, unknown>
  util['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined
  util['isArray'] ??= Array.isArray
}

/** Not installed, installed without its addon (tfjs-node then throws a plain error), or its library does not load. */
const isMissing = (error: unknown): boolean =>
  error instanceof Error &&
  (/native addon module/.test(error.message) ||
    ('code' in error &&
      ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND', 'ERR_DLOPEN_FAILED'].includes(String(error.code))))

/**
 * tfjs on TensorFlow's C library, one thread: with one thread the same spec gives the same weights on this machine.
 * @returns null where the package is not installed or its library does not load
 */
export async function loadNative(): Promise<{ tf: Tf; version: string } | null> {
  process.env['TF_NUM_INTRAOP_THREADS'] ??= '1'
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2'
  supplyRemovedHelpers()
  try {
    const loaded = (await import(packageName)) as { default?: NativeTf } & NativeTf
    const native = loaded.default ?? loaded
    await native.setBackend('tensorflow')
    await native.ready()
    // The package re-exports all of tfjs-core, of which there is one copy.
    return { tf: native as unknown as Tf, version: native.version['tfjs-node'] ?? 'unknown' }
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}
