import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { registerKernels } from '../../kernels/register.ts'
import type { Kernels } from '../../kernels/register.ts'
import type { Engine } from './engine.ts'
import { loadCore } from './load-core.ts'
import { locateKernels } from './locate-kernels.ts'
import { createPortableOps } from './portable-ops.ts'
import type { Tf } from './training-ops.ts'

/**
 * tfjs' wasm module handles uncaught errors of the whole process by throwing them again, which prints its minified source
 * and leaves no time for a last message. Those handlers are taken away again.
 */
async function withoutNewHandlers(work: () => Promise<void>): Promise<void> {
  const events = ['uncaughtException', 'unhandledRejection'] as const
  const before = new Set<unknown>(events.flatMap((event) => process.rawListeners(event)))
  await work()
  for (const event of events)
    for (const listener of process.rawListeners(event))
      if (!before.has(listener)) process.removeListener(event, listener as (...values: unknown[]) => void)
}

function registerOrExplain(tf: Tf, wasm: Uint8Array): Kernels {
  try {
    return registerKernels(tf, wasm)
  } catch (error) {
    if (!(error instanceof WebAssembly.CompileError)) throw error
    throw new Error(
      `The kernels do not load here (${error.message}). This processor or Node lacks WebAssembly SIMD: choose another engine, such as cpu.`,
      { cause: error },
    )
  }
}

/**
 * tfjs' wasm backend on one thread with our kernels: the same bits on every machine.
 * @param kernelsPath STILLHOUSE_KERNELS, or undefined for the package's own
 */
export async function openPortable(kernelsPath: string | undefined): Promise<Engine> {
  const tf = await loadCore()
  const backend = await import('@tensorflow/tfjs-backend-wasm')
  const folder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))
  backend.setWasmPaths(join(folder, '/'))
  backend.setThreadsCount(1)
  await withoutNewHandlers(async () => {
    await tf.setBackend('wasm')
    await tf.ready()
  })
  const wasm = await readFile(locateKernels(kernelsPath))
  const kernels = registerOrExplain(tf, wasm)
  const hash = createHash('sha256').update(wasm).digest('hex').slice(0, 8)
  const version = `tfjs ${tf.version_core}, kernels ${hash}`
  return { name: 'wasm', version, tf, ops: createPortableOps(tf, kernels) }
}
