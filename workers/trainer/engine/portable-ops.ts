import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core'
import type { Kernels } from '../../kernels/register.ts'
import { createGenericOps } from './generic-ops.ts'
import type { Tf, TrainingOps } from './training-ops.ts'

/** The operations on the wasm backend with our kernels: kernels are called straight, without tfjs' wrappers. */
export function createPortableOps(tf: Tf, kernels: Kernels): TrainingOps {
  const engine = tf.engine()
  const product = <T extends Tensor>(
    a: TensorInfo,
    b: TensorInfo,
    transposeA: boolean,
    transposeB: boolean,
  ): T => engine.runKernel('BatchMatMul', { a: a as Tensor, b: b as Tensor }, { transposeA, transposeB })
  // Where a layer stands on its own: plain terms.
  const generic = createGenericOps(tf)
  return {
    relu: generic.relu,
    add: generic.add,
    dense: (a, b, bias, relu) =>
      engine.runKernel(
        '_FusedMatMul',
        { a, b, bias },
        { transposeA: false, transposeB: false, activation: relu ? 'relu' : 'linear' },
      ),
    applyMask: (y, mask) => engine.runKernel('Multiply', { a: y, b: mask }),
    reluGradient: (dy, y, scale) => kernels.reluGradient(dy, y, scale),
    kernelGradient: (x, dy) => product(x, dy, true, false),
    biasGradient: (dy) => engine.runKernel('Sum', { x: dy }, { axis: [0], keepDims: false }),
    inputGradient: (dy, kernel) => product(dy, kernel, false, true),
    adam: (weight, gradient, first, second, settings) => ({
      weight: kernels.optimizers.adam(weight, gradient, first, second, settings),
      moments: [first, second],
    }),
    momentum: (weight, gradient, velocity, settings) => ({
      weight: kernels.optimizers.momentum(weight, gradient, velocity, settings),
      moments: [velocity],
    }),
    nesterov: (weight, gradient, velocity, settings) => ({
      weight: kernels.optimizers.nesterov(weight, gradient, velocity, settings),
      moments: [velocity],
    }),
    sumOfSquares: (x) => kernels.norm.sumOfSquares(x),
    scale: (x, factor) => kernels.norm.scale(x, factor),
  }
}
