import { and, eq } from 'drizzle-orm'
import type { SlotState } from '../../../core/contracts/work-report.ts'
import { attempts, jobs } from '../../../db/schema.ts'
import type { Context } from '../context.ts'
import { finishAttempt } from './finish-attempt.ts'
import { leaseAges } from './lease-ages.ts'

/** An attempt that is this old and unknown to its supervisor was handed out and never arrived. */
const arrivesWithinMs = 15_000

/** Answers which of the attempts under way must stop: cancelled ones, and those that are no longer the running one. */
export async function heartbeat(
  ctx: Context,
  { slots }: { slots: SlotState[] },
): Promise<{ stop: string[] }> {
  await endForgotten(ctx, new Set(slots.map((slot) => slot.attemptId)))
  const stop: string[] = []
  for (const slot of slots) {
    const found = ctx.db.read
      .select({ cancel: jobs.cancelRequested, runId: jobs.runId, experimentId: jobs.experimentId })
      .from(attempts)
      .innerJoin(jobs, eq(jobs.id, attempts.jobId))
      .where(and(eq(attempts.id, slot.attemptId), eq(attempts.state, 'running')))
      .get()
    if (found === undefined || found.cancel) stop.push(slot.attemptId)
    if (found?.runId != null) {
      const { experimentId, runId } = found
      ctx.bus.publish({ type: 'progress', experimentId, runId, step: slot.step, steps: slot.steps })
    }
  }
  return { stop }
}

async function endForgotten(ctx: Context, known: ReadonlySet<string>): Promise<void> {
  const running = ctx.db.read
    .select({ id: attempts.id })
    .from(attempts)
    .where(eq(attempts.state, 'running'))
    .all()
    .map(({ id }) => id)
  for (const [id, ageMs] of leaseAges(ctx, running)) {
    if (known.has(id) || ageMs <= arrivesWithinMs) continue
    await finishAttempt(ctx, {
      attemptId: id,
      outcome: { type: 'failed', reason: 'lost', text: 'Its worker does not know of it.' },
    })
  }
}
