import type { SeedResult } from '../../../core/judging/question.ts'
import type { ComparisonMetric } from '../../../core/contracts/verdict.ts'
import type { WhyDamaged, WhyMissing } from '../../../core/judging/no-word.ts'
import type { Context } from '../context.ts'
import {
  isTrainedAgain,
  runsOf,
  type LoadedExperiment,
  type RunWithEvaluation,
} from '../experiments/load-experiment.ts'
import { DomainError } from '../../platform/domain-error.ts'
import { divergedScores, readScores } from './read-scores.ts'
import { dataFault } from './test-data.ts'

/** What became of each seed of an arm, with its test scores on a metric. */
export function seedResults(
  ctx: Context,
  loaded: LoadedExperiment,
  armId: string,
  metric: ComparisonMetric,
): SeedResult[] {
  return runsOf(loaded, armId).map((run): SeedResult => {
    const seed = run.seed ?? 0
    switch (run.status) {
      case 'finished':
        return readResult(ctx, loaded, run, metric)
      case 'diverged':
        return { seed, state: 'diverged', scores: evenGuess(loaded, metric) }
      case 'cancelled':
        return { seed, state: 'stopped' }
      case 'failed':
      case 'blocked':
        return { seed, state: 'missing', why: whyMissing(loaded, run) }
      case 'planned':
      case 'waiting':
      case 'queued':
      case 'running':
        return isTrainedAgain(run)
          ? { seed, state: 'damaged', why: 'trained-again' }
          : { seed, state: 'pending' }
    }
  })
}

/** The whole story stands on the run's page. */
function whyMissing(loaded: LoadedExperiment, { status, failure }: RunWithEvaluation): WhyMissing {
  // An older version kept no code.
  if (status !== 'blocked') return failure === null || failure === 'error' ? 'failed' : failure
  switch (runsOf(loaded, 'teacher')[0]?.status) {
    case 'diverged':
      return 'teacher-diverged'
    case 'failed':
      return 'teacher-failed'
    case 'cancelled':
      return 'teacher-cancelled'
    default:
      return 'teacher-without-result'
  }
}

/** An even guess is as good on what it was trained on: it has no gap. */
const evenGuess = (loaded: LoadedExperiment, metric: ComparisonMetric): Float64Array =>
  metric === 'gap' ? new Float64Array(loaded.protocol.data.test) : divergedScores(loaded, metric)

/** A run whose stored predictions are gone, damaged or cannot be read now has no score, and no word is read without it. */
function readResult(
  ctx: Context,
  loaded: LoadedExperiment,
  run: RunWithEvaluation,
  metric: ComparisonMetric,
): SeedResult {
  const seed = run.seed ?? 0
  try {
    const own = readScores(ctx, loaded, run)
    const answers = run.predictions?.sha256
    if (metric !== 'gap')
      return { seed, state: 'finished', scores: own[metric], ...(answers === undefined ? {} : { answers }) }
    const train = run.evaluation?.figures['train/accuracy']
    if (train === undefined) return { seed, state: 'missing', why: 'no-figure-of-training-set' }
    // test − train of each example: the training set is fixed by the scope, so it shifts a seed as a whole.
    return { seed, state: 'finished', scores: own.accuracy.map((right) => right - train) }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return {
      seed,
      state: 'damaged',
      why: whyUnread(dataFault(ctx, loaded) === null ? 'predictions' : 'data', error),
    }
  }
}

/** What is wrong with something that is judged. */
export function whyUnread(what: 'predictions' | 'data', { code }: DomainError): WhyDamaged {
  switch (code) {
    case 'not-found':
      return `${what}-gone`
    case 'unavailable':
      return `${what}-unreadable`
    case 'damaged':
    case 'bad-input':
    case 'conflict':
      return `${what}-damaged`
  }
}
