import os from 'node:os'
import { and, asc, count, desc, eq, gte, inArray, isNotNull } from 'drizzle-orm'
import { RunSpec } from '../../../core/contracts/run.ts'
import type { WorkersPage } from '../../../core/contracts/views.ts'
import { attempts, evaluations, experiments, jobs, runs, type JobKind } from '../../../db/schema.ts'
import { trainedTime } from '../jobs/trained-time.ts'
import { DomainError } from '../../platform/domain-error.ts'
import type { Context } from '../context.ts'
import { queueTimes, type QueueTimes } from '../timing/queue-times.ts'

const pastMs = 15 * 60 * 1000
const shownWaiting = 50
const shownRecent = 12

/** What runs where, what waits for what, and what ended lately. */
export async function readWorkers(ctx: Context): Promise<WorkersPage> {
  const engine = await ctx.workers.engine().then(
    ({ name, version }) => `${name} (${version})`,
    // A page that says what is wrong with the engine is what this one is for.
    (error: unknown) => (error instanceof DomainError ? `none: ${error.message}` : 'unknown'),
  )
  const times = queueTimes(ctx)
  const waiting = and(inArray(jobs.state, ['queued', 'planned']))
  return {
    machine: {
      ...ctx.workers.machine(),
      cores: ctx.workers.cores,
      memoryBytes: os.totalmem(),
      engine,
      supervisor: ctx.workers.state(),
    },
    slots: readSlots(ctx, times),
    past: readPast(ctx),
    waiting: readWaiting(ctx, times),
    waitingTotal: ctx.db.read.select({ jobs: count() }).from(jobs).where(waiting).get()?.jobs ?? 0,
    left: times.ofAll,
    recent: readRecent(ctx),
  }
}

const jobLabel = (kind: JobKind, runName: string | null): string => {
  switch (kind) {
    case 'train':
      return runName ?? 'Training'
    case 'fidelity':
      return 'Agreement with the teacher'
    case 'profile':
      return 'Latency of teacher and student'
  }
}

function readSlots(ctx: Context, times: QueueTimes): WorkersPage['slots'] {
  const current = ctx.db.read
    .select({ attempt: attempts, job: jobs, run: runs })
    .from(attempts)
    .innerJoin(jobs, eq(jobs.id, attempts.jobId))
    .leftJoin(runs, eq(runs.id, jobs.runId))
    .where(eq(attempts.state, 'running'))
    .all()
  return Array.from({ length: ctx.workers.cores }, (_, index) => {
    const row = current.find(({ attempt }) => attempt.slot === index)
    if (row === undefined) return { index, current: null }
    const live = ctx.workers.slots().get(row.attempt.id)
    const spec = row.run === null ? null : RunSpec.parse(row.run.spec)
    const step = live?.step ?? 0
    const steps = live?.steps ?? spec?.training.steps ?? 0
    return {
      index,
      current: {
        attemptId: row.attempt.id,
        kind: row.job.kind,
        runId: row.job.runId,
        experimentId: row.job.experimentId,
        label: jobLabel(row.job.kind, row.run?.name ?? null),
        startedAt: row.attempt.startedAt,
        step,
        steps,
        stepMs: live?.stepMs ?? null,
        residentBytes: live?.residentBytes ?? null,
        left: times.ofJob(row.job.id),
      },
    }
  })
}

function readPast(ctx: Context): WorkersPage['past'] {
  return ctx.db.read
    .select({ attempt: attempts, job: jobs, name: runs.name, status: runs.status })
    .from(attempts)
    .innerJoin(jobs, eq(jobs.id, attempts.jobId))
    .leftJoin(runs, eq(runs.id, jobs.runId))
    .where(and(isNotNull(attempts.endedAt), gte(attempts.endedAt, ctx.clock.now() - pastMs)))
    .orderBy(asc(attempts.startedAt))
    .all()
    .map(({ attempt, job, name, status }) => ({
      slot: attempt.slot,
      kind: job.kind,
      runId: job.runId,
      label: jobLabel(job.kind, name),
      startedAt: attempt.startedAt,
      endedAt: attempt.endedAt ?? attempt.startedAt,
      state: attempt.state === 'done' && status === 'diverged' ? 'diverged' : attempt.state,
    }))
}

function readWaiting(ctx: Context, times: QueueTimes): WorkersPage['waiting'] {
  const rows = ctx.db.read
    .select({ job: jobs, run: runs, question: experiments.name })
    .from(jobs)
    .innerJoin(experiments, eq(experiments.id, jobs.experimentId))
    .leftJoin(runs, eq(runs.id, jobs.runId))
    .where(inArray(jobs.state, ['queued', 'planned']))
    .orderBy(asc(jobs.position))
    .limit(shownWaiting)
    .all()
  const barrier = rows.findIndex(({ job }) => job.state === 'queued' && job.kind === 'profile')
  return rows.map(({ job, run, question }, index) => {
    const behindLatency = barrier >= 0 && index > barrier
    return {
      jobId: job.id,
      kind: job.kind,
      runId: job.runId,
      experimentId: job.experimentId,
      question,
      label: jobLabel(job.kind, run?.name ?? null),
      waitsFor: waitsFor(job, behindLatency),
      ready: job.state === 'queued' && job.kind !== 'profile' && !behindLatency,
      ...times.ofWaiting(job.id),
    }
  })
}

function waitsFor(job: typeof jobs.$inferSelect, behindLatency: boolean): string {
  if (job.state === 'planned')
    return job.kind === 'train' ? 'its teacher' : 'the last training of its experiment'
  if (job.kind === 'profile') return 'idle cores: a latency measured beside a training is noise'
  return behindLatency ? 'the latency job' : 'a free core'
}

function readRecent(ctx: Context): WorkersPage['recent'] {
  const rows = ctx.db.read
    .select({ run: runs, figures: evaluations.figures })
    .from(runs)
    .leftJoin(evaluations, eq(evaluations.runId, runs.id))
    .where(and(isNotNull(runs.endedAt), isNotNull(runs.startedAt)))
    .orderBy(desc(runs.endedAt))
    .limit(shownRecent)
    .all()
  const trained = trainedTime(
    ctx,
    rows.map(({ run }) => run.id),
  )
  return rows.map(({ run, figures }) => ({
    runId: run.id,
    label: run.name,
    status: run.status,
    endedAt: run.endedAt ?? 0,
    durationMs: trained.get(run.id) ?? null,
    accuracy: figures?.['test/accuracy'] ?? null,
    reason: run.reason,
  }))
}
