import { max } from 'drizzle-orm'
import { describeArms } from '../../../core/planning/describe-arms.ts'
import { networkLabel } from '../../../core/networks/registry.ts'
import type { Protocol } from '../../../core/contracts/protocol.ts'
import type { PlannedRun } from '../../../core/contracts/run.ts'
import type { Transaction } from '../../../db/open-database.ts'
import { jobs, params, runs } from '../../../db/schema.ts'
import type { Context } from '../context.ts'
import { hashOf } from '../../platform/hash.ts'
import { shareResult, type ReusableRun } from './reuse-teacher.ts'
import { runParams } from './run-params.ts'

export interface RunsToStore {
  experimentId: string
  protocol: Protocol
}

/** Stores the run of the teacher and, where no earlier run gives its result, its job. Returns the run's id. */
export function storeTeacher(
  ctx: Context,
  tx: Transaction,
  {
    experimentId,
    protocol,
    planned,
    reusable,
  }: RunsToStore & { planned: PlannedRun; reusable: ReusableRun | null },
): string {
  const name = runName(labelsOf(protocol), planned)
  const runId = insertRun(ctx, tx, { experimentId, planned, name, waits: false })
  if (reusable === null)
    insertJob(ctx, tx, { experimentId, runId, waitsFor: null, position: nextPosition(tx) })
  else shareResult(tx, { from: reusable, to: runId, now: ctx.clock.now() })
  return runId
}

/**
 * Stores students and their jobs at the end of the queue. Those that need a teacher wait for its run `teacherRun`;
 * null: its result is there.
 */
export function storeStudents(
  ctx: Context,
  tx: Transaction,
  {
    experimentId,
    protocol,
    planned,
    teacherRun,
  }: RunsToStore & { planned: readonly PlannedRun[]; teacherRun: string | null },
): void {
  const labels = labelsOf(protocol)
  const first = nextPosition(tx)
  planned.forEach((one, index) => {
    const waitsFor = one.needsTeacher ? teacherRun : null
    const name = runName(labels, one)
    const runId = insertRun(ctx, tx, { experimentId, planned: one, name, waits: waitsFor !== null })
    insertJob(ctx, tx, { experimentId, runId, waitsFor, position: first + index })
  })
}

const labelsOf = (protocol: Protocol): Map<string, string> =>
  new Map(
    describeArms(protocol.arms, networkLabel(protocol.teacher.network)).map((arm) => [arm.id, arm.label]),
  )

const runName = (labels: ReadonlyMap<string, string>, { armId, seed }: PlannedRun): string =>
  `${labels.get(armId) ?? armId}, seed ${seed}`

/** The next place at the end of the queue. */
export function nextPosition({ db }: Transaction): number {
  const last = db
    .select({ last: max(jobs.position) })
    .from(jobs)
    .get()?.last
  return (last ?? 0) + 1
}

function insertRun(
  ctx: Context,
  { db }: Transaction,
  {
    experimentId,
    planned,
    name,
    waits,
  }: { experimentId: string; planned: PlannedRun; name: string; waits: boolean },
): string {
  const runId = ctx.ids.next(16)
  db.insert(runs)
    .values({
      id: runId,
      experimentId,
      armId: planned.armId,
      seed: planned.seed,
      name,
      status: waits ? 'waiting' : 'queued',
      spec: planned.spec,
      specHash: hashOf(planned.spec),
      createdAt: ctx.clock.now(),
    })
    .run()
  db.insert(params)
    .values(Object.entries(runParams(planned.spec)).map(([key, value]) => ({ runId, key, value })))
    .run()
  return runId
}

function insertJob(
  ctx: Context,
  { db }: Transaction,
  {
    experimentId,
    runId,
    waitsFor,
    position,
  }: { experimentId: string; runId: string; waitsFor: string | null; position: number },
): void {
  db.insert(jobs)
    .values({
      id: ctx.ids.next(16),
      experimentId,
      runId,
      kind: 'train',
      state: waitsFor === null ? 'queued' : 'planned',
      waitsForRun: waitsFor,
      position,
      attempts: 0,
      cancelRequested: false,
    })
    .run()
}
