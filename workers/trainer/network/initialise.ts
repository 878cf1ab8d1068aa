import type { Tensor } from '@tensorflow/tfjs-core'
import type { NetworkFacts } from '../../../core/networks/graph.ts'
import { sizeOf } from '../../../core/networks/layers/layer.ts'
import { createRandom } from '../../../core/random/create-random.ts'
import { seedOf } from '../../../core/random/seed-of.ts'
import type { Engine } from '../engine/engine.ts'

/**
 * Weights as each declares its start, in their order. Each that is drawn has its own stream, seeded by (seed, which of those
 * that are drawn it is).
 */
export function initialWeights({ weights }: Pick<NetworkFacts, 'weights'>, seed: number): Float32Array[] {
  let drawn = 0
  return weights.map(({ shape, start, fanIn }) => {
    const values = new Float32Array(sizeOf(shape))
    if (start === 'zeros') return values
    const limit = Math.sqrt(6 / fanIn)
    createRandom(seedOf('init', seed, drawn++)).fillUniform(values, -limit, limit)
    return values
  })
}

/** The caller disposes of them. */
export const tensorsOf = (
  { tf }: Pick<Engine, 'tf'>,
  { weights }: Pick<NetworkFacts, 'weights'>,
  values: readonly Float32Array[],
): Tensor[] => values.map((array, i) => tf.tensor(array, [...(weights[i]?.shape ?? [])]))

export const readWeights = (weights: readonly Tensor[]): Float32Array[] =>
  weights.map((tensor) => Float32Array.from(tensor.dataSync()))
