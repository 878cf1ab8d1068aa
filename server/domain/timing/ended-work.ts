import { and, desc, eq, or } from 'drizzle-orm'
import type { EngineName } from '../../../core/contracts/protocol.ts'
import type { Work } from '../../../core/timing/costs.ts'
import { wholeRun } from '../../../core/timing/run-work.ts'
import { attempts, evaluations, jobs, runs } from '../../../db/schema.ts'
import { keptWarmMs } from '../../../core/timing/kept-warm.ts'
import { readOrNull } from '../../platform/domain-error.ts'
import type { Context } from '../context.ts'
import { afterWork, armWork } from './job-work.ts'

/** Work that has ended here, and how long it took. */
export interface EndedWork {
  work: Work
  shape: string
  engine: EngineName
  durationMs: number
  ageMs: number
  /** Its time holds that of a new process. */
  cold: boolean
  /** Of a training that may stop early: the share of its steps that it made, and what stops alike. */
  made: { share: number; length: string } | null
}

/** Newest attempts that are looked at, and of them those of one shape. */
const mostRead = 200
const mostOfAShape = 12

/** The newest trainings that finished and latency jobs, a few of every shape; an attempt that was cut off is not one. */
export function endedWork(ctx: Context): EndedWork[] {
  const now = ctx.clock.now()
  const counts = new Map<string, number>()
  const newest = newestAttempts(ctx)
  const cold = coldOnes(newest)
  return newest.flatMap(({ attempt, job, armId, steps }) => {
    const endedAt = attempt.endedAt ?? now
    const timed = { durationMs: Math.max(1, endedAt - attempt.startedAt), ageMs: now - endedAt }
    // One of an experiment that cannot be read takes nothing from the others.
    const one = readOrNull((): Omit<EndedWork, 'cold'> =>
      armId !== null && steps !== null
        ? {
            ...trainedWork(ctx, job.experimentId, armId, steps, attempt.resumedFromStep ?? 0),
            ...timed,
          }
        : { ...afterWork(ctx, job.experimentId, 'profile'), ...timed, made: null },
    )
    if (one === null) return []
    const count = counts.get(one.shape) ?? 0
    counts.set(one.shape, count + 1)
    return count < mostOfAShape ? [{ ...one, cold: cold.has(attempt.id) }] : []
  })
}

/** Trainings in a new process: the first of a core, after a latency job, or after a pause. */
function coldOnes(newest: ReturnType<typeof newestAttempts>): Set<string> {
  const cold = new Set<string>()
  const warmSince = new Map<number | null, number>()
  for (const { attempt, job } of newest.toSorted((a, b) => a.attempt.startedAt - b.attempt.startedAt)) {
    const { id, slot, startedAt, endedAt } = attempt
    if (job.kind === 'profile') {
      warmSince.clear()
      continue
    }
    const usedAt = warmSince.get(slot)
    if (usedAt === undefined || startedAt - usedAt > keptWarmMs) cold.add(id)
    warmSince.set(slot, endedAt ?? startedAt)
  }
  return cold
}

function trainedWork(
  ctx: Context,
  experimentId: string,
  armId: string,
  steps: number,
  resumedFromStep: number,
): Pick<EndedWork, 'work' | 'shape' | 'engine' | 'made'> {
  const work = armWork(ctx, experimentId, armId)
  const { shape, engine } = work
  return {
    work: wholeRun(work, steps - resumedFromStep),
    shape,
    engine,
    made: work.fewestSteps < work.steps ? { share: steps / work.steps, length: work.length } : null,
  }
}

function newestAttempts(ctx: Context) {
  return ctx.db.read
    .select({ attempt: attempts, job: jobs, armId: runs.armId, steps: evaluations.steps })
    .from(attempts)
    .innerJoin(jobs, eq(jobs.id, attempts.jobId))
    .leftJoin(runs, eq(runs.id, jobs.runId))
    .leftJoin(evaluations, eq(evaluations.runId, runs.id))
    .where(
      and(
        eq(attempts.state, 'done'),
        or(and(eq(jobs.kind, 'train'), eq(runs.status, 'finished')), eq(jobs.kind, 'profile')),
      ),
    )
    .orderBy(desc(attempts.endedAt))
    .limit(mostRead)
    .all()
}
