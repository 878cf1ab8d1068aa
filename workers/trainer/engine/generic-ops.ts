import type { Tensor } from '@tensorflow/tfjs-core'
import type { Tf, TrainingOps } from './training-ops.ts'

/** The operations in tfjs' own terms, for any backend (native, cpu). */
export function createGenericOps(tf: Tf): TrainingOps {
  const penalised = (gradient: Tensor, weight: Tensor, decay: number): Tensor =>
    decay === 0 ? gradient : tf.add(gradient, tf.mul(weight, decay))
  // relu(NaN) is 0 on some backends; here NaN stays, so that a divergence is seen.
  const reluOf = (z: Tensor): Tensor => tf.where(tf.lessEqual(z, 0), tf.zerosLike(z), z)
  return {
    relu: (x) => tf.tidy(() => reluOf(x)),
    add: (a, b) => tf.add(a, b),
    dense: (x, kernel, bias, relu) =>
      tf.tidy(() => {
        const z = tf.add(tf.matMul(x, kernel), bias)
        return relu ? reluOf(z) : z
      }),
    applyMask: (y, mask) => tf.mul(y, mask),
    reluGradient: (dy, y, scale) => tf.tidy(() => tf.mul(tf.mul(dy, scale), tf.step(y))),
    kernelGradient: (x, dy) => tf.matMul(x, dy, true, false),
    biasGradient: (dy) => tf.sum(dy, 0),
    inputGradient: (dy, kernel) => tf.matMul(dy, kernel, false, true),
    adam(weight, gradient, first, second, { rate, beta1, beta2, correction2, epsilon, decay }) {
      const [newWeight, m, v] = tf.tidy((): [Tensor, Tensor, Tensor] => {
        const g = penalised(gradient, weight, decay)
        const newFirst = tf.add(tf.mul(first, beta1), tf.mul(g, 1 - beta1))
        const newSecond = tf.add(tf.mul(second, beta2), tf.mul(tf.square(g), 1 - beta2))
        const root = tf.add(tf.sqrt(tf.mul(newSecond, correction2)), epsilon)
        return [tf.sub(weight, tf.div(tf.mul(newFirst, rate), root)), newFirst, newSecond]
      })
      return { weight: newWeight, moments: [m, v] }
    },
    momentum(weight, gradient, velocity, { rate, momentum, decay }) {
      const [newWeight, m] = tf.tidy((): [Tensor, Tensor] => {
        const newVelocity = tf.add(tf.mul(velocity, momentum), penalised(gradient, weight, decay))
        return [tf.sub(weight, tf.mul(newVelocity, rate)), newVelocity]
      })
      return { weight: newWeight, moments: [m] }
    },
    nesterov(weight, gradient, velocity, { rate, momentum, decay }) {
      const [newWeight, m] = tf.tidy((): [Tensor, Tensor] => {
        const g = penalised(gradient, weight, decay)
        const newVelocity = tf.add(tf.mul(velocity, momentum), g)
        const ahead = tf.add(g, tf.mul(newVelocity, momentum))
        return [tf.sub(weight, tf.mul(ahead, rate)), newVelocity]
      })
      return { weight: newWeight, moments: [m] }
    },
    sumOfSquares(x) {
      const sum = tf.tidy(() => tf.sum(tf.square(x)))
      const [value = Number.NaN] = sum.dataSync<'float32'>()
      sum.dispose()
      return value
    },
    scale: (x, factor) => tf.mul(x, factor),
  }
}
