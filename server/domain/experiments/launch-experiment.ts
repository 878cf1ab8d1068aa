import { and, eq, isNull, max } from 'drizzle-orm'
import { describeArms } from '../../../core/distillation/catalogue.ts'
import { draftProtocol } from '../../../core/distillation/draft-protocol.ts'
import { planRuns, teacherSpec } from '../../../core/distillation/plan-runs.ts'
import { networkLabel } from '../../../core/distillation/network-label.ts'
import {
  ExperimentDraft,
  type ExperimentDraftInput,
  type Protocol,
} from '../../../core/contracts/protocol.ts'
import type { PlannedRun } from '../../../core/contracts/run.ts'
import type { Transaction } from '../../../db/open-database.ts'
import { arms, experiments, jobs, params, protocols, runs } from '../../../db/schema.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../../platform/domain-error.ts'
import { canonicalJson, hashOf, sha256 } from '../../platform/hash.ts'
import { prepareDataset } from '../datasets/prepare-dataset.ts'
import { advanceExperiment } from './advance-experiment.ts'
import { findReusableTeacher, shareResult, type ReusableRun } from './reuse-teacher.ts'

export interface LaunchInput {
  draft: ExperimentDraftInput
  demonstration?: boolean
}

/** Freezes the protocol, expands it into runs and jobs, and lets the workers begin. */
export async function launchExperiment(ctx: Context, input: LaunchInput): Promise<{ id: string }> {
  const draft = ExperimentDraft.parse(input.draft)
  const data = await prepareDataset(ctx, draft.data)
  const result = draftProtocol(draft, data, await ctx.workers.engine())
  if (!result.ok) {
    throw new DomainError('bad-input', result.problems.map((problem) => problem.message).join(' '), {
      problems: result.problems,
    })
  }
  const { protocol } = result
  const teacherHash = hashOf(teacherSpec(protocol))
  const planned = planRuns(protocol, teacherHash)
  const reusable = findReusableTeacher(ctx, teacherHash)
  const id = ctx.ids.next()

  await ctx.db.withTransaction((tx) => {
    storeExperiment(ctx, tx, {
      id,
      question: draft.question,
      protocol,
      demonstration: input.demonstration === true,
    })
    storeRuns(ctx, tx, { id, protocol, planned, reusable })
    advanceExperiment(ctx, tx, id)
  })
  ctx.log.info({ experiment: id, runs: planned.length }, 'launched')
  ctx.bus.publish({ type: 'experiment', experimentId: id })
  ctx.workers.wake()
  return { id }
}

function storeExperiment(
  ctx: Context,
  { db }: Transaction,
  {
    id,
    question,
    protocol,
    demonstration,
  }: { id: string; question: string; protocol: Protocol; demonstration: boolean },
): void {
  const now = ctx.clock.now()
  const canonical = canonicalJson(protocol)
  const hash = sha256(canonical)
  db.insert(protocols).values({ hash, canonical, frozenAt: now }).onConflictDoNothing().run()
  db.insert(experiments)
    .values({
      id,
      name: question,
      protocolHash: hash,
      status: 'running',
      demonstration,
      lifecycleStage: 'active',
      createdAt: now,
    })
    .run()
  db.insert(arms)
    .values([
      { experimentId: id, id: 'teacher', role: 'teacher' as const, position: 0 },
      ...protocol.arms.map((arm, index) => ({
        experimentId: id,
        id: arm.id,
        role: arm.role,
        position: index + 1,
      })),
    ])
    .run()
}

interface RunsToStore {
  id: string
  protocol: Protocol
  planned: PlannedRun[]
  reusable: ReusableRun | null
}

function storeRuns(ctx: Context, tx: Transaction, { id, protocol, planned, reusable }: RunsToStore): void {
  const { db } = tx
  const now = ctx.clock.now()
  const labels = new Map(
    describeArms(protocol.arms, networkLabel(protocol.teacher.network)).map((arm) => [arm.id, arm.label]),
  )
  const runIds = planned.map(() => ctx.ids.next(16))
  const teacherRun = runIds[planned.findIndex((run) => run.role === 'teacher')]
  if (teacherRun === undefined) throw new Error('A plan always has a teacher.')
  const first =
    (db
      .select({ last: max(jobs.position) })
      .from(jobs)
      .get()?.last ?? 0) + 1

  planned.forEach((run, index) => {
    const runId = runIds[index] ?? ''
    const reused = run.role === 'teacher' ? reusable : null
    const waits = run.needsTeacher && reusable === null
    db.insert(runs)
      .values({
        id: runId,
        experimentId: id,
        armId: run.armId,
        seed: run.seed,
        name: `${labels.get(run.armId) ?? run.armId}, seed ${run.seed}`,
        status: waits ? 'waiting' : 'queued',
        spec: run.spec,
        specHash: hashOf(run.spec),
        createdAt: now,
      })
      .run()
    db.insert(params)
      .values(Object.entries(paramsOf(run)).map(([key, value]) => ({ runId, key, value })))
      .run()
    if (reused !== null) {
      shareResult(tx, { from: reused, to: runId, now })
      return
    }
    db.insert(jobs)
      .values({
        id: ctx.ids.next(16),
        experimentId: id,
        runId,
        kind: 'train',
        state: waits ? 'planned' : 'queued',
        waitsForRun: waits ? teacherRun : null,
        position: first + index,
        attempts: 0,
        cancelRequested: false,
      })
      .run()
  })
  db.insert(jobs)
    .values(
      (['fidelity', 'profile'] as const).map((kind, index) => ({
        id: ctx.ids.next(16),
        experimentId: id,
        kind,
        state: 'planned' as const,
        position: first + planned.length + index,
        attempts: 0,
        cancelRequested: false,
      })),
    )
    .run()
}

/** Params as MLflow clients show them: flat text. */
function paramsOf({ spec }: PlannedRun): Record<string, string> {
  const { training, network, method } = spec
  return {
    method: method?.name ?? 'teacher',
    seed: String(spec.seed),
    hidden: network.hidden.join('-'),
    dropout: String(network.dropout),
    steps: String(training.steps),
    batchSize: String(training.batchSize),
    optimizer: training.optimizer.name,
    learningRate: String(training.learningRate),
    schedule: training.schedule,
    ...(spec.labels === null ? {} : { labelsPerSeed: String(spec.labels.perSeed) }),
    ...(method === null
      ? {}
      : Object.fromEntries(
          Object.entries(method)
            .filter(([key]) => key !== 'name')
            .map(([key, value]) => [key, String(value)]),
        )),
  }
}

/** Experiments without an end: what a start of the server has to look after. */
export function unfinishedExperiments(tx: Transaction): string[] {
  return tx.db
    .select({ id: experiments.id })
    .from(experiments)
    .where(and(eq(experiments.status, 'running'), isNull(experiments.endedAt)))
    .all()
    .map((row) => row.id)
}
