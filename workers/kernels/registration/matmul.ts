import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core'
import type { KernelMemory } from '../kernel-memory.ts'
import { replaceKernel } from './replace-kernel.ts'

interface Product {
  a: TensorInfo
  b: TensorInfo
  bias: TensorInfo | null
  transposeA: boolean
  transposeB: boolean
  relu: boolean
}

const count = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1)

/** Float32, at least one number, and the same batch on both sides: everything else goes upstream. */
function isPlain({ a, b, bias, transposeB }: Product): boolean {
  const batch = (shape: readonly number[]): string => shape.slice(0, -2).join()
  const columns = b.shape.at(transposeB ? -2 : -1)
  return (
    a.dtype === 'float32' &&
    b.dtype === 'float32' &&
    a.shape.length >= 2 &&
    batch(a.shape) === batch(b.shape) &&
    count(a.shape) > 0 &&
    count(b.shape) > 0 &&
    (bias === null ||
      (bias.dtype === 'float32' && count(bias.shape) === columns && bias.shape.at(-1) === columns))
  )
}

function multiply(memory: KernelMemory, product: Product): TensorInfo {
  const { a, b, bias, transposeA, transposeB, relu } = product
  const [rowsA = 0, columnsA = 0] = a.shape.slice(-2)
  const [rowsB = 0, columnsB = 0] = b.shape.slice(-2)
  const [m, k] = transposeA ? [columnsA, rowsA] : [rowsA, columnsA]
  const n = transposeB ? rowsB : columnsB
  const batch = a.shape.slice(0, -2)
  const out = memory.output([...batch, m, n])
  const scratch = memory.scratch(memory.kernels.gemmScratchBytes())
  let [pa, pb, pc] = [memory.address(a), memory.address(b), memory.address(out)]
  const pBias = bias === null ? 0 : memory.address(bias)
  for (let i = 0; i < count(batch); i++) {
    memory.kernels.gemm(
      m,
      n,
      k,
      pa,
      Number(transposeA),
      pb,
      Number(transposeB),
      pc,
      pBias,
      Number(relu),
      scratch,
    )
    pa += m * k * 4
    pb += k * n * 4
    pc += m * n * 4
  }
  return out
}

function readProduct(
  inputs: Record<string, TensorInfo | undefined>,
  attrs: object | undefined,
): Product | null {
  const { a, b, bias } = inputs
  if (!a || !b) return null
  const {
    transposeA = false,
    transposeB = false,
    activation = null,
  } = (attrs ?? {}) as {
    transposeA?: boolean
    transposeB?: boolean
    activation?: string | null
  }
  if (activation !== null && activation !== 'linear' && activation !== 'relu') return null
  return { a, b, bias: bias ?? null, transposeA, transposeB, relu: activation === 'relu' }
}

/** BatchMatMul and _FusedMatMul (bias, linear or ReLU) in all four transpositions. */
export function registerMatmul(memory: KernelMemory): void {
  const make =
    (upstream: KernelFunc): KernelFunc =>
    (params) => {
      const product = readProduct(params.inputs, params.attrs)
      return product && isPlain(product) ? multiply(memory, product) : upstream(params)
    }
  replaceKernel(memory.tf, 'BatchMatMul', make)
  replaceKernel(memory.tf, '_FusedMatMul', make)
}
