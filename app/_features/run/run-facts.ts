import { bestStepKey } from '../../../core/wording/metric-names.ts'
import { networkOutline } from '../../../core/networks/registry.ts'
import type { RunPage } from '../../../core/contracts/views.ts'
import { count } from '../../_ui/format.ts'
import {
  epochsText,
  evaluatedText,
  metricNames,
  optionalRows,
  optimizerText,
  rateText,
} from '../experiment/training-text.ts'

type FactsOf = Pick<
  RunPage,
  | 'spec'
  | 'loss'
  | 'parameters'
  | 'batch'
  | 'seed'
  | 'status'
  | 'step'
  | 'steps'
  | 'stepsPerEpoch'
  | 'figures'
>

/** What fixes this run, as names and values. */
export function runFacts(page: FactsOf): [name: string, value: string][] {
  const { spec } = page
  const { training } = spec
  return [
    ['Loss', page.loss],
    [
      'Network',
      `${networkOutline(spec.network, spec.data)}${spec.network.dropout > 0 ? `, dropout ${spec.network.dropout}` : ''}`,
    ],
    ['Parameters', count(page.parameters)],
    ['Optimizer', optimizerText(training.optimizer)],
    ['Learning rate', rateText(training)],
    ...optionalRows(training),
    ['Batch', batchText(page.batch)],
    ['Steps', stepsText(page)],
    ['Evaluated', evaluated(page)],
    [
      'Labels',
      spec.labels === null
        ? 'all of the training set'
        : `${count(spec.labels.perSeed)}, ${spec.labels.subset === 'fixed' ? 'the same in all seeds' : 'drawn by the seed'}`,
    ],
    ['Seed', String(page.seed)],
  ]
}

/** Fingerprints, shortened; the whole ones are their titles. */
export function runHashes(page: RunPage): [name: string, sha256: string | null][] {
  return [
    ['Data', page.spec.data.hash],
    ['Run spec', page.specHash === '' ? null : page.specHash],
    ['Weights', page.weightsSha256],
  ]
}

/** Steps made of those that were planned, where a run may stop early or was ended before its time. */
function stepsText(page: FactsOf): string {
  const { step, steps, stepsPerEpoch, status } = page
  if ((status === 'cancelled' || status === 'failed' || status === 'diverged') && step > 0) {
    return `${count(step)} of ${count(steps)}, ${epochsText(step / stepsPerEpoch)}`
  }
  if (page.spec.training.earlyStop === undefined) {
    return `${count(steps)}, ${epochsText(steps / stepsPerEpoch)}`
  }
  return status === 'finished'
    ? `${count(step)} of at most ${count(steps)}, ${epochsText(step / stepsPerEpoch)}`
    : `at most ${count(steps)}, ${epochsText(steps / stepsPerEpoch)}`
}

function evaluated({ spec, figures }: FactsOf): string {
  const best = figures[bestStepKey]
  return best === undefined ? evaluatedText(spec.training) : `step ${count(best)}, best on validation`
}

/** "It stopped at step 1,204 of 5,000, after 12.3 epochs.", or that it was never trained; null where it got its result. */
export function stoppedText({
  status,
  startedAt,
  step,
  steps,
  stepsPerEpoch,
}: Pick<RunPage, 'status' | 'startedAt' | 'step' | 'steps' | 'stepsPerEpoch'>): string | null {
  if (status !== 'cancelled' && status !== 'failed') return null
  if (startedAt === null) return 'It was never trained.'
  if (step === 0) return 'It ended before its first step was heard of.'
  return `It stopped at step ${count(step)} of ${count(steps)}, after ${epochsText(step / stepsPerEpoch)}.`
}

/** Where a run ended that may stop early, and which of its steps is evaluated; null for every other run. */
export function endText({ spec, status, step, steps, figures }: FactsOf): string | null {
  const best = figures[bestStepKey]
  const { earlyStop } = spec.training
  if (earlyStop === undefined || status !== 'finished' || best === undefined) return null
  const end =
    step < steps
      ? `It stopped early, at step ${count(step)} of ${count(steps)}`
      : `It made all ${count(steps)} steps`
  return `${end}; evaluated is step ${count(best)}, where validation ${metricNames[earlyStop.metric]} was best.`
}

function batchText({ size, labelled }: RunPage['batch']): string {
  return labelled === size ? count(size) : `${count(size)}, ${count(labelled)} of them with labels`
}
