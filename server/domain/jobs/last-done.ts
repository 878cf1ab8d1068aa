import { and, eq, max, sql } from 'drizzle-orm'
import type { Transaction } from '../../../db/open-database.ts'
import { attempts, jobs } from '../../../db/schema.ts'

/** The newest attempt that gave a run its result; 0 where none did. */
export function lastDone({ db }: Transaction, runId: string): number {
  const last = db
    .select({ number: max(attempts.number) })
    .from(attempts)
    .innerJoin(jobs, eq(jobs.id, attempts.jobId))
    .where(and(eq(jobs.runId, runId), eq(attempts.state, 'done')))
    .get()
  return last?.number ?? 0
}

/** Attempts of the training that is under way: a run that is trained again has others, which ended with its result. */
export const afterLastDone = sql`${attempts.number} > coalesce((
  select max(done.number) from ${attempts} as done
  where done.job_id = ${attempts.jobId} and done.state = 'done'), 0)`
