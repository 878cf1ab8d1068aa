import { eq, inArray, sql } from 'drizzle-orm'
import { attempts, jobs } from '../../../db/schema.ts'
import type { Context } from '../context.ts'

/** How long runs were trained, over their ended attempts: what lay between two attempts is not training. */
export function trainedTime(ctx: Context, runIds: readonly string[]): Map<string, number> {
  const rows = ctx.db.read
    .select({
      runId: jobs.runId,
      ms: sql<number>`SUM(COALESCE(${attempts.endedAt}, ${attempts.startedAt}) - ${attempts.startedAt})`,
    })
    .from(attempts)
    .innerJoin(jobs, eq(jobs.id, attempts.jobId))
    .where(inArray(jobs.runId, [...runIds]))
    .groupBy(jobs.runId)
    .all()
  return new Map(rows.flatMap((row) => (row.runId === null ? [] : [[row.runId, row.ms]])))
}
