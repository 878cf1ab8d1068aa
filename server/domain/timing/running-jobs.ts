import { eq } from 'drizzle-orm'
import { attempts, jobs, runs, type JobKind } from '../../../db/schema.ts'
import type { Context } from '../context.ts'

/** An attempt under way, as far as its worker has told. */
export interface RunningJob {
  attemptId: string
  jobId: string
  kind: JobKind
  experimentId: string
  runId: string | null
  armId: string | null
  slot: number | null
  /** Milliseconds from its start to when `step` was heard, and from then to now. */
  elapsedMs: number
  silentMs: number
  /** Steps done, of a latency job measurements; 0 before the first is heard of. */
  step: number
  steps: number
  /** Of `step`, those that an earlier attempt made. */
  resumedFromStep: number
  /** Steps made in so much time, from the first that was heard of; null before there are two moments. */
  pace: { steps: number; durationMs: number } | null
}

export function runningJobs(ctx: Context): RunningJob[] {
  const now = ctx.clock.now()
  const slots = ctx.workers.slots()
  return ctx.db.read
    .select({ attempt: attempts, job: jobs, armId: runs.armId })
    .from(attempts)
    .innerJoin(jobs, eq(jobs.id, attempts.jobId))
    .leftJoin(runs, eq(runs.id, jobs.runId))
    .where(eq(attempts.state, 'running'))
    .all()
    .map(({ attempt, job, armId }) => {
      const slot = slots.get(attempt.id)
      const heardAt =
        slot === undefined ? now : Math.min(now, Math.max(attempt.startedAt, ctx.workers.heardAt()))
      return {
        attemptId: attempt.id,
        jobId: job.id,
        kind: job.kind,
        experimentId: job.experimentId,
        runId: job.runId,
        armId,
        slot: attempt.slot,
        elapsedMs: Math.max(0, heardAt - attempt.startedAt),
        silentMs: now - heardAt,
        step: slot?.step ?? 0,
        steps: slot?.steps ?? 0,
        resumedFromStep: attempt.resumedFromStep ?? 0,
        pace:
          slot === undefined || slot.since.step === 0 || slot.step <= slot.since.step
            ? null
            : { steps: slot.step - slot.since.step, durationMs: heardAt - slot.since.at },
      }
    })
}
