import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { EngineChoice, EngineName } from '../../../core/contracts/protocol.ts'
import { registerKernels } from '../../kernels/register.ts'
import type { Kernels } from '../../kernels/register.ts'
import { createGenericOps } from './generic-ops.ts'
import { loadNative } from './load-native.ts'
import { locateKernels } from './locate-kernels.ts'
import { createNativeOps } from './native-ops.ts'
import { createPortableOps } from './portable-ops.ts'
import type { Tf, TrainingOps } from './training-ops.ts'

export interface Engine {
  name: EngineName
  /** What stands in the protocol: library versions, and for the portable engine which kernels. */
  version: string
  tf: Tf
  ops: TrainingOps
}

/** Production mode: no banner on standard error, which belongs to the log. */
async function loadCore(): Promise<Tf> {
  const tf = await import('@tensorflow/tfjs-core')
  tf.enableProdMode()
  return tf
}

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

/** tfjs' wasm backend on one thread with our kernels: the same bits on every machine. */
async function loadPortable(kernelsPath: string | undefined): Promise<Engine> {
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

async function loadCpu(): Promise<Engine> {
  const tf = await loadCore()
  await import('@tensorflow/tfjs-backend-cpu')
  await tf.setBackend('cpu')
  await tf.ready()
  return { name: 'cpu', version: `tfjs ${tf.version_core}`, tf, ops: createGenericOps(tf) }
}

/**
 * Loads one engine into this process; only what it needs is imported, so that a trainer starts fast.
 * `auto` is the portable engine, whatever is installed: its results can be checked on any machine. cpu is slow and meant for
 * comparison.
 * @param kernelsPath STILLHOUSE_KERNELS, or undefined for the package's own
 * @throws Error that says what to install or build
 */
export async function loadEngine(choice: EngineChoice, kernelsPath: string | undefined): Promise<Engine> {
  if (choice === 'wasm' || choice === 'auto') return await loadPortable(kernelsPath)
  if (choice === 'cpu') return await loadCpu()
  const native = await loadNative(process.env)
  if (native.tf)
    return { name: 'native', version: native.version, tf: native.tf, ops: createNativeOps(native.tf) }
  throw new Error(
    `The native engine ${native.reason}. Install it with npm run engine:native, or choose the portable engine (wasm).`,
  )
}
