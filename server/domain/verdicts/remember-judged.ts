import type { Context } from '../context.ts'
import type { LoadedExperiment } from '../experiments/load-experiment.ts'

type Run = LoadedExperiment['runs'][number]

/** What every figure of an experiment follows from: a run that is queued says as little as one that is running. */
const stateOf = ({ experiment, runs, jobs }: LoadedExperiment): string =>
  JSON.stringify([
    experiment.status === 'cancelled',
    experiment.looksTaken,
    experiment.looksLaunched,
    runs.map((run) => [run.id, ...outcomeOf(run)]),
    // Latency is that of the attempt which measured it whole.
    jobs.filter(({ kind, state }) => kind === 'profile' && state === 'done').map(({ attempts }) => attempts),
  ])

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

/**
 * Judging reads every prediction of an experiment: it is done again only when a run or a look has changed. What is
 * passed beside the experiment spares work and must change no figure.
 */
export function rememberJudged<Judged, Given extends unknown[]>(
  judge: (ctx: Context, loaded: LoadedExperiment, ...given: Given) => Judged,
): (ctx: Context, loaded: LoadedExperiment, ...given: Given) => Judged {
  const byContext = new WeakMap<Context, Map<string, { state: string; judged: Judged }>>()
  return (ctx, loaded, ...given) => {
    const { id } = loaded.experiment
    const state = stateOf(loaded)
    const known = byContext.get(ctx) ?? new Map<string, { state: string; judged: Judged }>()
    byContext.set(ctx, known)
    const last = known.get(id)
    if (last?.state === state) return last.judged
    const judged = judge(ctx, loaded, ...given)
    known.set(id, { state, judged })
    return judged
  }
}
