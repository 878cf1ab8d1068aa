import { eq } from 'drizzle-orm'
import { attempts, jobs } from '../../../db/schema.ts'
import type { Context } from '../context.ts'

/** Run id -> the attempt that trains it now. */
export function runningAttempts(ctx: Context): Map<string, string> {
  const rows = ctx.db.read
    .select({ id: attempts.id, runId: jobs.runId })
    .from(attempts)
    .innerJoin(jobs, eq(jobs.id, attempts.jobId))
    .where(eq(attempts.state, 'running'))
    .all()
  return new Map(rows.flatMap((row) => (row.runId === null ? [] : [[row.runId, row.id]])))
}
