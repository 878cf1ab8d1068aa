import type { EvaluationFigures } from '../../../core/contracts/work-report.ts'
import type { FidelityRequest } from '../../../core/contracts/work-request.ts'
import { readArray } from '../data/dataset.ts'
import type { DatasetReader } from '../data/dataset.ts'
import type { Engine } from '../engine/engine.ts'
import { fidelityFigures, pickRows } from '../evaluate/evaluate.ts'
import { loadNetwork } from '../network/load.ts'
import type { Pacer } from '../loop/pacer.ts'
import { predictLogits } from '../evaluate/predict.ts'
import { labelledExamples } from '../data/prepare-run.ts'

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
    const frozen = await loadNetwork(engine, { network: spec.network, weights, sha256: null }, dataset.meta)
    try {
      const student = await readArray(testLogits, 'float32', [test, classes])
      const indices = labelledExamples(spec, dataset)
      const input = { examples: dataset.train.examples, inputSize, indices }
      const predicted = await predictLogits(frozen.network, frozen.weights, input, pacer)
      const ofLabelled = pickRows(teacherTrain, indices, classes)
      results.push({
        runId,
        figures: {
          ...fidelityFigures('train', predicted, ofLabelled, classes),
          ...fidelityFigures('test', student, teacherTest, classes),
        },
      })
    } finally {
      frozen.dispose()
    }
    await pacer.breathe()
  }
  return results
}
