import type { KernelFunc } from '@tensorflow/tfjs-core'
import type { Tf } from '../kernel-memory.ts'

/** Puts `make(upstream)` in the place of tfjs' own kernel; `upstream` serves the cases it leaves out. */
export function replaceKernel(tf: Tf, kernelName: string, make: (upstream: KernelFunc) => KernelFunc): void {
  const upstream = tf.getKernel(kernelName, 'wasm')
  if (!upstream) throw new Error(`tfjs' wasm backend has no kernel ${kernelName}: another version of tfjs?`)
  tf.unregisterKernel(kernelName, 'wasm')
  tf.registerKernel({ ...upstream, kernelFunc: make(upstream.kernelFunc) })
}
