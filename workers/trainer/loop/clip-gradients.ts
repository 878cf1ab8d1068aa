import type { Tensor } from '@tensorflow/tfjs-core'
import type { TrainingOps } from '../engine/training-ops.ts'

/**
 * Scales the gradients of all weights by clipNorm / ‖g‖ where their common L2 norm ‖g‖ is above it (Pascanu et al. 2013,
 * algorithm 1). Nothing is added to the norm: PyTorch divides by ‖g‖ + 1e-6, Keras and Optax as here. The penalty of weight
 * decay is the optimiser's and comes afterwards, unclipped, as in PyTorch.
 * @param gradients replaced in place by the scaled ones; nothing changes where the norm is not finite
 * @returns ‖g‖ before clipping
 */
export function clipGradients(ops: TrainingOps, gradients: Tensor[], clipNorm: number): number {
  // In the order of the weights: the order is part of the result.
  const norm = Math.sqrt(gradients.reduce((sum, gradient) => sum + ops.sumOfSquares(gradient), 0))
  if (!(norm > clipNorm) || !Number.isFinite(norm)) return norm
  for (const [i, gradient] of gradients.entries()) {
    gradients[i] = ops.scale(gradient, clipNorm / norm)
    gradient.dispose()
  }
  return norm
}
