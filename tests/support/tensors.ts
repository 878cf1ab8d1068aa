import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import '@tensorflow/tfjs-backend-wasm'
import { createRandom } from '../../core/random/create-random.ts'
import { seedOf } from '../../core/random/seed-of.ts'
import { registerKernels } from '../../workers/kernels/register.ts'
import type { Kernels } from '../../workers/kernels/register.ts'
import { readKernels } from './kernels.ts'

export { tf }

/** tfjs with both backends and our kernels on the wasm one, which is left set. */
export async function startTensors(): Promise<Kernels> {
  tf.enableProdMode()
  await tf.setBackend('wasm')
  await tf.ready()
  return registerKernels(tf, await readKernels())
}

/** Seeded numbers, uniform over −1 … 1. */
export function uniform(count: number, ...seed: (string | number)[]): Float32Array {
  const values = new Float32Array(count)
  createRandom(seedOf('test', ...seed)).fillUniform(values, -1, 1)
  return values
}

export interface Input {
  shape: number[]
  values: Float32Array
}

/** Runs `compute` on a backend and reads its results back; nothing of it stays. */
export async function computeOn(
  backend: 'wasm' | 'cpu',
  inputs: readonly Input[],
  compute: (tensors: tf.Tensor[]) => tf.Tensor,
): Promise<{ shape: number[]; values: Float32Array }> {
  await tf.setBackend(backend)
  const result = tf.tidy(() => compute(inputs.map(({ shape, values }) => tf.tensor(values.slice(), shape))))
  const values = Float32Array.from(result.dataSync())
  const { shape } = result
  result.dispose()
  await tf.setBackend('wasm')
  return { shape, values }
}

/** Largest difference, relative to the largest expected number (at least 1). Infinity for other lengths or NaN. */
export function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY
  let [difference, scale] = [0, 1]
  for (let i = 0; i < actual.length; i++) {
    const [a = Number.NaN, e = Number.NaN] = [actual[i], expected[i]]
    if (Number.isNaN(a) !== Number.isNaN(e)) return Number.POSITIVE_INFINITY
    if (Number.isNaN(a) || a === e) continue
    difference = Math.max(difference, Math.abs(a - e))
    scale = Math.max(scale, Math.abs(e))
  }
  return difference / scale
}
