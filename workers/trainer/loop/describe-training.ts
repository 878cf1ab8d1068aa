import { trainingLabel } from '../../../core/planning/describe-arms.ts'
import { sampleSize } from '../../../core/evaluation/plan-measurements.ts'
import { formatCount } from '../../../core/text/format-number.ts'
import { counted } from '../../../core/text/grammar.ts'
import { everySteps } from '../../../core/wording/phrases.ts'
import type { PreparedRun } from '../data/prepare-run.ts'

const metricNames = { accuracy: 'accuracy', nll: 'NLL' } as const

/** How a training with early stopping ended, for the log. */
export function describeEnd(
  { spec }: PreparedRun,
  { done, stopped, best }: { done: number; stopped: boolean; best: number },
): string {
  const { steps, earlyStop } = spec.training
  const name = `validation ${metricNames[earlyStop?.metric ?? 'nll']}`
  const end = stopped
    ? `Stopped at step ${formatCount(done)} of ${formatCount(steps)}: ${name} was not better in ${counted(earlyStop?.patience ?? 0, 'measurement')} in a row.`
    : `${steps === 1 ? 'Its one step was' : `All ${formatCount(steps)} steps were`} made.`
  return `${end} Evaluated are the weights of step ${formatCount(best)}, where ${name} was best.`
}

/** What is trained and on what, for the log. */
export function describeStart(
  { spec, shape, labelled, unlabelled, dataset }: PreparedRun,
  parameters: number,
): string {
  const parts = [
    `${trainingLabel(spec.method)}, seed ${spec.seed}: ${counted(parameters, 'parameter')}, ${counted(spec.training.steps, 'step')} of ${counted(shape.size, 'example')}`,
    `${formatCount(labelled.length)} labelled`,
  ]
  if (unlabelled.length > 0)
    parts.push(
      `${formatCount(unlabelled.length)} unlabelled (${formatCount(shape.size - shape.labelled)} in each batch)`,
    )
  if (shape.size < spec.training.batchSize)
    parts.push(
      `batches of ${formatCount(spec.training.batchSize)} were cut to the number of labelled examples`,
    )
  if (spec.training.earlyStop)
    parts.push(
      `all ${counted(dataset.validation.count, 'validation example')} ${everySteps(spec.training.earlyStop.everySteps)}`,
    )
  else if (labelled.length > sampleSize || dataset.validation.count > sampleSize)
    parts.push(
      `curves are measured on at most ${formatCount(sampleSize)} labelled and ${formatCount(sampleSize)} validation examples, drawn once; the last point on all`,
    )
  return `${parts.join('; ')}.`
}
