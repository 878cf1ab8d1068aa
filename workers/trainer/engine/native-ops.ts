import { createGenericOps } from './generic-ops.ts'
import { nativeBackend } from './native-binding.ts'
import { createNativeOptimizers } from './native-optimizers.ts'
import type { Tf, TrainingOps } from './training-ops.ts'

/** The operations on TensorFlow's C library: its own kernels where tfjs' terms take several passes. */
export function createNativeOps(tf: Tf): TrainingOps {
  const generic = createGenericOps(tf)
  const { binding } = nativeBackend(tf)
  const ofFloats = [{ name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT }]
  const reluKeepsNaN = Number.isNaN(tf.tidy(() => tf.relu([Number.NaN]).dataSync()[0]))
  return {
    ...generic,
    ...createNativeOptimizers(tf),
    dense(x, kernel, bias, relu) {
      if (relu && !reluKeepsNaN) return generic.dense(x, kernel, bias, relu)
      return tf.tidy(() => {
        const z = tf.add(tf.matMul(x, kernel), bias)
        return relu ? tf.relu(z) : z
      })
    },
    reluGradient: (dy, y, scale) =>
      tf.tidy(() => {
        const backend = nativeBackend(tf)
        const ids = backend.getInputTensorIds([scale === 1 ? dy : tf.mul(dy, scale), y])
        const [output] = binding.executeOp('ReluGrad', ofFloats, ids, 1)
        if (!output) throw new Error('ReluGrad gave nothing.')
        return backend.createOutputTensor(output)
      }),
  }
}
