import { and, asc, eq } from 'drizzle-orm'
import { describeArms } from '../../../core/planning/describe-arms.ts'
import { seedsUpTo } from '../../../core/planning/plan-looks.ts'
import { networkLabel } from '../../../core/networks/registry.ts'
import type { ArmView, ExperimentPage } from '../../../core/contracts/views.ts'
import { artifacts, evaluations, jobs, runs } from '../../../db/schema.ts'
import { hasEnded } from '../../../core/contracts/run.ts'
import type { StoredFile } from '../../platform/artifact-store.ts'
import type { Context } from '../context.ts'
import { readProtocol, type FrozenProtocol } from './read-protocol.ts'

export type Run = typeof runs.$inferSelect
export type Evaluation = typeof evaluations.$inferSelect
export type RunWithEvaluation = Run & {
  evaluation: Evaluation | null
  /** Its test logits, as they were stored. */
  predictions: StoredFile | null
}

export const testPredictions = 'predictions/test.npy'

export interface LoadedExperiment extends FrozenProtocol {
  /** The teacher first. */
  arms: ArmView[]
  control: ArmView
  runs: RunWithEvaluation[]
  jobs: (typeof jobs.$inferSelect)[]
}

/** An experiment with everything but curves and files. Throws DomainError not-found. */
export function loadExperiment(ctx: Context, id: string): LoadedExperiment {
  const frozen = readProtocol(ctx, id)
  const rows = ctx.db.read
    .select()
    .from(runs)
    .leftJoin(evaluations, eq(evaluations.runId, runs.id))
    .leftJoin(artifacts, and(eq(artifacts.runId, runs.id), eq(artifacts.name, testPredictions)))
    .where(eq(runs.experimentId, id))
    .orderBy(asc(runs.seed))
    .all()
  const arms = describeArms(frozen.protocol.arms, networkLabel(frozen.protocol.teacher.network))
  const control = arms.find((arm) => arm.role === 'control')
  if (control === undefined) throw new Error('A protocol always has a control.')
  return {
    ...frozen,
    arms,
    control,
    runs: rows.map((row) => ({
      ...row.runs,
      evaluation: row.evaluations,
      predictions: row.artifacts,
    })),
    jobs: ctx.db.read.select().from(jobs).where(eq(jobs.experimentId, id)).orderBy(asc(jobs.position)).all(),
  }
}

export const runsOf = (loaded: LoadedExperiment, armId: string): RunWithEvaluation[] =>
  loaded.runs.filter((run) => run.armId === armId)

/** By arm id, what people know the arms by. */
export const armLabels = ({ arms }: LoadedExperiment): Record<string, string> =>
  Object.fromEntries(arms.map((arm) => [arm.id, arm.label]))

/** Arms by the names that people know them by. */
export const labelsOf = ({ arms }: LoadedExperiment, ids: readonly string[]): string[] =>
  ids.map((id) => arms.find((arm) => arm.id === id)?.label ?? id)

/** Seeds an arm that are planned up to the newest look whose runs were stored. */
export const seedsLaunched = ({ protocol, experiment }: FrozenProtocol): number[] =>
  seedsUpTo(protocol, experiment.looksLaunched - 1)

/** It has a result already, whose files are damaged: it is trained once more. */
export const isTrainedAgain = (run: RunWithEvaluation): boolean => !hasEnded(run) && run.evaluation !== null

/**
 * Seeds of the launched looks for which every student run has come to its own end; a run that was cancelled has not. An
 * arm that was decided at an earlier look has no run at a later seed, and holds none up.
 */
export function seedsIn(loaded: LoadedExperiment): number {
  return seedsLaunched(loaded).filter((seed) =>
    loaded.runs
      .filter((run) => run.seed === seed && run.armId !== 'teacher')
      .every((run) => hasEnded(run) && run.status !== 'cancelled'),
  ).length
}

/** Share of a running run's steps that is done, from the newest heartbeat; null when it does not run. */
export function progressOf(ctx: Context, run: Run, attemptOf: ReadonlyMap<string, string>): number | null {
  if (run.status !== 'running') return null
  const attempt = attemptOf.get(run.id)
  const slot = attempt === undefined ? undefined : ctx.workers.slots().get(attempt)
  return slot === undefined || slot.steps === 0 ? 0 : slot.step / slot.steps
}

export type AfterJob = ExperimentPage['after'][number]

/** The jobs after the trainings as the page shows them. */
export function afterJobs(loaded: LoadedExperiment): AfterJob[] {
  return loaded.jobs.flatMap((job) =>
    job.kind === 'train' ? [] : [{ kind: job.kind, state: shown[job.state], reason: job.reason }],
  )
}

const shown: Record<LoadedExperiment['jobs'][number]['state'], AfterJob['state']> = {
  planned: 'planned',
  queued: 'planned',
  leased: 'running',
  done: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
}
