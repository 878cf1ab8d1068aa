import { and, eq, inArray, ne } from 'drizzle-orm'
import type { Transaction } from '../../../db/open-database.ts'
import { evaluations, experiments, jobs, runs, type JobKind, type JobState } from '../../../db/schema.ts'
import type { Context } from '../context.ts'
import { protocolIn, type FrozenProtocol } from './read-protocol.ts'

const endedStates: JobState[] = ['done', 'failed', 'cancelled']

/**
 * Takes an experiment one step on after a job has ended: when the last training of a look has, its words can be read.
 * Where another look follows by itself, `takeLook` goes on from there; else the fidelity job is queued; then the latency
 * job; then the experiment ends. Calling it again changes nothing.
 */
export function advanceExperiment(ctx: Context, tx: Transaction, experimentId: string): void {
  const { db } = tx
  const own = db.select().from(jobs).where(eq(jobs.experimentId, experimentId)).all()
  const ended = (kind: JobKind): boolean =>
    own.filter((job) => job.kind === kind).every((job) => endedStates.includes(job.state))
  if (!ended('train')) return

  const now = ctx.clock.now()
  const experiment = db.select().from(experiments).where(eq(experiments.id, experimentId)).get()
  if (experiment === undefined) return
  const { looksLaunched, looksTaken } = experiment
  if (looksTaken < looksLaunched) {
    db.update(experiments).set({ looksTaken: looksLaunched }).where(eq(experiments.id, experimentId)).run()
  }
  if (experiment.decidedAt === null) {
    if (awaitsLook(protocolIn(db, experimentId))) return
    db.update(experiments).set({ decidedAt: now }).where(eq(experiments.id, experimentId)).run()
  }
  const cancelled = experiment.status === 'cancelled'
  for (const kind of ['fidelity', 'profile'] as const) {
    const planned = own.find((job) => job.kind === kind && job.state === 'planned')
    if (planned !== undefined) {
      const needless = cancelled ? 'The experiment was cancelled.' : whyNeedless(tx, experimentId, kind)
      db.update(jobs)
        .set(needless === null ? { state: 'queued' } : { state: 'cancelled', reason: needless })
        .where(and(eq(jobs.id, planned.id), eq(jobs.state, 'planned')))
        .run()
      if (needless === null) return
    } else if (!ended(kind)) {
      return
    }
  }
  if (experiment.status !== 'running') return
  const finished = db
    .select({ id: runs.id })
    .from(runs)
    .where(
      and(
        eq(runs.experimentId, experimentId),
        inArray(runs.status, ['finished', 'diverged']),
        ne(runs.armId, 'teacher'),
      ),
    )
    .all()
  db.update(experiments)
    .set(
      finished.length > 0
        ? { status: 'finished', endedAt: now }
        : { status: 'failed', endedAt: now, reason: 'No student run has a result.' },
    )
    .where(and(eq(experiments.id, experimentId), eq(experiments.status, 'running')))
    .run()
}

/** The trainings of a look have ended, and its words decide which arms go on. */
export function awaitsLook({
  protocol,
  experiment,
}: Pick<FrozenProtocol, 'protocol' | 'experiment'>): boolean {
  const { status, decidedAt, looksTaken, looksLaunched } = experiment
  return (
    protocol.continuation === 'until-decided' &&
    status === 'running' &&
    decidedAt === null &&
    looksTaken === looksLaunched &&
    looksLaunched < protocol.looks.length
  )
}

/** Why a job after the trainings has nothing to do, or null. */
function whyNeedless(tx: Transaction, experimentId: string, kind: 'fidelity' | 'profile'): string | null {
  const finished = tx.db
    .select({ armId: runs.armId, figures: evaluations.figures })
    .from(runs)
    .innerJoin(evaluations, eq(evaluations.runId, runs.id))
    .where(and(eq(runs.experimentId, experimentId), eq(runs.status, 'finished')))
    .all()
  const teacher = finished.some((run) => run.armId === 'teacher')
  const students = finished.filter((run) => run.armId !== 'teacher')
  if (kind === 'profile') return finished.length === 0 ? 'No run has finished.' : null
  if (!teacher) return 'The teacher has no result.'
  return students.some((run) => run.figures['train/agreement'] === undefined)
    ? null
    : 'Every run was compared with its teacher when it ended.'
}
