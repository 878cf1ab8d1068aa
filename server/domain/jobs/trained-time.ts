import { asc, eq, inArray } from 'drizzle-orm'
import { attempts, jobs } from '../../../db/schema.ts'
import type { Context } from '../context.ts'

/**
 * How long runs were trained, over their ended attempts: what lay between two attempts is not training. Of a run that
 * was trained again, the training that gave its result.
 */
export function trainedTime(ctx: Context, runIds: readonly string[]): Map<string, number> {
  const rows = ctx.db.read
    .select({
      runId: jobs.runId,
      state: attempts.state,
      startedAt: attempts.startedAt,
      endedAt: attempts.endedAt,
    })
    .from(attempts)
    .innerJoin(jobs, eq(jobs.id, attempts.jobId))
    .where(inArray(jobs.runId, [...runIds]))
    .orderBy(asc(attempts.jobId), asc(attempts.number))
    .all()
  const underWay = new Map<string, number>()
  const done = new Map<string, number>()
  for (const { runId, state, startedAt, endedAt } of rows) {
    if (runId === null) continue
    const ms = (underWay.get(runId) ?? 0) + (endedAt ?? startedAt) - startedAt
    if (state === 'done') done.set(runId, ms)
    // After a result, one that was cancelled or failed ended its repair: the next begins anew.
    const over = state === 'done' || (done.has(runId) && (state === 'cancelled' || state === 'failed'))
    underWay.set(runId, over ? 0 : ms)
  }
  return new Map([...underWay, ...done])
}
