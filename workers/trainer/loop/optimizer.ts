import type { Tensor } from '@tensorflow/tfjs-core'
import type { OptimizerSpec } from '../../../core/contracts/network.ts'
import type { WeightSpec } from '../../../core/networks/layers/layer.ts'
import type { Engine } from '../engine/engine.ts'
import { integerPower } from '../../../core/mathematics/portable-math.ts'

export interface Optimizer {
  /** Step t (from 1): disposes the old weights, returns the new ones in the same order. Gradients stay the caller's. */
  apply(weights: readonly Tensor[], gradients: readonly Tensor[], learningRate: number, t: number): Tensor[]
  /** A copy of the moments, for a checkpoint: all of one weight, then of the next. */
  readMoments(): Float32Array[]
  dispose(): void
}

/** Adam keeps two, SGD with momentum one. */
export const momentsPerWeight = ({ name }: OptimizerSpec): number => (name === 'adam' ? 2 : 1)

/**
 * Adam, or SGD with heavy-ball or Nesterov momentum. Weight decay is an L2 penalty on weights that declare it.
 * @param moments of a checkpoint, or null to begin at 0
 */
export function createOptimizer(
  { tf, ops }: Engine,
  spec: OptimizerSpec,
  weights: readonly WeightSpec[],
  moments: readonly Float32Array[] | null,
): Optimizer {
  const perWeight = momentsPerWeight(spec)
  const state: Tensor[][] = weights.map(({ shape }, i) =>
    Array.from({ length: perWeight }, (_, j) => {
      const stored = moments?.[i * perWeight + j]
      return stored ? tf.tensor(stored.slice(), [...shape]) : tf.zeros([...shape])
    }),
  )
  const update = (
    weight: Tensor,
    gradient: Tensor,
    own: Tensor[],
    decay: number,
    learningRate: number,
    t: number,
  ) => {
    const [first, second] = own
    if (!first) throw new Error('The optimiser has no moments for this weight.')
    if (spec.name === 'sgd') {
      const step = spec.nesterov ? ops.nesterov : ops.momentum
      return step(weight, gradient, first, { rate: learningRate, momentum: spec.momentum, decay })
    }
    if (!second) throw new Error('Adam keeps two moments a weight.')
    return ops.adam(weight, gradient, first, second, {
      rate: learningRate / (1 - integerPower(spec.beta1, t)),
      beta1: spec.beta1,
      beta2: spec.beta2,
      correction2: 1 / (1 - integerPower(spec.beta2, t)),
      epsilon: spec.epsilon,
      decay,
    })
  }
  return {
    apply: (current, gradients, learningRate, t) =>
      current.map((weight, i) => {
        const gradient = gradients[i]
        const own = state[i]
        if (!gradient || !own) throw new Error('A weight without its gradient.')
        const updated = update(
          weight,
          gradient,
          own,
          weights[i]?.decays ? spec.weightDecay : 0,
          learningRate,
          t,
        )
        for (const old of own) if (!updated.moments.includes(old)) old.dispose()
        state[i] = updated.moments
        weight.dispose()
        return updated.weight
      }),
    readMoments: () => state.flat().map((tensor) => Float32Array.from(tensor.dataSync())),
    dispose: () => state.flat().forEach((tensor) => tensor.dispose()),
  }
}
