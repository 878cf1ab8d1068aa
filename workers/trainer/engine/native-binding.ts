import type { DataId, Tensor } from '@tensorflow/tfjs-core'
import type { Tf } from './training-ops.ts'

interface Attribute {
  name: string
  type: number
  value: string | number | boolean | number[]
}

interface Output {
  id: number
  shape: number[]
  dtype: number
}

/** What is used of tfjs-node 4.22's backend (its `nodejs_kernel_backend.d.ts`), most of it not in its public types. */
export interface NativeBackend {
  binding: {
    TF_FLOAT: number
    TF_ATTR_TYPE: number
    TF_ATTR_STRING: number
    TF_ATTR_SHAPE: number
    TF_ATTR_BOOL: number
    createTensor(shape: number[], dtype: number, values: Float32Array): number
    deleteTensor(id: number): void
    /** Runs one of TensorFlow's operations on tensors by id. */
    executeOp(name: string, attributes: Attribute[], inputs: number[], outputs: number): Output[]
  }
  /** The TensorFlow tensor behind a tfjs tensor's data. */
  tensorMap: { get(dataId: DataId): { id: number } }
  getInputTensorIds(tensors: Tensor[]): number[]
  createOutputTensor(output: Output): Tensor
}

/** tfjs-node registers this class as its backend and no other. */
export const nativeBackend = (tf: Tf): NativeBackend => tf.backend() as unknown as NativeBackend
