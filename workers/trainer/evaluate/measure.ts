import type { Tensor } from '@tensorflow/tfjs-core'
import { createRandom } from '../../../core/random/create-random.ts'
import { seedOf } from '../../../core/random/seed-of.ts'
import { meanOf } from '../../../core/mathematics/mean-of.ts'
import { qualityColumns } from '../../../core/metrics/quality-columns.ts'
import { sampleSize } from '../../../core/evaluation/plan-measurements.ts'
import type { MetricPoint } from '../../../core/contracts/work-report.ts'
import type { SplitData } from '../data/dataset.ts'
import { Diverged } from '../failure.ts'
import type { Network } from '../network/build.ts'
import type { Pacer } from '../loop/pacer.ts'
import { allFinite, allIndices, predictLogits } from './predict.ts'
import type { PreparedRun } from '../data/prepare-run.ts'

export interface Samples {
  train: Int32Array
  validation: Int32Array
}

function sample(indices: Int32Array, name: string): Int32Array {
  if (indices.length <= sampleSize) return indices
  return createRandom(seedOf('evaluation-sample', name)).shuffle(indices.slice()).slice(0, sampleSize).sort()
}

/**
 * At most 2,000 labelled and 2,000 validation examples, the same at every evaluation of the run. Early stopping decides by
 * all of the validation set, and shows what it decided by.
 */
export function evaluationSamples({ labelled, dataset, spec }: PreparedRun): Samples {
  const validation = allIndices(dataset.validation.count)
  return {
    train: sample(labelled, 'train'),
    validation: spec.training.earlyStop ? validation : sample(validation, 'validation'),
  }
}

export const pickLabels = (labels: Int32Array, indices: Int32Array): Int32Array =>
  indices.map((index) => labels[index] ?? -1)

/** Logits of `indices` of a split. @throws Diverged where one is not finite. */
export async function predictSplit(
  network: Network,
  weights: readonly Tensor[],
  run: PreparedRun,
  split: SplitData,
  indices: Int32Array,
  step: number,
  pacer: Pacer,
): Promise<Float32Array> {
  const { inputSize } = run.dataset.meta
  const logits = await predictLogits(
    network,
    weights,
    { examples: split.examples, inputSize, indices },
    pacer,
  )
  if (!allFinite(logits))
    throw new Diverged(step, `After ${step} steps the network's outputs are not finite.`)
  return logits
}

/** Accuracy and NLL of a split's sample in evaluation mode, as points of the curves. @throws Diverged */
export async function measure(
  network: Network,
  weights: readonly Tensor[],
  run: PreparedRun,
  name: keyof Samples,
  samples: Samples,
  step: number,
  pacer: Pacer,
): Promise<MetricPoint[]> {
  const split = run.dataset[name]
  const indices = samples[name]
  const logits = await predictSplit(network, weights, run, split, indices, step, pacer)
  const labels = pickLabels(split.labels, indices)
  const { correct, nll } = qualityColumns(logits, labels, run.dataset.meta.classes)
  return [
    { key: `${name}/accuracy`, step, value: meanOf(correct) },
    { key: `${name}/nll`, step, value: meanOf(nll) },
  ]
}
