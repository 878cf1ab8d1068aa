import { and, eq, inArray } from 'drizzle-orm'
import type { Transaction } from '../../../db/open-database.ts'
import { jobs, runs } from '../../../db/schema.ts'

/** After a run has ended: what waited for it may start, or is blocked when it has no result to give. */
export function releaseDependants({ db }: Transaction, runId: string): void {
  const ended = db.select().from(runs).where(eq(runs.id, runId)).get()
  if (ended === undefined) return
  const waiting = db
    .select()
    .from(jobs)
    .where(and(eq(jobs.waitsForRun, runId), eq(jobs.state, 'planned')))
    .all()
  const waitingRuns = waiting.flatMap((job) => (job.runId === null ? [] : [job.runId]))
  if (waiting.length === 0) return
  const ready = ended.status === 'finished'
  const reason = ready ? null : `Its teacher ${verbs[ended.status] ?? 'has no result'}.`
  db.update(jobs)
    .set({ state: ready ? 'queued' : 'cancelled', reason })
    .where(and(eq(jobs.waitsForRun, runId), eq(jobs.state, 'planned')))
    .run()
  db.update(runs)
    .set({ status: ready ? 'queued' : 'blocked', reason })
    .where(and(inArray(runs.id, waitingRuns), eq(runs.status, 'waiting')))
    .run()
}

const verbs: Partial<Record<string, string>> = {
  failed: 'failed',
  diverged: 'diverged',
  cancelled: 'was cancelled',
  blocked: 'was blocked',
}
