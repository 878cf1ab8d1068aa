import { usualEngine } from '../../../core/engines/registry.ts'
import type { EngineName } from '../../../core/contracts/protocol.ts'
import type { TimeEstimate } from '../../../core/contracts/time-estimate.ts'
import { coldStart } from '../../../core/timing/run-work.ts'
import { schedule, type PlannedTime, type WaitingJob } from '../../../core/timing/schedule.ts'
import type { Context } from '../context.ts'
import { readQueue, type OpenJob, type OpenQueue } from './queue.ts'
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
  const jobs = scheduled(ctx, queue, [], queue.open[0]?.engine ?? usualEngine)
  const open = new Map(queue.open.map((job) => [job.id, job]))
  const openOf = (ids: readonly string[]): OpenJob[] => ids.flatMap((id) => open.get(id) ?? [])
  const until = (ids: readonly string[]): TimeEstimate | null => {
    const ends = ids.flatMap((id) => jobs.get(id)?.endMs ?? [])
    return ends.length === 0 ? null : estimateOf(ctx, Math.max(...ends), openOf(ids))
  }
  return {
    ofExperiment: (experimentId) =>
      until(queue.open.filter((job) => job.experimentId === experimentId).map(({ id }) => id)),
    ofJob: (id) => until([id]),
    ofWaiting: (id) => {
      const planned = jobs.get(id)
      if (planned === undefined)
        return { takes: null, planned: { core: null, startMs: Infinity, endMs: Infinity } }
      return { takes: estimateOf(ctx, planned.endMs - planned.startMs, openOf([id])), planned }
    },
    ofAll: until([...open.keys()]),
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
function estimateOf(ctx: Context, ms: number, jobs: readonly OpenJob[]): TimeEstimate {
  const all = [...new Set(jobs.map(({ engine }) => engine))].map((engine) =>
    timeModel(ctx, engine).estimate(ms, shapesOn(engine, jobs)),
  )
  return all.reduce((widest, one) => (one.highMs > widest.highMs ? one : widest), {
    ms,
    lowMs: ms,
    highMs: ms,
  })
}

const shapesOn = (engine: EngineName, jobs: readonly OpenJob[]): Set<string> =>
  new Set(jobs.flatMap((job) => (job.engine === engine && job.shape !== null ? [job.shape] : [])))

export interface AddedTime {
  /** To the end of what was added. */
  time: TimeEstimate
  /** Of that, to the end of what stands ahead of it in the queue. */
  aheadMs: number
}

/**
 * How jobs at the end of the queue would fare. Reads the queue once for any number of plans.
 * @param shapes of the networks that they train.
 */
export function timeAdded(
  ctx: Context,
  { engine, shapes }: { engine: EngineName; shapes: Iterable<string> },
): (added: readonly WaitingJob[]) => AddedTime {
  const queue = readQueue(ctx)
  const before = scheduled(ctx, queue, [], engine)
  const aheadMs = Math.max(0, ...[...before.values()].map(({ endMs }) => endMs))
  return (added) => {
    const times = scheduled(ctx, queue, added, engine)
    const endMs = Math.max(0, ...added.flatMap(({ id }) => times.get(id)?.endMs ?? []))
    return { time: timeModel(ctx, engine).estimate(endMs, shapes), aheadMs }
  }
}
