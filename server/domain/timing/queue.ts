import { and, asc, eq, gt, inArray, max } from 'drizzle-orm'
import type { EngineName } from '../../../core/contracts/protocol.ts'
import { doneOf, leftOf, wholeRun } from '../../../core/timing/run-work.ts'
import type { RunningJob, WaitingJob } from '../../../core/timing/schedule.ts'
import { attempts, jobs, runs, type JobKind } from '../../../db/schema.ts'
import { readOrNull } from '../../platform/domain-error.ts'
import type { Context } from '../context.ts'
import { afterLastDone } from '../jobs/last-done.ts'
import { afterWork, armWork } from './job-work.ts'
import { runningJobs, type RunningJob as UnderWay } from './running-jobs.ts'
import { timeModel } from './time-model.ts'

/** A job of the queue with whose it is. */
export interface OpenJob {
  id: string
  experimentId: string
  engine: EngineName
  /** Of the network that it trains; null where it trains none. */
  shape: string | null
}

export interface OpenQueue {
  cores: (RunningJob | null)[]
  /** In the order in which they are claimed. */
  waiting: WaitingJob[]
  /** All of them, those under way among them. */
  open: OpenJob[]
}

/** What the cores do and what waits, each with the time that it still takes. */
export function readQueue(ctx: Context): OpenQueue {
  const rows = waitingRows(ctx).filter((row) => canBeRead(ctx, row.experimentId))
  const running = runningJobs(ctx).filter((job) => canBeRead(ctx, job.experimentId))
  const cores: (RunningJob | null)[] = Array.from({ length: ctx.workers.cores }, () => null)
  for (const job of running) {
    const place = job.slot !== null && cores[job.slot] === null ? job.slot : cores.length
    cores[place] = { id: job.jobId, leftMs: leftMs(ctx, job), alone: job.kind === 'profile' }
  }
  const trainings = new Map<string, string[]>()
  const jobOfRun = new Map<string, string>()
  for (const { id, kind, experimentId, runId } of [...rows, ...running.map(asRow)]) {
    if (runId !== null) jobOfRun.set(runId, id)
    if (kind === 'train') trainings.set(experimentId, [...(trainings.get(experimentId) ?? []), id])
  }
  const halted = haltedIn(rows, jobOfRun)
  const goesOn = ({ experimentId }: { experimentId: string }): boolean => !halted.has(experimentId)
  const fidelity = new Map(
    rows.flatMap((row) => (row.kind === 'fidelity' ? [[row.experimentId, row.id]] : [])),
  )
  const after = (row: Row): string[] => {
    if (row.state === 'queued') return []
    if (row.kind === 'train') return row.waitsForRun === null ? [] : [jobOfRun.get(row.waitsForRun) ?? '']
    const compared = row.kind === 'profile' ? fidelity.get(row.experimentId) : undefined
    return [...(trainings.get(row.experimentId) ?? []), ...(compared === undefined ? [] : [compared])]
  }
  const steps = checkpointSteps(ctx)
  return {
    cores,
    waiting: rows.filter(goesOn).map((row) => ({
      id: row.id,
      durationMs: wholeMs(ctx, row, steps.get(row.id) ?? 0),
      after: after(row),
      alone: row.kind === 'profile',
    })),
    open: [...rows, ...running.map(asRow)].filter(goesOn).map(({ id, experimentId, kind, armId }) => ({
      id,
      experimentId,
      ...trainedOn(ctx, { experimentId, kind, armId }),
    })),
  }
}

/** Experiments whose runs wait for a teacher that is nowhere in the queue: until its files are mended no time is theirs. */
const haltedIn = (rows: readonly Row[], jobOfRun: ReadonlyMap<string, string>): Set<string> =>
  new Set(
    rows.flatMap(({ kind, state, waitsForRun, experimentId }) =>
      kind === 'train' && state === 'planned' && waitsForRun !== null && !jobOfRun.has(waitsForRun)
        ? [experimentId]
        : [],
    ),
  )

/** An experiment whose protocol is damaged is never handed out, and takes no time from the others. */
const canBeRead = (ctx: Context, experimentId: string): boolean =>
  readOrNull(() => afterWork(ctx, experimentId, 'profile')) !== null

interface Owned {
  experimentId: string
  kind: JobKind
  armId: string | null
}

type Row = ReturnType<typeof waitingRows>[number]

function waitingRows(ctx: Context) {
  return ctx.db.read
    .select({
      id: jobs.id,
      experimentId: jobs.experimentId,
      runId: jobs.runId,
      kind: jobs.kind,
      state: jobs.state,
      waitsForRun: jobs.waitsForRun,
      armId: runs.armId,
    })
    .from(jobs)
    .leftJoin(runs, eq(runs.id, jobs.runId))
    .where(inArray(jobs.state, ['queued', 'planned']))
    .orderBy(asc(jobs.position))
    .all()
}

const asRow = ({ jobId, kind, experimentId, runId, armId }: UnderWay) => ({
  id: jobId,
  kind,
  experimentId,
  runId,
  armId,
})

/** Of jobs that were interrupted: where they go on. */
function checkpointSteps(ctx: Context): Map<string, number> {
  const rows = ctx.db.read
    .select({ jobId: attempts.jobId, step: max(attempts.checkpointStep) })
    .from(jobs)
    .innerJoin(attempts, eq(attempts.jobId, jobs.id))
    .where(and(eq(jobs.state, 'queued'), gt(jobs.attempts, 0), afterLastDone))
    .groupBy(attempts.jobId)
    .all()
  return new Map(rows.flatMap(({ jobId, step }) => (step === null ? [] : [[jobId, step]])))
}

function trainedOn(ctx: Context, { experimentId, kind, armId }: Owned): Pick<OpenJob, 'engine' | 'shape'> {
  if (kind === 'train' && armId !== null) {
    const { engine, shape } = armWork(ctx, experimentId, armId)
    return { engine, shape }
  }
  return {
    engine: afterWork(ctx, experimentId, kind === 'profile' ? 'profile' : 'fidelity').engine,
    shape: null,
  }
}

function wholeMs(ctx: Context, job: Owned, fromStep: number): number {
  const { experimentId, kind, armId } = job
  if (kind === 'train' && armId !== null) {
    const work = armWork(ctx, experimentId, armId)
    const model = timeModel(ctx, work.engine)
    return model.durationMs(wholeRun(work, Math.max(0, model.stepsOf(work) - fromStep)), work.shape)
  }
  const { work, shape, engine } = afterWork(ctx, experimentId, kind === 'profile' ? 'profile' : 'fidelity')
  return timeModel(ctx, engine).durationMs(work, shape)
}

/** Blocks of a latency job that were seen weigh as much as the plan when there are so many. */
const plannedBlocksWeight = 2

/** Something is left of what has not ended, also where it takes longer than it should. */
const leastLeft = 0.03

function leftMs(ctx: Context, job: UnderWay): number {
  const { kind, experimentId, armId, step, steps, resumedFromStep, elapsedMs, silentMs, pace } = job
  if (kind === 'train' && armId !== null) {
    const work = armWork(ctx, experimentId, armId)
    const model = timeModel(ctx, work.engine)
    // One that may stop early and has come as far as others goes on for some measurements more.
    const total = Math.min(work.steps, Math.max(model.stepsOf(work), step + work.fewestSteps / 2))
    const price = (of: typeof work.ends): number => model.durationMs(of, work.shape)
    // Before its first step is heard of, the clock says how far it is.
    const seenMs = step > resumedFromStep ? silentMs : elapsedMs + silentMs
    const toDo =
      step > resumedFromStep
        ? leftOf(work, total - step)
        : wholeRun(work, Math.max(0, total - resumedFromStep))
    const least = leastLeft * price(doneOf(work, total))
    return Math.max(least, price(toDo) - seenMs)
  }
  const { work, shape, engine } = afterWork(ctx, experimentId, kind === 'profile' ? 'profile' : 'fidelity')
  const whole = timeModel(ctx, engine).durationMs(work, shape)
  if (kind !== 'profile' || steps === 0 || pace === null)
    return Math.max(leastLeft * whole, whole - elapsedMs - silentMs)
  // Its blocks are alike: those that were seen say how long the others take. Of the one under way half is done.
  const trust = pace.steps / (pace.steps + plannedBlocksWeight)
  const blockMs = trust * (pace.durationMs / pace.steps) + (1 - trust) * (whole / steps)
  return Math.max(leastLeft * whole, blockMs * (steps - step - 0.5) - silentMs)
}
