import type { DataId, DataType, KernelBackend, Tensor, TensorInfo } from '@tensorflow/tfjs-core'

export type Tf = typeof import('@tensorflow/tfjs-core')

/** What the kernels use of tfjs' wasm backend. */
interface WasmBackend extends KernelBackend {
  wasm: {
    asm: { memory: WebAssembly.Memory; malloc(bytes: number): number }
    _malloc(bytes: number): number
    _free(address: number): void
  }
  dataIdMap: { get(id: DataId): { memoryOffset: number } }
  makeOutput(shape: number[], dtype: DataType): TensorInfo
}

export type MomentumKernel = (
  w: number,
  to: number,
  velocity: number,
  g: number,
  count: number,
  rate: number,
  momentum: number,
  decay: number,
) => void

/** The exports of kernels.wasm. Addresses and strides in bytes, flags 0 or 1. */
export interface KernelExports {
  gemm(
    m: number,
    n: number,
    k: number,
    a: number,
    transposeA: number,
    b: number,
    transposeB: number,
    c: number,
    bias: number,
    relu: number,
    scratch: number,
  ): void
  gemmScratchBytes(): number
  reluGradient(dy: number, y: number, dx: number, count: number, scale: number): void
  sumRows(x: number, rows: number, columns: number, to: number): void
  adamStep(
    w: number,
    to: number,
    first: number,
    second: number,
    g: number,
    count: number,
    rate: number,
    beta1: number,
    rest1: number,
    beta2: number,
    rest2: number,
    correction2: number,
    epsilon: number,
    decay: number,
  ): void
  momentumStep: MomentumKernel
  nesterovStep: MomentumKernel
  sumOfSquares(x: number, count: number): number
  scale(x: number, to: number, count: number, factor: number): void
}

/** The backend's memory as the kernels see it: addresses only, because growing detaches every view of it. */
export interface KernelMemory {
  tf: Tf
  kernels: KernelExports
  address(tensor: TensorInfo): number
  /** A new, uninitialised float32 output. Throws RangeError when the memory cannot grow. */
  output(shape: number[]): TensorInfo
  /** Like `output`, known to tfjs' engine and to its tidy. */
  tensor<T extends Tensor>(shape: T['shape']): T
  /** Memory for one call, aligned to 64 bytes; kept and reused, it only ever grows. */
  scratch(bytes: number): number
  /** A second tensor over the same data. */
  share(tensor: TensorInfo): TensorInfo
}

/** tfjs gives the backend under its base type; on 'wasm' it is the class described above. */
function wasmBackend(tf: Tf): WasmBackend {
  if (tf.getBackend() !== 'wasm')
    throw new Error(`The kernels need tfjs' wasm backend, but '${tf.getBackend()}' is set.`)
  return tf.backend() as WasmBackend
}

/**
 * tfjs writes to whatever address malloc gives, and malloc gives 0 when the memory cannot grow: numbers would land in the
 * module's own data. From here on that is an error for every tensor of the backend.
 */
function refuseFailedAllocations({ wasm }: WasmBackend): void {
  const { malloc } = wasm.asm
  const allocate = (bytes: number): number => {
    const start = malloc(bytes)
    if (start === 0 && bytes > 0)
      throw new RangeError(`Array buffer allocation failed: the wasm memory cannot grow by ${bytes} bytes.`)
    return start
  }
  Object.assign(wasm, { _malloc: allocate })
}

/** Compiled by `build.js` from the exports listed in `KernelExports`. */
function instantiate(wasmBytes: Uint8Array, memory: WebAssembly.Memory): KernelExports {
  const module = new WebAssembly.Module(new Uint8Array(wasmBytes))
  const exports: unknown = new WebAssembly.Instance(module, { env: { memory } }).exports
  return exports as KernelExports
}

/** Puts the kernels on the memory of tfjs' wasm backend, which must be set. No copies between the two. */
export function createKernelMemory(tf: Tf, wasmBytes: Uint8Array): KernelMemory {
  const backend = wasmBackend(tf)
  refuseFailedAllocations(backend)
  const { asm, _malloc: allocate, _free: free } = backend.wasm
  const kernels = instantiate(wasmBytes, asm.memory)
  let scratchBytes = 0
  let scratchStart = 0

  const output = (shape: number[]): TensorInfo => backend.makeOutput(shape, 'float32')
  return {
    tf,
    kernels,
    address: (tensor) => backend.dataIdMap.get(tensor.dataId).memoryOffset >>> 0,
    output,
    // The engine types what it makes as a tensor of any rank; its rank is that of the shape.
    tensor: <T extends Tensor>(shape: T['shape']): T =>
      tf.engine().makeTensorFromTensorInfo(output(shape), backend) as T,
    scratch(bytes) {
      if (bytes > scratchBytes) {
        if (scratchStart !== 0) free(scratchStart)
        scratchStart = 0
        scratchBytes = 0
        scratchStart = allocate(bytes + 63) >>> 0
        scratchBytes = bytes
      }
      return ((scratchStart + 63) & ~63) >>> 0
    },
    share(tensor) {
      backend.incRef(tensor.dataId)
      return { dataId: tensor.dataId, shape: tensor.shape, dtype: tensor.dtype }
    },
  }
}
