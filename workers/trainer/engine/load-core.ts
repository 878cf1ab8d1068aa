import type { Tf } from './training-ops.ts'

/** Production mode: no banner on standard error, which belongs to the log. */
export async function loadCore(): Promise<Tf> {
  const tf = await import('@tensorflow/tfjs-core')
  tf.enableProdMode()
  return tf
}
