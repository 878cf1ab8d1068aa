import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'

export type Tf = typeof import('@tensorflow/tfjs-core')

/** One Adam step at step t (from 1), Kingma and Ba 2015. `decay`: L2 penalty added to the gradient. */
export interface AdamSettings {
  /** Learning rate over 1 − beta1^t. */
  rate: number
  beta1: number
  beta2: number
  /** 1 / (1 − beta2^t). */
  correction2: number
  epsilon: number
  decay: number
}

export interface MomentumSettings {
  rate: number
  momentum: number
  decay: number
}

/**
 * What a training step is made of, each in the engine's fastest way. Every function makes new tensors and disposes
 * nothing, with one exception: moments may be updated in place, and are otherwise replaced (see `Updated`).
 */
export interface TrainingOps {
  /** x [B, in] · kernel [in, out] + bias [out], then max(0, ·) where `relu`. NaN stays NaN. */
  dense(x: Tensor2D, kernel: Tensor2D, bias: Tensor1D, relu: boolean): Tensor2D
  /** y · mask, element by element. */
  applyMask(y: Tensor2D, mask: Tensor2D): Tensor2D
  /** y > 0 ? scale · dy : 0. */
  reluGradient(dy: Tensor2D, y: Tensor2D, scale: number): Tensor2D
  /** xᵀ · dy. */
  kernelGradient(x: Tensor2D, dy: Tensor2D): Tensor2D
  /** Sum of dy over the batch. */
  biasGradient(dy: Tensor2D): Tensor1D
  /** dy · kernelᵀ. */
  inputGradient(dy: Tensor2D, kernel: Tensor2D): Tensor2D
  adam(weight: Tensor, gradient: Tensor, first: Tensor, second: Tensor, settings: AdamSettings): Updated
  momentum(weight: Tensor, gradient: Tensor, velocity: Tensor, settings: MomentumSettings): Updated
  /** Momentum that looks ahead: v ← μv + g, then w − rate · (g + μv). */
  nesterov(weight: Tensor, gradient: Tensor, velocity: Tensor, settings: MomentumSettings): Updated
  /** Σ x² over all elements. */
  sumOfSquares(x: Tensor): number
  /** factor · x. */
  scale(x: Tensor, factor: number): Tensor
}

/** New weights, and the moments that count from now on: the same tensors, or new ones in their place. */
export interface Updated {
  weight: Tensor
  moments: Tensor[]
}
