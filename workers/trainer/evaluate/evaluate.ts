import type { Tensor } from '@tensorflow/tfjs-core'
import { fidelityColumns, summariseFidelity } from '../../../core/evaluation/fidelity.ts'
import { gapFigures } from '../../../core/metrics/gap-figures.ts'
import { qualityColumns, type QualityColumns } from '../../../core/metrics/quality-columns.ts'
import { figuresOfColumns, type MeasuredName } from '../../../core/metrics/registry.ts'
import type { EvaluationFigures } from '../../../core/contracts/work-report.ts'
import { pickLabels, predictSplit } from './measure.ts'
import type { Network } from '../network/build.ts'
import type { Pacer } from '../loop/pacer.ts'
import { allIndices } from './predict.ts'
import type { PreparedRun } from '../data/prepare-run.ts'

export interface Evaluation {
  figures: EvaluationFigures
  /** Logits, row-major [N, K], in split order; `train` are the labelled examples, in their own order. */
  logits: { train: Float32Array; validation: Float32Array; test: Float32Array }
  /** Of the labelled examples. */
  trainColumns: QualityColumns
}

/** Rows `indices` of row-major [N, K]. */
export function pickRows(values: Float32Array, indices: Int32Array, classes: number): Float32Array {
  const out = new Float32Array(indices.length * classes)
  indices.forEach((index, i) => out.set(values.subarray(index * classes, (index + 1) * classes), i * classes))
  return out
}

const named = (split: string, figures: Record<string, number>): [string, number][] =>
  Object.entries(figures).map(([name, value]) => [`${split}/${name}`, value])

/** Agreement and KL of student logits with the teacher's, e.g. `test/agreement`. */
export function fidelityFigures(
  split: 'train' | 'test',
  student: Float32Array,
  teacher: Float32Array,
  classes: number,
): EvaluationFigures {
  const { agreement, kl } = summariseFidelity(fidelityColumns(student, teacher, classes))
  return { [`${split}/agreement`]: agreement, [`${split}/kl`]: kl }
}

/**
 * All figures of the weights of one step, in evaluation mode, each on all examples of its split.
 * @param step at which the weights stood
 * @throws Diverged
 */
export async function evaluate(
  network: Network,
  weights: readonly Tensor[],
  run: PreparedRun,
  step: number,
  pacer: Pacer,
): Promise<Evaluation> {
  const { dataset, labelled, teacherLogits } = run
  const { classes } = dataset.meta
  const predict = (name: 'train' | 'validation' | 'test', indices: Int32Array): Promise<Float32Array> =>
    predictSplit(network, weights, run, dataset[name], indices, step, pacer)
  const logits = {
    train: await predict('train', labelled),
    validation: await predict('validation', allIndices(dataset.validation.count)),
    test: await predict('test', allIndices(dataset.test.count)),
  }
  const trainLabels = pickLabels(dataset.train.labels, labelled)
  const trainColumns = qualityColumns(logits.train, trainLabels, classes)
  const train = figuresOfColumns(trainColumns, { labels: trainLabels, classes })
  const whole = (split: 'validation' | 'test'): Record<MeasuredName, number> => {
    const { labels } = dataset[split]
    return figuresOfColumns(qualityColumns(logits[split], labels, classes), { labels, classes })
  }
  const [validation, test] = [whole('validation'), whole('test')]
  const figures: EvaluationFigures = {
    ...Object.fromEntries([
      ...named('train', train),
      ...named('validation', validation),
      ...named('test', test),
    ]),
    ...gapFigures(train, test),
  }
  if (teacherLogits) {
    const ofLabelled = pickRows(teacherLogits.train, labelled, classes)
    Object.assign(figures, fidelityFigures('train', logits.train, ofLabelled, classes))
    Object.assign(figures, fidelityFigures('test', logits.test, teacherLogits.test, classes))
  }
  return { figures, logits, trainColumns }
}
