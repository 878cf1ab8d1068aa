import { and, eq, inArray } from 'drizzle-orm'
import { hasEnded } from '../../../core/contracts/run.ts'
import type { Transaction } from '../../../db/open-database.ts'
import { jobs, runs } from '../../../db/schema.ts'
import type { Context } from '../context.ts'
import { endWithoutResult } from '../jobs/end-without-result.ts'
import { releaseDependants } from '../jobs/release-dependants.ts'

/**
 * Stops a run that has not ended: at once where it has not begun, else its worker is asked to. Returns the run as it
 * was before; null where there is none.
 */
export function stopRun(ctx: Context, tx: Transaction, runId: string): typeof runs.$inferSelect | null {
  const { db } = tx
  const run = db.select().from(runs).where(eq(runs.id, runId)).get()
  if (run === undefined) return null
  if (hasEnded(run)) return run
  const [running] = db
    .update(jobs)
    .set({ cancelRequested: true })
    .where(and(eq(jobs.runId, runId), eq(jobs.state, 'leased')))
    .returning({ id: jobs.id })
    .all()
  if (running !== undefined) return run
  const reason = run.startedAt === null ? 'Cancelled before it began.' : 'Cancelled while it waited to go on.'
  db.update(jobs)
    .set({ state: 'cancelled', reason })
    .where(and(eq(jobs.runId, runId), inArray(jobs.state, ['planned', 'queued'])))
    .run()
  endWithoutResult(ctx, tx, { runId, status: 'cancelled', reason })
  releaseDependants(tx, runId)
  return run
}
