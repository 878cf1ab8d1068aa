import { createKernelMemory } from './kernel-memory.ts'
import type { Tf } from './kernel-memory.ts'
import { registerIdentity } from './registration/identity.ts'
import { registerMatmul } from './registration/matmul.ts'
import { createNormKernels } from './registration/norm.ts'
import type { NormKernels } from './registration/norm.ts'
import { createOptimizerSteps } from './registration/optimizer-steps.ts'
import type { OptimizerSteps } from './registration/optimizer-steps.ts'
import { registerReluGradient } from './registration/relu-gradient.ts'
import type { ReluGradient } from './registration/relu-gradient.ts'
import { registerSum } from './registration/sum.ts'

export type { Tf } from './kernel-memory.ts'

export interface Kernels {
  optimizers: OptimizerSteps
  norm: NormKernels
  /** dx = y > 0 ? scale dy : 0. */
  reluGradient: ReluGradient
}

/**
 * Replaces kernels of tfjs' wasm backend (which must be the current one) by those of kernels.wasm, once a process:
 * BatchMatMul, _FusedMatMul, Sum over leading axes, Identity, and the gradient of Relu.
 * @param wasmBytes what `build.js` wrote
 */
export function registerKernels(tf: Tf, wasmBytes: Uint8Array): Kernels {
  const memory = createKernelMemory(tf, wasmBytes)
  registerMatmul(memory)
  registerSum(memory)
  registerIdentity(memory)
  return {
    optimizers: createOptimizerSteps(memory),
    norm: createNormKernels(memory),
    reluGradient: registerReluGradient(memory),
  }
}
