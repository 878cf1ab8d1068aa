import { and, eq, sql } from 'drizzle-orm'
import type { Transaction } from '../../../db/open-database.ts'
import { attempts, jobs, runs } from '../../../db/schema.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../../platform/domain-error.ts'
import { releaseDependants } from './release-dependants.ts'
import { teacherFiles, type TeacherUnread } from './teacher-files.ts'

type Job = typeof jobs.$inferSelect

/**
 * Puts a job back that needs files of its teacher which cannot be read now: failed, what it brings would be lost for good
 * to something that can be mended. @returns false where it was cancelled meanwhile, or is no longer this attempt's.
 */
export async function putBackUntilMended(
  ctx: Context,
  { job, attemptId, why }: { job: Job; attemptId: string; why: TeacherUnread },
): Promise<boolean> {
  const reason = why.message
  const put = await ctx.db.withTransaction(({ db, ingest }: Transaction) => {
    const now = ctx.clock.now()
    const [own] = db
      .update(jobs)
      .set({ state: 'planned', waitsForRun: why.teacherRunId, reason, attempts: sql`${jobs.attempts} - 1` })
      .where(
        and(
          eq(jobs.id, job.id),
          eq(jobs.state, 'leased'),
          eq(jobs.cancelRequested, false),
          isRunning(attemptId),
        ),
      )
      .returning({ id: jobs.id })
      .all()
    if (own === undefined) return false
    // What could not begin is no attempt.
    db.delete(attempts).where(eq(attempts.id, attemptId)).run()
    if (job.runId === null) return true
    db.update(runs)
      .set({ status: 'waiting', reason })
      .where(and(eq(runs.id, job.runId), eq(runs.status, 'running')))
      .run()
    ingest.logLine(job.runId, now, 'warn', `It waits until its teacher's files are mended: ${reason}`)
    return true
  })
  if (!put) return false
  if (job.runId !== null) ctx.bus.publish({ type: 'run', experimentId: job.experimentId, runId: job.runId })
  ctx.bus.publish({ type: 'experiment', experimentId: job.experimentId })
  return true
}

const isRunning = (attemptId: string) =>
  sql`exists (select 1 from ${attempts} where ${attempts.id} = ${attemptId} and ${attempts.state} = 'running')`

/** Queues what waited for a teacher that has finished, once its files can be read again. */
export async function releaseMended(ctx: Context): Promise<void> {
  const held = ctx.db.read
    .selectDistinct({ teacherRunId: runs.id, experimentId: jobs.experimentId })
    .from(jobs)
    .innerJoin(runs, eq(runs.id, jobs.waitsForRun))
    .where(and(eq(jobs.state, 'planned'), eq(runs.status, 'finished')))
    .all()
  for (const { teacherRunId, experimentId } of held) {
    try {
      teacherFiles(ctx, experimentId)
    } catch (error) {
      if (error instanceof DomainError) continue
      throw error
    }
    await ctx.db.withTransaction((tx) => releaseDependants(tx, teacherRunId))
    ctx.bus.publish({ type: 'experiment', experimentId })
    ctx.bus.publish({ type: 'workers' })
  }
}
