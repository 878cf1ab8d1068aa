import { and, eq, inArray } from 'drizzle-orm'
import { hasEnded } from '../../../core/contracts/run.ts'
import { jobs, runs } from '../../../db/schema.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../../platform/domain-error.ts'
import { advanceExperiment } from '../experiments/advance-experiment.ts'
import { takeLook } from '../experiments/take-look.ts'
import { dropScratch } from '../jobs/drop-scratch.ts'
import { endWithoutResult } from '../jobs/end-without-result.ts'
import { releaseDependants } from '../jobs/release-dependants.ts'

/** Cancels one run: at once when it has not begun, else its worker is asked to stop. */
export async function cancelRun(ctx: Context, { runId }: { runId: string }): Promise<void> {
  const experimentId = await ctx.db.withTransaction((tx) => {
    const { db } = tx
    const run = db.select().from(runs).where(eq(runs.id, runId)).get()
    if (run === undefined) throw new DomainError('not-found', `There is no run ${runId}.`)
    if (hasEnded(run)) {
      throw new DomainError('conflict', `This run has already ended (${run.status}).`)
    }
    const [running] = db
      .update(jobs)
      .set({ cancelRequested: true })
      .where(and(eq(jobs.runId, runId), eq(jobs.state, 'leased')))
      .returning({ id: jobs.id })
      .all()
    if (running === undefined) {
      const reason = 'Cancelled before it began.'
      db.update(jobs)
        .set({ state: 'cancelled', reason })
        .where(and(eq(jobs.runId, runId), inArray(jobs.state, ['planned', 'queued'])))
        .run()
      endWithoutResult(ctx, tx, { runId, status: 'cancelled', reason })
      releaseDependants(tx, runId)
      advanceExperiment(ctx, tx, run.experimentId)
    }
    return run.experimentId
  })
  await dropScratch(ctx, runId)
  ctx.log.info({ run: runId }, 'run cancelled')
  ctx.bus.publish({ type: 'run', experimentId, runId })
  ctx.bus.publish({ type: 'experiment', experimentId })
  await takeLook(ctx, experimentId)
  ctx.workers.wake()
}
