import { and, eq } from 'drizzle-orm'
import { seedsAddedAt } from '../../../core/planning/plan-looks.ts'
import { planRuns, teacherSpec } from '../../../core/planning/plan-runs.ts'
import { hasEnded } from '../../../core/contracts/run.ts'
import type { JudgedComparison } from '../../../core/judging/comparison.ts'
import type { Transaction } from '../../../db/open-database.ts'
import { experiments, jobs, runs, type JobKind } from '../../../db/schema.ts'
import type { Context } from '../context.ts'
import { hashOf } from '../../platform/hash.ts'
import { releaseDependants } from '../jobs/release-dependants.ts'
import { runsOf, type LoadedExperiment } from './load-experiment.ts'
import type { FrozenProtocol } from './read-protocol.ts'
import { nextPosition, storeStudents } from './store-runs.ts'

/** Arms that a further look would still decide: more seeds give no result to an arm that lacks its teacher's. */
export const openArms = (loaded: LoadedExperiment, comparisons: readonly JudgedComparison[]): string[] =>
  comparisons
    .filter(({ family, open, arm }) => family === 'primary' && open && hasResult(loaded, arm))
    .map(({ arm }) => arm)

const hasResult = (loaded: LoadedExperiment, armId: string): boolean =>
  runsOf(loaded, armId).some((run) => run.status === 'finished' || run.status === 'diverged')

/**
 * Stores the runs that the next look adds, of the control and of `arms`, and takes the experiment back to running. The
 * caller has made sure that `frozen.experiment` still stands in the database as it was read. Returns how many runs.
 */
export function launchLook(
  ctx: Context,
  tx: Transaction,
  { frozen, arms }: { frozen: FrozenProtocol; arms: readonly string[] },
): number {
  const { protocol, experiment } = frozen
  const { id, looksLaunched } = experiment
  const seeds = new Set(seedsAddedAt(protocol, looksLaunched))
  const going = new Set(arms)
  const planned = planRuns(protocol, hashOf(teacherSpec(protocol))).filter(
    (run) => seeds.has(run.seed) && (run.role === 'control' || going.has(run.armId)),
  )
  tx.db
    .update(experiments)
    .set({ status: 'running', looksLaunched: looksLaunched + 1, decidedAt: null, endedAt: null })
    .where(eq(experiments.id, id))
    .run()
  const teacher = tx.db
    .select({ id: runs.id, status: runs.status })
    .from(runs)
    .where(and(eq(runs.experimentId, id), eq(runs.armId, 'teacher')))
    .get()
  if (teacher === undefined) throw new Error(`The experiment ${id} has no teacher's run.`)
  const ready = teacher.status === 'finished'
  storeStudents(ctx, tx, { experimentId: id, protocol, planned, teacherRun: ready ? null : teacher.id })
  // One that ended without a result blocks who waits for it; one that is being trained again has one to give.
  if (!ready && hasEnded(teacher)) releaseDependants(tx, teacher.id)
  moveBehind(tx, id)
  return planned.length
}

/** What comes after the last training stands in the queue after it. */
function moveBehind(tx: Transaction, experimentId: string): void {
  for (const kind of ['fidelity', 'profile'] satisfies JobKind[]) {
    tx.db
      .update(jobs)
      .set({ position: nextPosition(tx) })
      .where(and(eq(jobs.experimentId, experimentId), eq(jobs.kind, kind), eq(jobs.state, 'planned')))
      .run()
  }
}
