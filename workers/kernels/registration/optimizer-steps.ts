import type { Tensor } from '@tensorflow/tfjs-core'
import type { KernelMemory, MomentumKernel } from '../kernel-memory.ts'

export interface AdamStep {
  /** Learning rate over 1 - beta1^t. */
  rate: number
  beta1: number
  beta2: number
  /** 1 / (1 - beta2^t). */
  correction2: number
  epsilon: number
  /** L2 penalty; 0 for biases. */
  decay: number
}

export interface MomentumStep {
  rate: number
  momentum: number
  decay: number
}

/** Each returns the new weights as a new tensor and changes the moments in place; nothing is disposed. */
export interface OptimizerSteps {
  adam(weight: Tensor, gradient: Tensor, first: Tensor, second: Tensor, step: AdamStep): Tensor
  momentum: MomentumUpdate
  nesterov: MomentumUpdate
}

type MomentumUpdate = (weight: Tensor, gradient: Tensor, velocity: Tensor, step: MomentumStep) => Tensor

export function createOptimizerSteps(memory: KernelMemory): OptimizerSteps {
  const { address, kernels } = memory
  const momentumStep =
    (kernel: MomentumKernel): MomentumUpdate =>
    (weight, gradient, velocity, { rate, momentum, decay }) => {
      const to = memory.tensor(weight.shape)
      kernel(
        address(weight),
        address(to),
        address(velocity),
        address(gradient),
        weight.size,
        rate,
        momentum,
        decay,
      )
      return to
    }
  return {
    adam(weight, gradient, first, second, { rate, beta1, beta2, correction2, epsilon, decay }) {
      const to = memory.tensor(weight.shape)
      kernels.adamStep(
        address(weight),
        address(to),
        address(first),
        address(second),
        address(gradient),
        weight.size,
        rate,
        beta1,
        1 - beta1,
        beta2,
        1 - beta2,
        correction2,
        epsilon,
        decay,
      )
      return to
    },
    momentum: momentumStep(kernels.momentumStep),
    nesterov: momentumStep(kernels.nesterovStep),
  }
}
