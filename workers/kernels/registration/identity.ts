import type { KernelMemory } from '../kernel-memory.ts'
import { replaceKernel } from './replace-kernel.ts'

/** Identity shares its input's data; upstream copies it. */
export function registerIdentity(memory: KernelMemory): void {
  replaceKernel(memory.tf, 'Identity', (upstream) => (params) => {
    const x = params.inputs['x']
    return x ? memory.share(x) : upstream(params)
  })
}
