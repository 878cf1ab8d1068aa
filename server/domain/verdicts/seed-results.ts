import type { SeedResult } from '../../../core/judging/question.ts'
import type { ComparisonMetric } from '../../../core/contracts/verdict.ts'
import type { FailureReason } from '../../../core/contracts/work-report.ts'
import type { Context } from '../context.ts'
import {
  isTrainedAgain,
  runsOf,
  testPredictions,
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
          ? { seed, state: 'damaged', why: 'it is being trained again' }
          : { seed, state: 'pending' }
    }
  })
}

/** A few words for a sentence about a seed; the whole story stands on the run's page. */
function whyMissing(loaded: LoadedExperiment, { status, failure }: RunWithEvaluation): string {
  if (status !== 'blocked') return failure === null ? 'its run failed' : failures[failure]
  const teacher = runsOf(loaded, 'teacher')[0]?.status
  return teacher === 'diverged' || teacher === 'failed'
    ? `its teacher ${teacher}`
    : `its teacher ${teacher === 'cancelled' ? 'was cancelled' : 'has no result'}`
}

const failures: Record<FailureReason, string> = {
  'bad-input': 'it could not be trained as planned',
  'out-of-memory': 'it ran out of memory',
  'disk-full': 'the disk was full',
  error: 'its run failed',
  lost: 'its trainer was lost',
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
    if (train === undefined) return { seed, state: 'missing', why: 'it has no figure of the training set' }
    // test − train of each example: the training set is fixed by the scope, so it shifts a seed as a whole.
    return { seed, state: 'finished', scores: own.accuracy.map((right) => right - train) }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const what = dataFault(ctx, loaded) === null ? `the file ${testPredictions}` : 'the data set'
    return { seed, state: 'damaged', why: unreadText(what, error) }
  }
}

/** What is wrong with something that is judged, short enough for the reason of a comparison. */
export function unreadText(what: string, { code }: DomainError): string {
  switch (code) {
    case 'not-found':
      return `${what} is gone`
    case 'unavailable':
      return `${what} cannot be read now`
    case 'damaged':
    case 'bad-input':
    case 'conflict':
      return `${what} is damaged`
  }
}
