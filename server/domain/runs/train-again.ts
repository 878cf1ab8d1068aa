import { and, eq } from 'drizzle-orm'
import { jobs, runs } from '../../../db/schema.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../../platform/domain-error.ts'
import { loadExperiment } from '../experiments/load-experiment.ts'
import { runFiles } from './run-files.ts'

/**
 * Trains a finished run once more, by the same spec, because its stored files are damaged or gone; on the portable
 * engine the new ones are the same, bit for bit. Until then it counts as damaged. Throws DomainError not-found, or
 * conflict with why there is nothing to train.
 */
export async function trainAgain(ctx: Context, { runId }: { runId: string }): Promise<void> {
  const row = ctx.db.read
    .select({ experimentId: runs.experimentId })
    .from(runs)
    .where(eq(runs.id, runId))
    .get()
  const loaded = row === undefined ? null : loadExperiment(ctx, row.experimentId)
  const run = loaded?.runs.find(({ id }) => id === runId)
  if (loaded === null || run === undefined) throw new DomainError('not-found', `There is no run ${runId}.`)
  if (run.reusedFrom !== null)
    throw new DomainError(
      'conflict',
      `This run shares the files of the run ${run.reusedFrom}: train that one again, on its page.`,
    )
  const damaged = runFiles(ctx, loaded, run).flatMap(({ file, fault }) =>
    fault === null || fault.code === 'unavailable' ? [] : [file.name],
  )
  if (damaged.length === 0)
    throw new DomainError(
      'conflict',
      'The files of this run are as they were stored: nothing is to be mended.',
    )
  const experimentId = await ctx.db.withTransaction(({ db, ingest }) => {
    const [again] = db
      .update(runs)
      .set({ status: 'queued', endedAt: null })
      .where(and(eq(runs.id, runId), eq(runs.status, 'finished')))
      .returning({ experimentId: runs.experimentId })
      .all()
    const [job] = db
      .update(jobs)
      .set({ state: 'queued', cancelRequested: false, reason: null })
      .where(and(eq(jobs.runId, runId), eq(jobs.state, 'done')))
      .returning({ id: jobs.id })
      .all()
    if (again === undefined || job === undefined)
      throw new DomainError(
        'conflict',
        `Only a finished run can be trained again; this one is ${run.status}.`,
      )
    ingest.logLine(
      runId,
      ctx.clock.now(),
      'info',
      `It is trained again, because of its stored files: ${damaged.join(', ')}.`,
    )
    return again.experimentId
  })
  ctx.log.info({ run: runId, damaged }, 'trained again')
  ctx.bus.publish({ type: 'run', experimentId, runId })
  ctx.bus.publish({ type: 'experiment', experimentId })
  ctx.workers.wake()
}
