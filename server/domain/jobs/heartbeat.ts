import { and, eq } from 'drizzle-orm'
import type { SlotState } from '../../../core/contracts/work-report.ts'
import { attempts, jobs } from '../../../db/schema.ts'
import type { Context } from '../context.ts'

/** Answers which of the attempts under way must stop: cancelled ones, and those that are no longer the running one. */
export function heartbeat(ctx: Context, { slots }: { slots: SlotState[] }): { stop: string[] } {
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
