import type { Tensor } from '@tensorflow/tfjs-core'
import type { KernelMemory } from '../kernel-memory.ts'

export type ReluGradient = <T extends Tensor>(dy: T, y: T, scale: number) => T

/**
 * dx = y > 0 ? scale dy : 0 in one pass. Also becomes tfjs' gradient of Relu; gradients are shared by all
 * backends, so it falls back to tfjs' own formula where the backend is not wasm.
 * @returns the function itself: dy and y of one shape in, dx of that shape out
 */
export function registerReluGradient(memory: KernelMemory): ReluGradient {
  const { tf, kernels } = memory
  const reluGradient: ReluGradient = (dy, y, scale) => {
    const dx = memory.tensor<typeof dy>(dy.shape)
    kernels.reluGradient(memory.address(dy), memory.address(y), memory.address(dx), dy.size, scale)
    return dx
  }
  // tfjs-core alone brings no gradients; with them registered, this one takes the place of Relu's.
  if (tf.getGradient('Relu')) tf.unregisterGradient('Relu')
  tf.registerGradient({
    kernelName: 'Relu',
    outputsToSave: [true],
    gradFunc: (dy, [y]) => ({
      x: () => {
        if (!y || Array.isArray(dy)) throw new Error('Relu has one output.')
        const portable = tf.getBackend() === 'wasm' && dy.dtype === 'float32' && y.dtype === 'float32'
        return portable ? reluGradient(dy, y, 1) : tf.mul(dy, tf.cast(tf.step(y), 'float32'))
      },
    }),
  })
  return reluGradient
}
