import { and, desc, eq, isNotNull, isNull } from 'drizzle-orm'
import { macs } from '../../../core/evaluation/model-size.ts'
import { DataSpec } from '../../../core/contracts/protocol.ts'
import { RunSpec } from '../../../core/contracts/run.ts'
import { datasets, evaluations, jobs, runs } from '../../../db/schema.ts'
import type { Context } from '../context.ts'

/** A backward pass costs about two forward passes. */
const forwardsPerStep = 3

/**
 * Work of a training: multiply-accumulates of its steps' forward passes, and in the same measure what early stopping
 * looks at. @param steps where it made fewer than it may @param validation examples of the validation set
 */
export function trainingWork(
  spec: RunSpec,
  { steps = spec.training.steps, validation = 0 }: { steps?: number; validation?: number | undefined } = {},
): number {
  const { network, training, data } = spec
  // A batch is never larger than the labelled examples.
  const batchSize = Math.min(training.batchSize, spec.labels?.perSeed ?? training.batchSize)
  const looks = training.earlyStop === undefined ? 0 : Math.ceil(steps / training.earlyStop.everySteps)
  const examples = batchSize * steps + (validation * looks) / forwardsPerStep
  return macs(data.inputSize, network.hidden, data.classes) * examples
}

export interface SpeedModel {
  /** Milliseconds of one training. */
  durationMs(spec: RunSpec): number
  basis: string
}

/**
 * How long trainings take on this machine: from the runs that finished on it in one go, each predicted by the one nearest in
 * work, beside what every run costs; before there are any, from a forward pass timed on this machine. Null where no engine works that could be timed.
 */
export async function speedModel(ctx: Context): Promise<SpeedModel | null> {
  const validations = validationSizes(ctx)
  const workOf = (spec: RunSpec, steps?: number): number =>
    trainingWork(spec, {
      validation: validations.get(spec.data.hash),
      ...(steps === undefined ? {} : { steps }),
    })
  const measured = finishedRuns(ctx, workOf)
  if (measured.length > 0) {
    const fixedMs = fixedCost(measured)
    return {
      durationMs: (spec) => {
        const work = workOf(spec)
        const nearest = measured.reduce((best, run) =>
          Math.abs(Math.log(run.work / work)) < Math.abs(Math.log(best.work / work)) ? run : best,
        )
        return fixedMs + ((nearest.durationMs - fixedMs) * work) / nearest.work
      },
      basis: `from ${measured.length} finished ${measured.length === 1 ? 'run' : 'runs'} on this machine`,
    }
  }
  const speed = await ctx.workers.forwardSpeed().catch((error: unknown) => {
    ctx.log.warn({ err: error }, 'the speed of this machine could not be measured')
    return null
  })
  if (speed === null) return null
  return {
    durationMs: (spec) => (forwardsPerStep * workOf(spec) * 1000) / speed,
    basis: 'from a forward pass timed on this machine; the first finished run makes it exact',
  }
}

interface MeasuredRun {
  work: number
  durationMs: number
}

/** Works that differ by less say little of what does not grow with them. */
const tellingRatio = 4

/**
 * What a training takes besides its steps (its process, its data), where runs of different work tell: the line through
 * the least and the most work, read at no work. Never more than the shortest run; 0 where it cannot be told.
 */
export function fixedCost(measured: readonly MeasuredRun[]): number {
  const byWork = [...measured].sort((a, b) => a.work - b.work)
  const [least, most] = [byWork[0], byWork.at(-1)]
  if (least === undefined || most === undefined || most.work < tellingRatio * least.work) return 0
  const perWork = (most.durationMs - least.durationMs) / (most.work - least.work)
  const shortest = Math.min(...measured.map((run) => run.durationMs))
  return Math.min(Math.max(0, least.durationMs - perWork * least.work), shortest)
}

function validationSizes(ctx: Context): Map<string, number> {
  const rows = ctx.db.read.select({ spec: datasets.spec }).from(datasets).all()
  return new Map(
    rows.map((row) => {
      const { hash, validation } = DataSpec.parse(row.spec)
      return [hash, validation]
    }),
  )
}

function finishedRuns(ctx: Context, workOf: (spec: RunSpec, steps: number) => number): MeasuredRun[] {
  return ctx.db.read
    .select({ spec: runs.spec, steps: evaluations.steps, startedAt: runs.startedAt, endedAt: runs.endedAt })
    .from(runs)
    .innerJoin(evaluations, eq(evaluations.runId, runs.id))
    .innerJoin(jobs, eq(jobs.runId, runs.id))
    .where(
      and(
        eq(runs.status, 'finished'),
        isNull(runs.reusedFrom),
        // What was interrupted lay still in between.
        eq(jobs.attempts, 1),
        isNotNull(runs.startedAt),
        isNotNull(runs.endedAt),
      ),
    )
    .orderBy(desc(runs.endedAt))
    .limit(60)
    .all()
    .map((run) => ({
      work: workOf(RunSpec.parse(run.spec), run.steps),
      durationMs: Math.max(1, (run.endedAt ?? 0) - (run.startedAt ?? 0)),
    }))
}

interface Task {
  durationMs: number
  needsTeacher: boolean
}

/** End of the last task when `cores` work side by side, the teacher first, its dependants after it. */
export function scheduleEnd(teacherMs: number, tasks: readonly Task[], cores: number): number {
  const free = Array.from({ length: cores }, (_, core) => (core === 0 ? teacherMs : 0))
  let end = teacherMs
  for (const needsTeacher of [false, true]) {
    for (const task of tasks.filter((one) => one.needsTeacher === needsTeacher)) {
      const core = free.indexOf(Math.min(...free))
      const begin = Math.max(free[core] ?? 0, needsTeacher ? teacherMs : 0)
      free[core] = begin + task.durationMs
      end = Math.max(end, begin + task.durationMs)
    }
  }
  return end
}
