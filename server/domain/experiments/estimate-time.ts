import { and, desc, eq, isNotNull, isNull } from 'drizzle-orm'
import { macs } from '../../../core/evaluation/model-size.ts'
import { RunSpec } from '../../../core/contracts/run.ts'
import { evaluations, jobs, runs } from '../../../db/schema.ts'
import type { Context } from '../context.ts'

/** Work of a training: multiply-accumulates of its forward passes. @param steps where it made fewer than it may */
export function trainingWork(spec: RunSpec, steps: number = spec.training.steps): number {
  const { network, training, data } = spec
  // A batch is never larger than the labelled examples.
  const batchSize = Math.min(training.batchSize, spec.labels?.perSeed ?? training.batchSize)
  return macs(data.inputSize, network.hidden, data.classes) * batchSize * steps
}

export interface SpeedModel {
  /** Milliseconds of one training. */
  durationMs(spec: RunSpec): number
  basis: string
}

/** A backward pass costs about two forward passes. */
const forwardsPerStep = 3

/**
 * How long trainings take on this machine: from the runs that finished on it in one go, each predicted by the one nearest in
 * work, beside what every run costs; before there are any, from a forward pass timed on this machine. Null where no engine works that could be timed.
 */
export async function speedModel(ctx: Context): Promise<SpeedModel | null> {
  const measured = finishedRuns(ctx)
  if (measured.length > 0) {
    const fixedMs = fixedCost(measured)
    return {
      durationMs: (spec) => {
        const work = trainingWork(spec)
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
    durationMs: (spec) => (forwardsPerStep * trainingWork(spec) * 1000) / speed,
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

function finishedRuns(ctx: Context): MeasuredRun[] {
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
      work: trainingWork(RunSpec.parse(run.spec), run.steps),
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
