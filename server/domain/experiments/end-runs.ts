import { hasEnded } from '../../../core/contracts/run.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../../platform/domain-error.ts'
import { dropScratch } from '../jobs/drop-scratch.ts'
import { stopRun } from '../runs/stop-run.ts'
import { advanceExperiment } from './advance-experiment.ts'
import type { Run } from './load-experiment.ts'
import { takeLook } from './take-look.ts'

/** Ends `others` as far as they still run, and `asked`, which must: else nothing is ended, and it throws a conflict. */
export async function endRuns(
  ctx: Context,
  { experimentId, asked, others }: { experimentId: string; asked: Run | null; others: readonly Run[] },
): Promise<{ runs: number }> {
  const ended = await ctx.db.withTransaction((tx) => {
    // The teacher last: those that wait for it are ended themselves before they could be blocked.
    const inOrder = [...others, ...(asked === null ? [] : [asked])].sort(
      (a, b) => Number(a.armId === 'teacher') - Number(b.armId === 'teacher'),
    )
    const stopped = inOrder.flatMap((run) => {
      const before = stopRun(ctx, tx, run.id)
      if (before !== null && !hasEnded(before)) return [run]
      if (run === asked)
        throw new DomainError('conflict', `This run has already ended (${before?.status ?? 'deleted'}).`)
      return []
    })
    advanceExperiment(ctx, tx, experimentId)
    return stopped
  })
  for (const run of ended) {
    await dropScratch(ctx, run.id)
    ctx.log.info({ run: run.id, name: run.name }, 'run cancelled')
    ctx.bus.publish({ type: 'run', experimentId, runId: run.id })
  }
  ctx.bus.publish({ type: 'experiment', experimentId })
  await takeLook(ctx, experimentId)
  ctx.workers.wake()
  return { runs: ended.length }
}
