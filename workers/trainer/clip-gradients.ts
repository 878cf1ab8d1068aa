import type { Tensor } from '@tensorflow/tfjs-core'
import type { TrainingOps } from './engine/training-ops.ts'

export interface Clipped {
  /** The same tensors where the norm is within the limit. */
  gradients: Tensor[]
  /** L2 norm of all gradients together, before clipping. */
  norm: number
}

/**
 * Scales the gradients of all weights by clipNorm / ‖g‖ where their common L2 norm ‖g‖ is above it (Pascanu et al. 2013,
 * algorithm 1). Nothing is added to the norm: PyTorch divides by ‖g‖ + 1e-6, Keras and Optax as here. The penalty of weight
 * decay is the optimiser's and comes afterwards, unclipped, as in PyTorch.
 * @param made every tensor made here is added to it, for the caller to dispose
 */
export function clipGradients(
  ops: TrainingOps,
  gradients: Tensor[],
  clipNorm: number,
  made: Tensor[],
): Clipped {
  // In the order of the weights: the order is part of the result.
  const norm = Math.sqrt(gradients.reduce((sum, gradient) => sum + ops.sumOfSquares(gradient), 0))
  if (!(norm > clipNorm)) return { gradients, norm }
  const clipped = gradients.map((gradient) => ops.scale(gradient, clipNorm / norm))
  made.push(...clipped)
  return { gradients: clipped, norm }
}
