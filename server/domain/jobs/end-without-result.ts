import { and, eq, gt, inArray } from 'drizzle-orm'
import type { FailureReason } from '../../../core/contracts/work-report.ts'
import type { RunStatus } from '../../../core/contracts/run.ts'
import type { Transaction } from '../../../db/open-database.ts'
import { evaluations, jobs, metrics, runs } from '../../../db/schema.ts'
import type { Context } from '../context.ts'
import { lastDone } from './last-done.ts'

const open: RunStatus[] = ['planned', 'waiting', 'queued', 'running']

/**
 * Ends a run whose training gave nothing. One that was being trained again keeps the result that it had, as damaged as
 * its files were: neither a cancelled nor a failed repair takes a seed out of its arm. To be called after its job ended.
 */
export function endWithoutResult(
  ctx: Context,
  tx: Transaction,
  {
    runId,
    status,
    reason,
    failure = null,
  }: {
    runId: string
    status: 'failed' | 'cancelled'
    reason: string
    failure?: FailureReason | null
  },
): void {
  const { db } = tx
  const now = ctx.clock.now()
  const before = db
    .select({ runId: evaluations.runId })
    .from(evaluations)
    .where(eq(evaluations.runId, runId))
    .get()
  const end =
    before === undefined
      ? { status, reason, failure }
      : { status: 'finished' as const, reason: null, failure: null }
  const [ended] = db
    .update(runs)
    .set({ ...end, endedAt: now })
    .where(and(eq(runs.id, runId), inArray(runs.status, open)))
    .returning({ id: runs.id })
    .all()
  if (ended === undefined || before === undefined) return
  db.update(jobs).set({ state: 'done', reason }).where(eq(jobs.runId, runId)).run()
  // Its curve is that of the training whose result it keeps.
  db.delete(metrics)
    .where(and(eq(metrics.runId, runId), gt(metrics.attempt, lastDone(tx, runId))))
    .run()
  tx.ingest.logLine(runId, now, 'warn', `It was not trained again: ${reason}`)
}
