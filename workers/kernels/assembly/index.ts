// Everything works on addresses in the memory that the host shares. There are no objects and no static data.
export { gemm, gemmScratchBytes } from './matmul/gemm'
export { reluGradient } from './elementwise'
export { sumRows } from './sum'
export { scale, sumOfSquares } from './norm'
export { adamStep, momentumStep, nesterovStep } from './optimizers'
