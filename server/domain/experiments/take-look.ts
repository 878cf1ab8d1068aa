import { and, eq, isNull } from 'drizzle-orm'
import { experiments } from '../../../db/schema.ts'
import { DomainError } from '../../platform/domain-error.ts'
import type { Context } from '../context.ts'
import { whyHeld } from '../why-held.ts'
import { judgeExperiment } from '../verdicts/judge-experiment.ts'
import { predictionsFault } from '../verdicts/read-scores.ts'
import { advanceExperiment, awaitsLook } from './advance-experiment.ts'
import { launchLook, openArms } from './launch-look.ts'
import { labelsOf, loadExperiment } from './load-experiment.ts'

/**
 * Where the trainings of a look have ended and the next look follows by itself: reads the words, then lets the arms that
 * are not decided go on, or concludes the experiment. Else, and when it is called again, nothing changes. To be called
 * after every commit that may have ended a training; never throws, because what ended is stored already.
 */
export async function takeLook(ctx: Context, experimentId: string): Promise<void> {
  const late = postponedOf(ctx)
  try {
    await readAndGoOn(ctx, experimentId)
    late.delete(experimentId)
  } catch (error) {
    // Said once, however often it is tried.
    if (late.has(experimentId)) return
    if (whyHeld(ctx, error) !== null || error instanceof DomainError) late.add(experimentId)
    // The next start tries again, and the next claim where it may go better by itself.
    ctx.log.error({ err: error, experiment: experimentId }, 'a look could not be taken')
  }
}

/** Looks that a full disk, a locked database or an unreadable or damaged file kept from being taken, for each database. */
const postponed = new WeakMap<Context['db'], Set<string>>()

function postponedOf({ db }: Context): Set<string> {
  const known = postponed.get(db) ?? new Set<string>()
  postponed.set(db, known)
  return known
}

/** Takes the looks that could not be taken when their trainings ended. */
export async function takePostponedLooks(ctx: Context): Promise<void> {
  // It is added to again by looks that are still late.
  for (const id of Array.from(postponedOf(ctx))) await takeLook(ctx, id)
}

async function readAndGoOn(ctx: Context, id: string): Promise<void> {
  const row = ctx.db.read.select().from(experiments).where(eq(experiments.id, id)).get()
  // Most calls end here, without reading runs and predictions.
  if (row === undefined || row.status !== 'running' || row.decidedAt !== null) return
  if (row.looksTaken < row.looksLaunched) return
  const loaded = loadExperiment(ctx, id)
  if (!awaitsLook(loaded)) return
  const { looksLaunched } = loaded.experiment
  // Outside the transaction: it reads every prediction.
  const judged = judgeExperiment(ctx, loaded)
  // An arm whose word cannot be read until a file is mended would be given further seeds, or none, for good.
  const students = loaded.runs.filter(({ armId }) => armId !== 'teacher')
  const fault = students.map((run) => predictionsFault(ctx, loaded, run)).find((one) => one !== null)
  if (fault != null) throw fault
  const arms = openArms(loaded, judged)
  const went = await ctx.db.withTransaction((tx) => {
    const [same] = tx.db
      .update(experiments)
      // Where the next look follows this changes nothing, and says whether the look is still this one.
      .set(arms.length === 0 ? { decidedAt: ctx.clock.now() } : { looksTaken: looksLaunched })
      .where(
        and(
          eq(experiments.id, id),
          eq(experiments.status, 'running'),
          eq(experiments.looksLaunched, looksLaunched),
          eq(experiments.looksTaken, looksLaunched),
          isNull(experiments.decidedAt),
        ),
      )
      .returning({ id: experiments.id })
      .all()
    if (same === undefined) return false
    if (arms.length > 0) launchLook(ctx, tx, { frozen: loaded, arms })
    else advanceExperiment(ctx, tx, id)
    return true
  })
  if (!went) return
  ctx.log.info({ experiment: id, look: looksLaunched, open: labelsOf(loaded, arms) }, 'look taken')
  ctx.bus.publish({ type: 'resync' })
  ctx.workers.wake()
}
