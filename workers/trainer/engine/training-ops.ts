import type { Tensor } from '@tensorflow/tfjs-core'

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
  dense(x: Tensor, kernel: Tensor, bias: Tensor, relu: boolean): Tensor
  /** max(0, x). NaN stays NaN. */
  relu(x: Tensor): Tensor
  /** a + b, of one shape. */
  add(a: Tensor, b: Tensor): Tensor
  /** y · mask, element by element. */
  applyMask(y: Tensor, mask: Tensor): Tensor
  /** y > 0 ? scale · dy : 0. */
  reluGradient(dy: Tensor, y: Tensor, scale: number): Tensor
  /** xᵀ · dy. */
  kernelGradient(x: Tensor, dy: Tensor): Tensor
  /** Sum of dy over the batch. */
  biasGradient(dy: Tensor): Tensor
  /** dy · kernelᵀ. */
  inputGradient(dy: Tensor, kernel: Tensor): Tensor
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
