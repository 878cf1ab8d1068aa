import { and, eq } from 'drizzle-orm'
import { experiments } from '../../../db/schema.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../../platform/domain-error.ts'
import { judgeExperiment } from '../verdicts/judge-experiment.ts'
import { predictionsFault } from '../verdicts/read-scores.ts'
import { launchLook, openArms } from './launch-look.ts'
import { isTrainedAgain, labelsOf, loadExperiment, type LoadedExperiment } from './load-experiment.ts'

/**
 * Adds the seeds of the next planned look, for the control and the arms that are not decided yet; returns how many runs
 * begin. Throws DomainError not-found, or conflict with why nothing can be added.
 */
export async function extendExperiment(ctx: Context, { id }: { id: string }): Promise<{ runs: number }> {
  const loaded = loadExperiment(ctx, id)
  const refused = whyNot(loaded)
  if (refused !== null) throw new DomainError('conflict', refused)
  if (loaded.runs.some((run) => isTrainedAgain(run) || predictionsFault(ctx, loaded, run) !== null)) {
    throw new DomainError(
      'conflict',
      'Files of this experiment are damaged or being made anew, and which arms are open hangs on them: mend them first.',
    )
  }
  const arms = openArms(loaded, judgeExperiment(ctx, loaded))
  if (arms.length === 0) {
    throw new DomainError('conflict', 'No arm is open: the seeds of a further look would change no word.')
  }
  const { looksLaunched } = loaded.experiment
  const runs = await ctx.db.withTransaction((tx) => {
    // Two clicks read the same state; one of them finds it changed.
    const [taken] = tx.db
      .update(experiments)
      .set({ status: 'running' })
      .where(
        and(
          eq(experiments.id, id),
          eq(experiments.status, 'finished'),
          eq(experiments.looksLaunched, looksLaunched),
        ),
      )
      .returning({ id: experiments.id })
      .all()
    if (taken === undefined) {
      throw new DomainError('conflict', 'The seeds of the next look were added already.')
    }
    return launchLook(ctx, tx, { frozen: loaded, arms })
  })
  ctx.log.info({ experiment: id, look: looksLaunched + 1, arms: labelsOf(loaded, arms), runs }, 'extended')
  ctx.bus.publish({ type: 'resync' })
  ctx.workers.wake()
  return { runs }
}

/** Why an experiment cannot go on to a further look, whatever its words are; null where it can. */
function whyNot({ protocol, experiment }: LoadedExperiment): string | null {
  const { looks, continuation } = protocol
  if (continuation === 'none') {
    return 'No further look was planned, so that seeds added now would give no word. Start a new experiment with new seeds.'
  }
  if (continuation === 'until-decided') return 'This experiment adds its seeds by itself.'
  switch (experiment.status) {
    case 'running':
      return 'This experiment is still running: its next seeds can be added when it has ended.'
    case 'cancelled':
      return 'This experiment was cancelled: it has no further look. Start a new experiment with new seeds.'
    case 'failed':
      return 'This experiment failed: it has no further look. Start a new experiment.'
    case 'finished':
      return experiment.looksLaunched < looks.length
        ? null
        : 'All planned looks were taken. Start a new experiment with new seeds.'
  }
}
