import type { Tensor } from '@tensorflow/tfjs-core'
import { rowsAtOnce } from '../../../core/evaluation/prediction-pieces.ts'
import { gatherInputs } from '../data/gather-inputs.ts'
import type { Examples } from '../data/gather-inputs.ts'
import type { Pacer } from '../loop/pacer.ts'
import type { Network } from '../network/build.ts'

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
  network: Network,
  weights: readonly Tensor[],
  input: PredictInput,
  pacer: Pacer,
): Promise<Float32Array> {
  const { graph, facts } = network
  const [classes = 0] = facts.shapes.get(graph.logits) ?? []
  const rows = rowsAtOnce(facts.macs)
  const logits = new Float32Array(input.indices.length * classes)
  for (let from = 0; from < input.indices.length; from += rows) {
    const indices = input.indices.subarray(from, from + rows)
    const values = new Float32Array(indices.length * input.inputSize)
    gatherInputs(input.examples, input.inputSize, indices, values)
    const pass = network.forward(weights, values, 'evaluation')
    try {
      logits.set(pass.logits.dataSync(), from * classes)
    } finally {
      pass.dispose()
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
