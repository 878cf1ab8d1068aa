import { and, eq, isNull } from 'drizzle-orm'
import { canonicalJson } from '../../../core/data/canonical-json.ts'
import { draftProtocol } from '../../../core/planning/draft-protocol.ts'
import { seedsAddedAt } from '../../../core/planning/plan-looks.ts'
import { planRuns, teacherSpec } from '../../../core/planning/plan-runs.ts'
import {
  ExperimentDraft,
  type ExperimentDraftInput,
  type Protocol,
} from '../../../core/contracts/protocol.ts'
import type { LaunchKey } from '../../../core/contracts/launch.ts'
import type { Transaction } from '../../../db/open-database.ts'
import { arms, experiments, jobs, protocols } from '../../../db/schema.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../../platform/domain-error.ts'
import { hashOf, sha256 } from '../../platform/hash.ts'
import { prepareDataset } from '../datasets/prepare-dataset.ts'
import { findEngine } from '../engines/find-engine.ts'
import { advanceExperiment } from './advance-experiment.ts'
import { launchedBefore, type LaunchMark } from './launched-before.ts'
import { findReusableTeacher } from './reuse-teacher.ts'
import { nextPosition, storeStudents, storeTeacher } from './store-runs.ts'

export interface LaunchInput {
  draft: ExperimentDraftInput
  /** Requests with the same key launch one experiment. */
  launchKey?: LaunchKey | undefined
  demonstration?: boolean
}

export interface Launched {
  id: string
  /** false: an earlier request with the same key did. */
  launched: boolean
}

/**
 * Freezes the protocol, expands its first look into runs and jobs, and lets the workers begin; or finds what an earlier
 * request with the same key launched. Throws DomainError bad-input, or conflict where that had another draft.
 */
export async function launchExperiment(ctx: Context, input: LaunchInput): Promise<Launched> {
  const draft = ExperimentDraft.parse(input.draft)
  const launch = { key: input.launchKey ?? null, draftHash: hashOf(draft) }
  const known = launchedBefore(ctx.db.read, launch)
  if (known !== null) return { id: known, launched: false }
  const data = await prepareDataset(ctx, draft.data)
  const result = draftProtocol(draft, data, await findEngine(ctx, draft.engine))
  if (!result.ok) {
    throw new DomainError('bad-input', result.problems.map((problem) => problem.message).join(' '), {
      problems: result.problems,
    })
  }
  const { protocol } = result
  const teacherHash = hashOf(teacherSpec(protocol))
  const [teacher, ...students] = planRuns(protocol, teacherHash)
  if (teacher === undefined) throw new Error('A plan always has a teacher.')
  const firstSeeds = new Set(seedsAddedAt(protocol, 0))
  const planned = students.filter((run) => firstSeeds.has(run.seed))
  const reusable = findReusableTeacher(ctx, teacherHash)
  const id = ctx.ids.next()

  const before = await ctx.db.withTransaction((tx) => {
    const stored = storeExperiment(ctx, tx, {
      id,
      question: draft.question,
      protocol,
      demonstration: input.demonstration === true,
      launch,
    })
    // Another request with this key came first, between the look above and here.
    if (!stored) return launchedBefore(tx.db, launch)
    const of = { experimentId: id, protocol }
    const teacherRun = storeTeacher(ctx, tx, { ...of, planned: teacher, reusable })
    storeStudents(ctx, tx, { ...of, planned, teacherRun: reusable === null ? teacherRun : null })
    storeAfterJobs(ctx, tx, id)
    advanceExperiment(ctx, tx, id)
    return null
  })
  if (before !== null) return { id: before, launched: false }
  ctx.log.info({ experiment: id, runs: planned.length + 1 }, 'launched')
  ctx.bus.publish({ type: 'experiment', experimentId: id })
  ctx.workers.wake()
  return { id, launched: true }
}

/** False where the key was used. */
function storeExperiment(
  ctx: Context,
  { db }: Transaction,
  {
    id,
    question,
    protocol,
    demonstration,
    launch,
  }: { id: string; question: string; protocol: Protocol; demonstration: boolean; launch: LaunchMark },
): boolean {
  const now = ctx.clock.now()
  const canonical = canonicalJson(protocol)
  const hash = sha256(canonical)
  db.insert(protocols).values({ hash, canonical, frozenAt: now }).onConflictDoNothing().run()
  const { changes } = db
    .insert(experiments)
    .values({
      id,
      name: question,
      protocolHash: hash,
      status: 'running',
      demonstration,
      lifecycleStage: 'active',
      createdAt: now,
      launchKey: launch.key,
      draftHash: launch.draftHash,
    })
    .onConflictDoNothing({ target: experiments.launchKey })
    .run()
  if (changes === 0) return false
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
  return true
}

/** The jobs after the last training, at the end of the queue. */
function storeAfterJobs(ctx: Context, tx: Transaction, experimentId: string): void {
  for (const kind of ['fidelity', 'profile'] as const) {
    tx.db
      .insert(jobs)
      .values({
        id: ctx.ids.next(16),
        experimentId,
        kind,
        state: 'planned',
        position: nextPosition(tx),
        attempts: 0,
        cancelRequested: false,
      })
      .run()
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
