import type { EngineName } from '../../../core/contracts/protocol.ts'
import type { TimeEstimate } from '../../../core/contracts/time-estimate.ts'
import { coldStart } from '../../../core/timing/run-work.ts'
import { schedule, type PlannedTime, type WaitingJob } from '../../../core/timing/schedule.ts'
import type { Context } from '../context.ts'
import { readQueue, type OpenQueue } from './queue.ts'
import { timeModel } from './time-model.ts'

/** When what is in the queue begins and ends: behind every time left that is shown. */
export interface QueueTimes {
  /** To the end of all jobs of an experiment, its latency job among them; null where it has none left. */
  ofExperiment(experimentId: string): TimeEstimate | null
  /** To the end of one job. */
  ofJob(jobId: string): TimeEstimate | null
  /** Of a job that waits: what it takes, and when its turn is; without a time where it waits for a person. */
  ofWaiting(jobId: string): { takes: TimeEstimate | null; planned: PlannedTime }
  /** To the end of all; null where there is nothing. */
  ofAll: TimeEstimate | null
}

export function queueTimes(ctx: Context): QueueTimes {
  const queue = readQueue(ctx)
  const jobs = scheduled(ctx, queue, [], queue.open[0]?.engine ?? 'wasm')
  const engines = new Map(queue.open.map(({ id, engine }) => [id, engine]))
  const enginesOf = (ids: readonly string[]): Set<EngineName> =>
    new Set(ids.flatMap((id) => engines.get(id) ?? []))
  const until = (ids: readonly string[]): TimeEstimate | null => {
    const ends = ids.flatMap((id) => jobs.get(id)?.endMs ?? [])
    return ends.length === 0 ? null : estimateOf(ctx, Math.max(...ends), enginesOf(ids))
  }
  return {
    ofExperiment: (experimentId) =>
      until(queue.open.filter((job) => job.experimentId === experimentId).map(({ id }) => id)),
    ofJob: (id) => until([id]),
    ofWaiting: (id) => {
      const planned = jobs.get(id)
      if (planned === undefined)
        return { takes: null, planned: { core: null, startMs: Infinity, endMs: Infinity } }
      return { takes: estimateOf(ctx, planned.endMs - planned.startMs, enginesOf([id])), planned }
    },
    ofAll: until([...engines.keys()]),
  }
}

/** @param engine of which new processes are started: that of the first job, or of what is added */
const scheduled = (
  ctx: Context,
  { cores, waiting }: OpenQueue,
  added: readonly WaitingJob[],
  engine: EngineName,
): Map<string, PlannedTime> =>
  schedule({
    cores,
    waiting: [...waiting, ...added],
    coldMs: timeModel(ctx, engine).durationMs(coldStart, 'process'),
  })

/** As doubtful as the least known engine. */
function estimateOf(ctx: Context, ms: number, engines: ReadonlySet<EngineName>): TimeEstimate {
  const all = [...engines].map((engine) => timeModel(ctx, engine).estimate(ms))
  return all.reduce((widest, one) => (one.highMs > widest.highMs ? one : widest), {
    ms,
    lowMs: ms,
    highMs: ms,
  })
}

export interface AddedTime {
  /** To the end of what was added. */
  time: TimeEstimate
  /** Of that, to the end of what stands ahead of it in the queue. */
  aheadMs: number
}

/** How jobs at the end of the queue would fare. Reads the queue once for any number of plans. */
export function timeAdded(ctx: Context, engine: EngineName): (added: readonly WaitingJob[]) => AddedTime {
  const queue = readQueue(ctx)
  const before = scheduled(ctx, queue, [], engine)
  const aheadMs = Math.max(0, ...[...before.values()].map(({ endMs }) => endMs))
  return (added) => {
    const times = scheduled(ctx, queue, added, engine)
    const endMs = Math.max(0, ...added.flatMap(({ id }) => times.get(id)?.endMs ?? []))
    return { time: timeModel(ctx, engine).estimate(endMs), aheadMs }
  }
}
