import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { ExperimentStatus } from '../core/contracts/views.ts'
import type { ArmRole } from '../core/contracts/arm.ts'
import type { EngineName } from '../core/contracts/protocol.ts'
import type { RunStatus } from '../core/contracts/run.ts'
import type { VerificationOutcome } from '../core/contracts/verification.ts'
import type { FailureReason } from '../core/contracts/work-report.ts'

/**
 * MLflow-shaped storage: experiments, runs, params, tags, metrics, artifacts; protocols, arms, jobs, attempts and
 * evaluations beside them. Times are milliseconds since 1970. JSON columns are parsed by zod when they are read.
 */

export const datasets = sqliteTable('datasets', {
  /** SHA-256 over examples, labels and split. */
  hash: text('hash').primaryKey(),
  name: text('name').notNull(),
  /** DataSpec. */
  spec: text('spec', { mode: 'json' }).notNull(),
  createdAt: integer('created_at').notNull(),
})

export const protocols = sqliteTable('protocols', {
  /** SHA-256 of `canonical`. */
  hash: text('hash').primaryKey(),
  /** RFC 8785 bytes as text. */
  canonical: text('canonical').notNull(),
  frozenAt: integer('frozen_at').notNull(),
})

export const experiments = sqliteTable(
  'experiments',
  {
    id: text('id').primaryKey(),
    /** The question. */
    name: text('name').notNull(),
    protocolHash: text('protocol_hash').references(() => protocols.hash),
    status: text('status').$type<ExperimentStatus>().notNull(),
    /** Why it is `cancelled` or `failed`. */
    reason: text('reason'),
    demonstration: integer('demonstration', { mode: 'boolean' }).notNull(),
    lifecycleStage: text('lifecycle_stage').$type<'active' | 'deleted'>().notNull(),
    createdAt: integer('created_at').notNull(),
    /** Looks of the protocol whose runs were stored. */
    looksLaunched: integer('looks_launched').notNull().default(1),
    /** Looks whose trainings have all ended, so that their words can be read. */
    looksTaken: integer('looks_taken').notNull().default(0),
    /** All trainings have ended, the words are read, and no further look follows by itself. */
    decidedAt: integer('decided_at'),
    endedAt: integer('ended_at'),
    /** LaunchKey of the request that launched it; null where that had none. */
    launchKey: text('launch_key'),
    /** SHA-256 of the draft's canonical bytes: whether a request with the same key asks for the same. */
    draftHash: text('draft_hash'),
  },
  (table) => [
    index('experiments_by_time').on(table.createdAt, table.id),
    uniqueIndex('experiments_by_launch_key').on(table.launchKey),
  ],
)

export const arms = sqliteTable(
  'arms',
  {
    experimentId: text('experiment_id')
      .notNull()
      .references(() => experiments.id),
    id: text('id').notNull(),
    role: text('role').$type<ArmRole>().notNull(),
    position: integer('position').notNull(),
  },
  (table) => [primaryKey({ columns: [table.experimentId, table.id] })],
)

export const runs = sqliteTable(
  'runs',
  {
    id: text('id').primaryKey(),
    experimentId: text('experiment_id')
      .notNull()
      .references(() => experiments.id),
    armId: text('arm_id'),
    seed: integer('seed'),
    name: text('name').notNull(),
    status: text('status').$type<RunStatus>().notNull(),
    /** What ended a failed, cancelled or blocked run, in words. */
    reason: text('reason'),
    /** The same of a failed run as a code; null too where an older version ended it. */
    failure: text('failure').$type<FailureReason>(),
    /** RunSpec, and the SHA-256 of its canonical bytes. */
    spec: text('spec', { mode: 'json' }),
    specHash: text('spec_hash'),
    weightsSha256: text('weights_sha256'),
    /** The run with the same spec whose result this one shares. */
    reusedFrom: text('reused_from'),
    createdAt: integer('created_at').notNull(),
    startedAt: integer('started_at'),
    endedAt: integer('ended_at'),
  },
  (table) => [
    index('runs_by_experiment').on(table.experimentId, table.armId, table.seed),
    index('runs_by_spec').on(table.specHash, table.status),
    index('runs_by_source').on(table.reusedFrom),
    index('runs_by_end').on(table.endedAt),
  ],
)

export const params = sqliteTable(
  'params',
  {
    runId: text('run_id')
      .notNull()
      .references(() => runs.id),
    key: text('key').notNull(),
    value: text('value').notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.key] })],
)

export const tags = sqliteTable(
  'tags',
  {
    runId: text('run_id')
      .notNull()
      .references(() => runs.id),
    key: text('key').notNull(),
    value: text('value').notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.key] })],
)

export const metricKeys = sqliteTable(
  'metric_keys',
  { id: integer('id').primaryKey({ autoIncrement: true }), key: text('key').notNull() },
  (table) => [uniqueIndex('metric_keys_by_key').on(table.key)],
)

/** Append-only. `attempt` tells points apart that an interrupted attempt and its successor both wrote. */
export const metrics = sqliteTable(
  'metrics',
  {
    runId: text('run_id')
      .notNull()
      .references(() => runs.id),
    keyId: integer('key_id')
      .notNull()
      .references(() => metricKeys.id),
    step: integer('step').notNull(),
    value: real('value').notNull(),
    at: integer('at').notNull(),
    attempt: integer('attempt').notNull(),
  },
  (table) => [index('metrics_by_run').on(table.runId, table.keyId, table.step)],
)

export const latestMetrics = sqliteTable(
  'latest_metrics',
  {
    runId: text('run_id')
      .notNull()
      .references(() => runs.id),
    keyId: integer('key_id')
      .notNull()
      .references(() => metricKeys.id),
    step: integer('step').notNull(),
    value: real('value').notNull(),
    at: integer('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.keyId] })],
)

/** Figures of a finished run by name (`test/accuracy`), and what was counted. */
export const evaluations = sqliteTable('evaluations', {
  runId: text('run_id')
    .primaryKey()
    .references(() => runs.id),
  steps: integer('steps').notNull(),
  epochs: real('epochs').notNull(),
  parameters: integer('parameters').notNull(),
  sizeBytes: integer('size_bytes').notNull(),
  macs: integer('macs').notNull(),
  figures: text('figures', { mode: 'json' }).$type<Record<string, number>>().notNull(),
})

export const artifacts = sqliteTable(
  'artifacts',
  {
    runId: text('run_id')
      .notNull()
      .references(() => runs.id),
    name: text('name').notNull(),
    /** Relative to the state folder. */
    path: text('path').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    sha256: text('sha256').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.name] })],
)

export const logLines = sqliteTable(
  'log_lines',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    runId: text('run_id')
      .notNull()
      .references(() => runs.id),
    at: integer('at').notNull(),
    level: text('level').$type<'info' | 'warn' | 'error'>().notNull(),
    text: text('text').notNull(),
  },
  (table) => [index('log_lines_by_run').on(table.runId, table.id)],
)

export type JobKind = 'train' | 'fidelity' | 'profile'
export type JobState = 'planned' | 'queued' | 'leased' | 'done' | 'failed' | 'cancelled'

export const jobs = sqliteTable(
  'jobs',
  {
    id: text('id').primaryKey(),
    experimentId: text('experiment_id')
      .notNull()
      .references(() => experiments.id),
    /** null: a job of the whole experiment (fidelity, profile). */
    runId: text('run_id').references(() => runs.id),
    kind: text('kind').$type<JobKind>().notNull(),
    state: text('state').$type<JobState>().notNull(),
    /** The run whose result this job needs first. */
    waitsForRun: text('waits_for_run'),
    /** Order in which jobs are claimed. */
    position: integer('position').notNull(),
    /** Attempts made so far. */
    attempts: integer('attempts').notNull(),
    cancelRequested: integer('cancel_requested', { mode: 'boolean' }).notNull(),
    reason: text('reason'),
  },
  (table) => [
    index('jobs_by_state').on(table.state, table.position),
    index('jobs_by_run').on(table.runId),
    index('jobs_by_experiment').on(table.experimentId, table.kind),
    index('jobs_by_wait').on(table.waitsForRun, table.state),
    index('jobs_by_position').on(table.position),
  ],
)

/** `lost`: its worker died or fell silent. `interrupted`: the server or the supervisor ended under it. */
export type AttemptState = 'running' | 'done' | 'failed' | 'lost' | 'interrupted' | 'cancelled'

export const attempts = sqliteTable(
  'attempts',
  {
    id: text('id').primaryKey(),
    jobId: text('job_id')
      .notNull()
      .references(() => jobs.id),
    number: integer('number').notNull(),
    state: text('state').$type<AttemptState>().notNull(),
    reason: text('reason'),
    slot: integer('slot'),
    startedAt: integer('started_at').notNull(),
    endedAt: integer('ended_at'),
    /** Highest sequence stored: reports up to it are skipped. */
    sequence: integer('sequence').notNull(),
    /** The last complete checkpoint, relative to the state folder. */
    checkpoint: text('checkpoint'),
    checkpointStep: integer('checkpoint_step'),
    resumedFromStep: integer('resumed_from_step'),
    /** Gradient steps made when it was cancelled or failed, where that was heard of. */
    endedStep: integer('ended_step'),
  },
  (table) => [
    uniqueIndex('attempts_by_job').on(table.jobId, table.number),
    index('attempts_by_state').on(table.state),
    index('attempts_by_end').on(table.endedAt),
  ],
)

export const latencyBlocks = sqliteTable(
  'latency_blocks',
  {
    experimentId: text('experiment_id')
      .notNull()
      .references(() => experiments.id),
    /** The architecture: `teacher` or `student`. */
    itemId: text('item_id').notNull(),
    block: integer('block').notNull(),
    attempt: integer('attempt').notNull(),
    p50Ms: real('p50_ms').notNull(),
    p90Ms: real('p90_ms').notNull(),
    throughput: real('throughput').notNull(),
  },
  (table) => [primaryKey({ columns: [table.experimentId, table.itemId, table.block, table.attempt] })],
)

/** Runs that were trained once more, with what came out of that. */
export const verifications = sqliteTable(
  'verifications',
  {
    id: text('id').primaryKey(),
    runId: text('run_id')
      .notNull()
      .references(() => runs.id),
    at: integer('at').notNull(),
    outcome: text('outcome').$type<VerificationOutcome>().notNull(),
    durationMs: integer('duration_ms').notNull(),
    /** Host name, platform, architecture, processor and Node version of the machine that checked. */
    host: text('host').notNull(),
    platform: text('platform').notNull(),
    arch: text('arch').notNull(),
    processor: text('processor').notNull(),
    node: text('node').notNull(),
    engine: text('engine').$type<EngineName>().notNull(),
    engineVersion: text('engine_version').notNull(),
    /** SHA-256 of what the training gave; null where it diverged. */
    weightsSha256: text('weights_sha256'),
    testLogitsSha256: text('test_logits_sha256'),
    /** CheckedFile of the weights and of the test logits. */
    weights: text('weights', { mode: 'json' }).notNull(),
    testLogits: text('test_logits', { mode: 'json' }).notNull(),
  },
  (table) => [index('verifications_by_run').on(table.runId, table.at)],
)
