import { and, eq } from 'drizzle-orm'
import type { Transaction } from '../../../db/open-database.ts'
import { attempts, jobs, runs } from '../../../db/schema.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../../platform/domain-error.ts'
import { releaseDependants } from './release-dependants.ts'
import { teacherFiles } from './teacher-files.ts'

type Job = typeof jobs.$inferSelect

/**
 * Puts a training back that learns from files of its teacher which cannot be read now: failed, its seed would be lost for
 * good to something that can be mended.
 */
export async function putBackUntilMended(
  ctx: Context,
  job: Job,
  attemptId: string,
  { teacherRunId, reason }: { teacherRunId: string; reason: string },
): Promise<void> {
  await ctx.db.withTransaction(({ db, ingest }: Transaction) => {
    const now = ctx.clock.now()
    db.update(attempts)
      .set({ state: 'failed', endedAt: now, reason })
      .where(and(eq(attempts.id, attemptId), eq(attempts.state, 'running')))
      .run()
    db.update(jobs)
      .set({ state: 'planned', waitsForRun: teacherRunId, reason })
      .where(and(eq(jobs.id, job.id), eq(jobs.state, 'leased')))
      .run()
    if (job.runId === null) return
    db.update(runs)
      .set({ status: 'waiting', reason })
      .where(and(eq(runs.id, job.runId), eq(runs.status, 'running')))
      .run()
    ingest.logLine(job.runId, now, 'warn', `It waits until its teacher's files are mended: ${reason}`)
  })
  if (job.runId !== null) ctx.bus.publish({ type: 'run', experimentId: job.experimentId, runId: job.runId })
  ctx.bus.publish({ type: 'experiment', experimentId: job.experimentId })
}

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
