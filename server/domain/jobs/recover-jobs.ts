import { and, eq, max } from 'drizzle-orm'
import { counted } from '../../../core/text/grammar.ts'
import type { Transaction } from '../../../db/open-database.ts'
import { attempts, jobs, metrics } from '../../../db/schema.ts'
import { DomainError } from '../../platform/domain-error.ts'
import type { Context } from '../context.ts'
import { advanceExperiment } from '../experiments/advance-experiment.ts'
import { unfinishedExperiments } from '../experiments/launch-experiment.ts'
import { takeLook } from '../experiments/take-look.ts'
import { mayInterruptAgain, requeue } from './finish-attempt.ts'
import { endWithoutResult } from './end-without-result.ts'
import { sweepScratch } from './drop-scratch.ts'
import { newestTime } from './newest-time.ts'
import { releaseDependants } from './release-dependants.ts'

/**
 * Voids every lease, because their supervisor is gone (the server or the supervisor ended), and puts the jobs back in
 * the queue: each goes on from its last checkpoint. Reports that may still come from those attempts are refused.
 */
export async function recoverJobs(ctx: Context, reason: string): Promise<{ requeued: number }> {
  const { requeued, open } = await ctx.db.withTransaction((tx) => {
    const leased = tx.db.select().from(jobs).where(eq(jobs.state, 'leased')).all()
    for (const attempt of tx.db.select().from(attempts).where(eq(attempts.state, 'running')).all()) {
      tx.db
        .update(attempts)
        .set({ state: 'interrupted', endedAt: lastSeen(tx, attempt), reason })
        .where(eq(attempts.id, attempt.id))
        .run()
    }
    // The machine's clock may have been set back since: what goes on is not dated before what was.
    ctx.clock.notBefore(newestTime(tx))
    for (const job of leased) {
      if (job.cancelRequested || !mayInterruptAgain(tx, job)) {
        const status = job.cancelRequested ? 'cancelled' : 'failed'
        const why = job.cancelRequested
          ? 'Cancelled.'
          : `${reason} It was tried ${counted(job.attempts, 'time')} and got no further.`
        tx.db.update(jobs).set({ state: status, reason: why }).where(eq(jobs.id, job.id)).run()
        if (job.runId !== null) {
          const failure = job.cancelRequested ? null : ('lost' as const)
          endWithoutResult(ctx, tx, { runId: job.runId, status, reason: why, failure })
          releaseDependants(tx, job.runId)
        }
      } else {
        requeue(ctx, tx, { job, attempt: { number: job.attempts }, reason })
      }
    }
    const touched = new Set([...unfinishedExperiments(tx), ...leased.map((job) => job.experimentId)])
    for (const id of touched) {
      try {
        advanceExperiment(ctx, tx, id)
      } catch (error) {
        // One that cannot be read keeps no server from starting, and no other experiment from going on.
        if (!(error instanceof DomainError)) throw error
        ctx.log.error({ err: error, experiment: id }, 'an experiment could not go on')
      }
    }
    return { requeued: leased.length, open: touched }
  })
  // The server may have ended between the last training of a look and the next look.
  for (const id of open) await takeLook(ctx, id)
  await sweepScratch(ctx)
  if (requeued > 0) {
    ctx.log.warn({ requeued, reason }, 'leases voided')
    ctx.bus.publish({ type: 'resync' })
  }
  return { requeued }
}

/** When an attempt was last heard of: at its newest point, or at its start. After a kill nobody knows better. */
function lastSeen({ db }: Transaction, attempt: typeof attempts.$inferSelect): number {
  const newest = db
    .select({ at: max(metrics.at) })
    .from(metrics)
    .innerJoin(jobs, eq(jobs.runId, metrics.runId))
    .where(and(eq(jobs.id, attempt.jobId), eq(metrics.attempt, attempt.number)))
    .get()
  return Math.max(attempt.startedAt, newest?.at ?? 0)
}
