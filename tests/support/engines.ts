import { enableProdMode } from '@tensorflow/tfjs-core'
import { EngineName } from '../../core/contracts/protocol.ts'
import { loadEngine } from '../../workers/trainer/engine/load-engine.ts'
import type { Engine } from '../../workers/trainer/engine/engine.ts'
import { ensureKernels } from './kernels.ts'

/**
 * The engine that the trainer's tests run on: wasm, or what STILLHOUSE_TEST_ENGINE names. `npm test` runs them a second
 * time on native where that can be installed; tests of what only the portable engine promises are skipped there.
 */
export const testEngine: EngineName = EngineName.parse(process.env['STILLHOUSE_TEST_ENGINE'] ?? 'wasm')

export const onPortable: boolean = testEngine === 'wasm'

/**
 * Engines that can be compared here. Native is among them only where the tests run on it, so that the number of tests
 * does not depend on what else a machine has installed; there it must load.
 */
export const engines: readonly EngineName[] = EngineName.options.filter(
  (name) => name !== 'native' || testEngine === 'native',
)

const backends = { wasm: 'wasm', native: 'tensorflow', cpu: 'cpu' } as const
const loaded = new Map<EngineName, Promise<Engine>>()

async function load(name: EngineName): Promise<Engine> {
  await ensureKernels()
  // Else every kernel that a second copy of tfjs registers would be told.
  enableProdMode()
  return await loadEngine(name, undefined)
}

/**
 * Runs `work` on an engine in this process. All copies of tfjs share one list of backends, of which one is set at a time:
 * `work` must be synchronous and keep its tensors to itself.
 */
export async function onEngine<T>(name: EngineName, work: (engine: Engine) => T): Promise<T> {
  const pending = loaded.get(name) ?? load(name)
  loaded.set(name, pending)
  const engine = await pending
  await engine.tf.setBackend(backends[name])
  return work(engine)
}
