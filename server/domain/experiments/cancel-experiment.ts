import { and, eq, inArray } from 'drizzle-orm'
import { experiments, jobs, runs } from '../../../db/schema.ts'
import type { Context } from '../context.ts'
import { dropScratch } from '../jobs/drop-scratch.ts'
import { endWithoutResult } from '../jobs/end-without-result.ts'
import { advanceExperiment } from './advance-experiment.ts'
import { DomainError } from '../../platform/domain-error.ts'

/** Ends an experiment early. What is queued is dropped, what runs is stopped; results so far stay, without a verdict. */
export async function cancelExperiment(ctx: Context, { id }: { id: string }): Promise<void> {
  const own = await ctx.db.withTransaction((tx) => {
    const { db } = tx
    const now = ctx.clock.now()
    const [cancelled] = db
      .update(experiments)
      .set({ status: 'cancelled', reason: 'Cancelled before its planned end.', endedAt: now })
      .where(and(eq(experiments.id, id), eq(experiments.status, 'running')))
      .returning({ id: experiments.id })
      .all()
    if (cancelled === undefined) {
      const known = db
        .select({ status: experiments.status })
        .from(experiments)
        .where(eq(experiments.id, id))
        .get()
      throw known === undefined
        ? new DomainError('not-found', `There is no experiment ${id}.`)
        : new DomainError('conflict', `This experiment has already ended (${known.status}).`)
    }
    const reason = 'The experiment was cancelled.'
    const dropped = db
      .update(jobs)
      .set({ state: 'cancelled', reason })
      .where(and(eq(jobs.experimentId, id), inArray(jobs.state, ['planned', 'queued'])))
      .returning({ runId: jobs.runId })
      .all()
    for (const { runId } of dropped)
      if (runId !== null) endWithoutResult(ctx, tx, { runId, status: 'cancelled', reason })
    db.update(jobs)
      .set({ cancelRequested: true })
      .where(and(eq(jobs.experimentId, id), eq(jobs.state, 'leased')))
      .run()
    // Where nothing runs this was its end; else the end of the last training is.
    advanceExperiment(ctx, tx, id)
    return db.select({ id: runs.id }).from(runs).where(eq(runs.experimentId, id)).all()
  })
  for (const run of own) await dropScratch(ctx, run.id)
  ctx.log.info({ experiment: id }, 'experiment cancelled')
  ctx.bus.publish({ type: 'resync' })
  ctx.workers.wake()
}
