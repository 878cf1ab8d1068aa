import type { Context } from '../context.ts'
import { DomainError } from '../../platform/domain-error.ts'
import { endRuns } from './end-runs.ts'
import { loadExperiment } from './load-experiment.ts'
import { wordlessRuns } from './wordless-runs.ts'

/**
 * Ends the runs of an experiment that can give no word any more; the others go on, and so does the experiment. Returns
 * how many. Throws DomainError not-found, or conflict where there is none.
 */
export async function endWordlessRuns(ctx: Context, { id }: { id: string }): Promise<{ runs: number }> {
  const { runs } = wordlessRuns(loadExperiment(ctx, id))
  if (runs.length === 0)
    throw new DomainError('conflict', 'Nothing is to be ended: every run that is left can still give a word.')
  return endRuns(ctx, { experimentId: id, asked: null, others: runs })
}
