import { eq } from 'drizzle-orm'
import { hasEnded } from '../../../core/contracts/run.ts'
import { runs } from '../../../db/schema.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../../platform/domain-error.ts'
import { endRuns } from '../experiments/end-runs.ts'
import { loadExperiment } from '../experiments/load-experiment.ts'
import { wordlessRuns } from '../experiments/wordless-runs.ts'

/**
 * Cancels one run: at once when it has not begun, else its worker is asked to stop. `wordless`: what becomes of the
 * other runs that can then give no word any more. Returns how many runs are ended in all.
 */
export async function cancelRun(
  ctx: Context,
  { runId, wordless = 'go on' }: { runId: string; wordless?: 'end' | 'go on' },
): Promise<{ runs: number }> {
  const run = ctx.db.read.select().from(runs).where(eq(runs.id, runId)).get()
  if (run === undefined) throw new DomainError('not-found', `There is no run ${runId}.`)
  if (hasEnded(run)) {
    throw new DomainError('conflict', `This run has already ended (${run.status}).`)
  }
  const others = wordless === 'end' ? wordlessRuns(loadExperiment(ctx, run.experimentId), runId).runs : []
  return endRuns(ctx, { experimentId: run.experimentId, asked: run, others })
}
