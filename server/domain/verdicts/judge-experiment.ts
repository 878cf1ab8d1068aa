import { judgePrimary, type SeedResult } from '../../../core/statistics/index.ts'
import type { ComparisonDetail } from '../../../core/contracts/verdict.ts'
import type { Context } from '../context.ts'
import { runsOf, type LoadedExperiment, type Run } from '../experiments/load-experiment.ts'
import { DomainError } from '../../platform/domain-error.ts'
import { divergedScores, readScores } from './read-scores.ts'

/** Judging reads every prediction of an experiment; it is done again only when a run has changed. */
const judged = new WeakMap<Context, Map<string, Judgement>>()

interface Judgement {
  /** What the comparisons follow from. */
  state: string
  comparisons: ComparisonDetail[]
}

/** The comparisons of an experiment as its runs stand now, from the stored predictions. */
export function judgeExperiment(ctx: Context, loaded: LoadedExperiment): ComparisonDetail[] {
  const { id, status } = loaded.experiment
  const state = JSON.stringify([
    status,
    loaded.experiment.decidedAt !== null,
    loaded.runs.map((run) => [run.id, run.status, run.reason]),
  ])
  const known = judged.get(ctx) ?? new Map<string, Judgement>()
  judged.set(ctx, known)
  const last = known.get(id)
  if (last?.state === state) return last.comparisons
  const comparisons = judge(ctx, loaded)
  known.set(id, { state, comparisons })
  return comparisons
}

function judge(ctx: Context, loaded: LoadedExperiment): ComparisonDetail[] {
  const { protocol, arms, control, experiment, runs } = loaded
  const compared = arms.filter((arm) => arm.role !== 'control' && arm.role !== 'teacher')
  return judgePrimary({
    metric: protocol.primaryMetric,
    margin: protocol.margin,
    alpha: protocol.alpha,
    paired: protocol.paired,
    corrected: compared.length,
    plannedSeeds: protocol.seeds,
    underWay: experiment.decidedAt === null,
    // Cancelled during the latency job, an experiment had all its seeds.
    stopped:
      experiment.status === 'cancelled' && runs.some((run) => run.status === 'cancelled')
        ? 'cancelled'
        : null,
    control: { id: control.id, label: control.label, seeds: seedResults(ctx, loaded, control.id) },
    arms: compared.map((arm) => ({ id: arm.id, label: arm.label, seeds: seedResults(ctx, loaded, arm.id) })),
  })
}

function seedResults(ctx: Context, loaded: LoadedExperiment, armId: string): SeedResult[] {
  const metric = loaded.protocol.primaryMetric
  return runsOf(loaded, armId).map((run): SeedResult => {
    const seed = run.seed ?? 0
    switch (run.status) {
      case 'finished':
        return readResult(ctx, loaded, run, seed)
      case 'diverged':
        return { seed, state: 'diverged', scores: divergedScores(loaded, metric) }
      case 'cancelled':
        return { seed, state: 'stopped' }
      case 'failed':
      case 'blocked':
        return { seed, state: 'missing', why: run.reason ?? run.status }
      case 'planned':
      case 'waiting':
      case 'queued':
      case 'running':
        return { seed, state: 'pending' }
    }
  })
}

/** A run whose stored predictions are gone is missing, as one that failed; the other seeds still count. */
function readResult(ctx: Context, loaded: LoadedExperiment, run: Run, seed: number): SeedResult {
  try {
    return { seed, state: 'finished', scores: readScores(ctx, loaded, run, loaded.protocol.primaryMetric) }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    ctx.log.error({ err: error, run: run.id }, 'predictions cannot be read')
    return { seed, state: 'missing', why: 'its stored predictions cannot be read' }
  }
}
