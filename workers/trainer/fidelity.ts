import { readFile } from 'node:fs/promises'
import type { EvaluationFigures } from '../../core/contracts/work-report.ts'
import type { FidelityRequest } from '../../core/contracts/work-request.ts'
import { readArray } from './data.ts'
import type { DatasetReader } from './data.ts'
import type { Engine } from './engine.ts'
import { fidelityFigures, pickRows } from './evaluate.ts'
import { TrainerFailure } from './failure.ts'
import { weightShapes } from './network/initialise.ts'
import type { Pacer } from './pacer.ts'
import { predictLogits } from './predict.ts'
import { labelledExamples } from './prepare-run.ts'

/** weights.bin back into arrays. `bad-input` where its size is not that of the network. */
async function readWeightsFile(path: string, shapes: readonly number[][]): Promise<Float32Array[]> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new TrainerFailure('bad-input', `Cannot read the weights ${path}. Were they deleted?`, {
      cause: error,
    })
  })
  const sizes = shapes.map((shape) => shape.reduce((product, size) => product * size, 1))
  const expected = sizes.reduce((sum, size) => sum + size * 4, 0)
  if (bytes.length !== expected)
    throw new TrainerFailure('bad-input', `${path} has ${bytes.length} bytes, the network takes ${expected}.`)
  let from = 0
  return sizes.map((size) => {
    const values = new Float32Array(size)
    new Uint8Array(values.buffer).set(bytes.subarray(from, from + size * 4))
    from += size * 4
    return values
  })
}

/** Agreement and KL with the teacher of runs that finished before it: test from stored logits, train predicted anew. */
export async function measureFidelity(
  request: FidelityRequest,
  engine: Engine,
  readDataset: DatasetReader,
  pacer: Pacer,
): Promise<{ runId: string; figures: EvaluationFigures }[]> {
  const results: { runId: string; figures: EvaluationFigures }[] = []
  const first = request.runs[0]
  if (!first) return results
  const dataset = await readDataset(request.dataset, first.spec.data)
  const { classes, inputSize, train, test } = dataset.meta
  const teacherTrain = await readArray(request.teacherLogits.train, 'float32', [train, classes])
  const teacherTest = await readArray(request.teacherLogits.test, 'float32', [test, classes])
  for (const { runId, spec, weights, testLogits } of request.runs) {
    const shapes = weightShapes(spec.network, inputSize, classes)
    const values = await readWeightsFile(weights, shapes)
    const student = await readArray(testLogits, 'float32', [test, classes])
    const indices = labelledExamples(spec, dataset)
    const tensors = values.map((array, i) => engine.tf.tensor(array, shapes[i]))
    try {
      const input = { examples: dataset.train.examples, inputSize, indices }
      const predicted = await predictLogits(engine, tensors, input, pacer)
      const ofLabelled = pickRows(teacherTrain, indices, classes)
      results.push({
        runId,
        figures: {
          ...fidelityFigures('train', predicted, ofLabelled, classes),
          ...fidelityFigures('test', student, teacherTest, classes),
        },
      })
    } finally {
      for (const tensor of tensors) tensor.dispose()
    }
    await pacer.breathe()
  }
  return results
}
