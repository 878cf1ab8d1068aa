import type { Tensor } from '@tensorflow/tfjs-core'
import { rowsAtOnce } from '../../core/evaluation/prediction-pieces.ts'
import type { Engine } from './engine.ts'
import { gatherInputs } from './gather-inputs.ts'
import type { Examples } from './gather-inputs.ts'
import { forward, layersOf } from './network/pass.ts'
import type { Pacer } from './pacer.ts'

/** Examples to predict: rows `indices` of a split, or all of it. */
export interface PredictInput {
  examples: Examples
  inputSize: number
  indices: Int32Array
}

/**
 * Logits in evaluation mode (no dropout), row-major float32 [indices, K], in the order of `indices`.
 * The pieces do not change the result: a row's sums do not depend on the rows beside it.
 */
export async function predictLogits(
  { tf, ops }: Engine,
  weights: readonly Tensor[],
  input: PredictInput,
  pacer: Pacer,
): Promise<Float32Array> {
  const layers = layersOf(weights)
  const classes = layers.at(-1)?.bias.size ?? 0
  const macs = layers.reduce((sum, { kernel }) => sum + kernel.size, 0)
  const rows = rowsAtOnce(macs)
  const logits = new Float32Array(input.indices.length * classes)
  for (let from = 0; from < input.indices.length; from += rows) {
    const indices = input.indices.subarray(from, from + rows)
    const values = new Float32Array(indices.length * input.inputSize)
    gatherInputs(input.examples, input.inputSize, indices, values)
    const made: Tensor[] = []
    try {
      const x = tf.tensor2d(values, [indices.length, input.inputSize])
      made.push(x)
      const output = forward(ops, layers, x, null, made).at(-1)
      if (output) logits.set(output.dataSync(), from * classes)
    } finally {
      for (const tensor of made) tensor.dispose()
    }
    if (pacer.isDue()) await pacer.breathe()
  }
  return logits
}

/** 0 … n − 1. */
export function allIndices(n: number): Int32Array {
  return Int32Array.from({ length: n }, (_, i) => i)
}

export function allFinite(values: Float32Array): boolean {
  // One not finite makes x − x NaN, and the sum with it.
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += (values[i] ?? 0) - (values[i] ?? 0)
  return sum === 0
}
