import type { Tensor } from '@tensorflow/tfjs-core'
import type { KernelMemory } from '../kernel-memory.ts'

/** What clipping by the norm needs. */
export interface NormKernels {
  /** Σ x² in float64, in an order that is fixed. */
  sumOfSquares(x: Tensor): number
  /** factor · x as a new tensor. */
  scale(x: Tensor, factor: number): Tensor
}

export function createNormKernels({ address, kernels, tensor }: KernelMemory): NormKernels {
  return {
    sumOfSquares: (x) => kernels.sumOfSquares(address(x), x.size),
    scale(x, factor) {
      const to = tensor(x.shape)
      kernels.scale(address(x), address(to), x.size, factor)
      return to
    },
  }
}
