import type { Engine } from './engine.ts'
import { createGenericOps } from './generic-ops.ts'
import { loadCore } from './load-core.ts'

/** tfjs in plain JavaScript. */
export async function openCpu(): Promise<Engine> {
  const tf = await loadCore()
  await import('@tensorflow/tfjs-backend-cpu')
  await tf.setBackend('cpu')
  await tf.ready()
  return { name: 'cpu', version: `tfjs ${tf.version_core}`, tf, ops: createGenericOps(tf) }
}
