import type { KernelMemory } from '../kernel-memory.ts'
import { replaceKernel } from './replace-kernel.ts'

/** Sum over all axes but the last: what the gradient of a bias is. Other sums stay upstream. */
export function registerSum(memory: KernelMemory): void {
  const { tf, kernels } = memory
  replaceKernel(tf, 'Sum', (upstream) => (params) => {
    const x = params.inputs['x']
    const { axis, keepDims } = (params.attrs ?? {}) as unknown as {
      axis: number | number[]
      keepDims?: boolean
    }
    const rank = x?.shape.length ?? 0
    const columns = x?.shape.at(-1) ?? 0
    if (!x || x.dtype !== 'float32' || rank < 2 || columns === 0) return upstream(params)
    const axes = tf.util.parseAxisParam(axis, x.shape)
    if (axes.length !== rank - 1 || axes.includes(rank - 1)) return upstream(params)
    const out = memory.output(keepDims ? [...axes.map(() => 1), columns] : [columns])
    kernels.sumRows(memory.address(x), tf.util.sizeFromShape(x.shape) / columns, columns, memory.address(out))
    return out
  })
}
