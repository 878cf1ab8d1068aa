import type { Context } from '../context.ts'
import type { LoadedExperiment } from '../experiments/load-experiment.ts'

/** What every figure of an experiment follows from. */
const stateOf = ({ experiment, runs, jobs }: LoadedExperiment): string =>
  JSON.stringify([
    experiment.status,
    experiment.looksTaken,
    experiment.looksLaunched,
    runs.map((run) => [run.id, run.status, run.reason]),
    jobs.filter((job) => job.kind !== 'train').map((job) => [job.id, job.state, job.attempts]),
  ])

/** Judging reads every prediction of an experiment: it is done again only when a run or a look has changed. */
export function rememberJudged<Judged>(
  judge: (ctx: Context, loaded: LoadedExperiment) => Judged,
): (ctx: Context, loaded: LoadedExperiment) => Judged {
  const byContext = new WeakMap<Context, Map<string, { state: string; judged: Judged }>>()
  return (ctx, loaded) => {
    const { id } = loaded.experiment
    const state = stateOf(loaded)
    const known = byContext.get(ctx) ?? new Map<string, { state: string; judged: Judged }>()
    byContext.set(ctx, known)
    const last = known.get(id)
    if (last?.state === state) return last.judged
    const judged = judge(ctx, loaded)
    known.set(id, { state, judged })
    return judged
  }
}
