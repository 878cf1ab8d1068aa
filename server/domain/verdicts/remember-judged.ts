import { createRecent, type Recent } from '../../platform/recent.ts'
import type { Context } from '../context.ts'
import type { LoadedExperiment } from '../experiments/load-experiment.ts'
import { storedFault } from './read-scores.ts'
import { dataFault } from './test-data.ts'

type Run = LoadedExperiment['runs'][number]

/** What every figure of an experiment follows from: a run that is queued says as little as one that is running. */
const stateOf = (ctx: Context, loaded: LoadedExperiment): string => {
  const { experiment, runs, jobs } = loaded
  return JSON.stringify([
    experiment.status === 'cancelled',
    experiment.looksTaken,
    experiment.looksLaunched,
    dataFault(ctx, loaded)?.code,
    runs.map((run) => [run.id, ...outcomeOf(run), run.predictions?.sha256, storedFault(ctx, run)?.code]),
    // Latency is that of the attempt which measured it whole.
    jobs.filter(({ kind, state }) => kind === 'profile' && state === 'done').map(({ attempts }) => attempts),
  ])
}

function outcomeOf({ status, reason }: Run): [Run['status'] | 'pending', Run['reason']] {
  switch (status) {
    case 'planned':
    case 'waiting':
    case 'queued':
    case 'running':
      return ['pending', null]
    case 'finished':
    case 'diverged':
    case 'failed':
    case 'blocked':
    case 'cancelled':
      return [status, reason]
  }
}

/** Experiments whose judgement is kept. */
const mostKept = 200

/**
 * Judging reads every prediction of an experiment: it is done again only when a run, a look or a stored file has
 * changed. What was judged while a file could not be read for a moment is not kept. What is passed beside the experiment
 * spares work and must change no figure.
 */
export function rememberJudged<Judged, Given extends unknown[]>(
  judge: (ctx: Context, loaded: LoadedExperiment, ...given: Given) => Judged,
): (ctx: Context, loaded: LoadedExperiment, ...given: Given) => Judged {
  const byContext = new WeakMap<Context, Recent<string, { state: string; judged: Judged }>>()
  return (ctx, loaded, ...given) => {
    const { id } = loaded.experiment
    const known = byContext.get(ctx) ?? createRecent<string, { state: string; judged: Judged }>(mostKept)
    byContext.set(ctx, known)
    const last = known.get(id)
    if (last !== undefined && last.state === stateOf(ctx, loaded)) return last.judged
    const { checks } = ctx.store
    const failures = checks.failures()
    const judged = judge(ctx, loaded, ...given)
    if (checks.failures() > failures) known.delete(id)
    // Only now: the files were hashed as they were read.
    else known.set(id, { state: stateOf(ctx, loaded), judged })
    return judged
  }
}
