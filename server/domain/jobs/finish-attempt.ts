import { and, eq, inArray } from 'drizzle-orm'
import { networkFacts } from '../../../core/networks/registry.ts'
import { RunSpec, type RunStatus } from '../../../core/contracts/run.ts'
import type { FailureReason, Outcome } from '../../../core/contracts/work-report.ts'
import type { Transaction } from '../../../db/open-database.ts'
import { attempts, evaluations, jobs, runs, type AttemptState, type JobState } from '../../../db/schema.ts'
import type { Context } from '../context.ts'
import { curveKeys } from '../../../core/evaluation/curve-keys.ts'
import { bestStepKey } from '../../../core/wording/metric-names.ts'
import { advanceExperiment } from '../experiments/advance-experiment.ts'
import { takeLook } from '../experiments/take-look.ts'
import { dropScratch } from './drop-scratch.ts'
import { endWithoutResult } from './end-without-result.ts'
import { afterLastDone, lastDone } from './last-done.ts'
import { noteRepair, refreshShared } from './repair-run.ts'
import { releaseDependants } from './release-dependants.ts'

type Job = typeof jobs.$inferSelect
type Attempt = typeof attempts.$inferSelect

/** A training that loses its worker is tried again as long as it gets on, and given up when it twice did not. */
const mostLost = 2
/** However often a training is interrupted, at most so many of its attempts may have got no further. */
const mostFruitless = 10

/** Ends an attempt. Not accepted when it is no longer the running one. */
export async function finishAttempt(
  ctx: Context,
  { attemptId, outcome }: { attemptId: string; outcome: Outcome },
): Promise<{ accepted: boolean }> {
  const job = await ctx.db.withTransaction((tx) => {
    const now = ctx.clock.now()
    const state = attemptState(outcome)
    const [attempt] = tx.db
      .update(attempts)
      .set({
        state,
        endedAt: now,
        reason: 'text' in outcome ? outcome.text : null,
        ...(outcome.type === 'cancelled' || outcome.type === 'failed' ? { endedStep: outcome.step } : {}),
      })
      .where(and(eq(attempts.id, attemptId), eq(attempts.state, 'running')))
      .returning()
      .all()
    if (attempt === undefined) return null
    const own = tx.db.select().from(jobs).where(eq(jobs.id, attempt.jobId)).get()
    if (own === undefined) throw new Error(`The attempt ${attemptId} has no job.`)
    settle(ctx, tx, { job: own, attempt, outcome })
    advanceExperiment(ctx, tx, own.experimentId)
    return own
  })
  if (job === null) return { accepted: false }
  const { type } = outcome
  ctx.log.info(
    {
      kind: job.kind,
      run: job.runId,
      name: job.runId === null ? undefined : nameOfRun(ctx, job.runId),
      type,
      text: 'text' in outcome ? outcome.text : undefined,
    },
    'attempt ended',
  )
  if (job.runId !== null) await dropScratch(ctx, job.runId)
  if (job.runId !== null) ctx.bus.publish({ type: 'run', experimentId: job.experimentId, runId: job.runId })
  ctx.bus.publish({ type: 'experiment', experimentId: job.experimentId })
  ctx.bus.publish({ type: 'workers' })
  await takeLook(ctx, job.experimentId)
  ctx.workers.wake()
  return { accepted: true }
}

/** "Soft targets, seed 3": a log is read by people. */
const nameOfRun = (ctx: Context, runId: string): string | undefined =>
  ctx.db.read.select({ name: runs.name }).from(runs).where(eq(runs.id, runId)).get()?.name

function attemptState(outcome: Outcome): AttemptState {
  switch (outcome.type) {
    case 'trained':
    case 'diverged':
    case 'fidelity-measured':
    case 'profiled':
      return 'done'
    case 'cancelled':
      return 'cancelled'
    case 'failed':
      return outcome.reason === 'lost' ? 'lost' : 'failed'
  }
}

interface Settlement {
  job: Job
  attempt: Attempt
  outcome: Outcome
}

function settle(ctx: Context, tx: Transaction, { job, attempt, outcome }: Settlement): void {
  if (outcome.type === 'failed' && job.cancelRequested) {
    settle(ctx, tx, { job, attempt, outcome: { type: 'cancelled' } })
    return
  }
  switch (outcome.type) {
    case 'trained': {
      const { weightsSha256, figures, steps, epochs, parameters, sizeBytes, macs: multiplications } = outcome
      endJob(tx, job, 'done', null)
      noteRepair(ctx, tx, job, weightsSha256)
      const runId = endRun(ctx, tx, job, { status: 'finished', weightsSha256 })
      const evaluation = { steps, epochs, parameters, sizeBytes, macs: multiplications, figures }
      tx.db
        .insert(evaluations)
        .values({ runId, ...evaluation })
        .onConflictDoUpdate({ target: evaluations.runId, set: evaluation })
        .run()
      const at = ctx.clock.now()
      tx.ingest.metrics(
        runId,
        attempt.number,
        Object.entries(figures)
          // The trainer has sent the last point of its curves itself.
          .filter(([key]) => !curveKeys.some((curve) => curve === key))
          // They are those of the evaluated weights.
          .map(([key, value]) => ({ key, step: figures[bestStepKey] ?? steps, value, at })),
      )
      refreshShared(tx, runId)
      releaseDependants(tx, runId)
      return
    }
    case 'diverged': {
      endJob(tx, job, 'done', null)
      if (job.runId !== null && hasResult(tx, job.runId)) {
        endWithoutResult(ctx, tx, { runId: job.runId, status: 'failed', reason: outcome.text })
        releaseDependants(tx, job.runId)
        return
      }
      const runId = endRun(ctx, tx, job, { status: 'diverged', reason: outcome.text })
      storeDiverged(tx, runId, outcome)
      releaseDependants(tx, runId)
      return
    }
    case 'fidelity-measured':
      endJob(tx, job, 'done', null)
      for (const { runId, figures } of outcome.runs) addFigures(ctx, tx, runId, figures)
      return
    case 'profiled':
      endJob(tx, job, 'done', null)
      return
    case 'cancelled':
      endJob(tx, job, 'cancelled', 'Cancelled.')
      if (job.runId !== null) {
        const reason = 'Cancelled while it was running.'
        endWithoutResult(ctx, tx, { runId: job.runId, status: 'cancelled', reason })
        releaseDependants(tx, job.runId)
      }
      return
    case 'failed':
      if (outcome.reason === 'lost' && mayRetry(tx, job)) {
        requeue(ctx, tx, { job, attempt, reason: outcome.text })
        return
      }
      // Nothing is handed out before there is room again.
      if (outcome.reason === 'disk-full' && mayInterruptAgain(tx, job)) {
        requeue(ctx, tx, { job, attempt, reason: 'The disk was full: it goes on when there is room.' })
        return
      }
      endJob(tx, job, 'failed', outcome.text)
      if (job.runId !== null) {
        const end = { status: 'failed' as const, reason: outcome.text, failure: outcome.reason }
        endWithoutResult(ctx, tx, { runId: job.runId, ...end })
        releaseDependants(tx, job.runId)
      }
  }
}

function mayRetry({ db }: Transaction, job: Job): boolean {
  const lost = db
    .select()
    .from(attempts)
    .where(and(eq(attempts.jobId, job.id), eq(attempts.state, 'lost'), afterLastDone))
    .all()
  return lost.filter((attempt) => !gotOn(attempt)).length < mostLost
}

/** It wrote a checkpoint of its own. */
const gotOn = ({ checkpointStep, resumedFromStep }: Attempt): boolean =>
  (checkpointStep ?? 0) > (resumedFromStep ?? 0)

/** Puts a job back in its place in the queue, and says in its run's log what became of the attempt. */
export function requeue(
  ctx: Context,
  { db, ingest }: Transaction,
  { job, attempt, reason }: { job: Job; attempt: Pick<Attempt, 'number'>; reason: string },
): void {
  db.update(jobs).set({ state: 'queued', reason }).where(eq(jobs.id, job.id)).run()
  if (job.runId !== null) {
    db.update(runs)
      .set({ status: 'queued', reason })
      .where(and(eq(runs.id, job.runId), eq(runs.status, 'running')))
      .run()
    ingest.logLine(job.runId, ctx.clock.now(), 'warn', `Attempt ${attempt.number} ended early. ${reason}`)
  }
}

/** A long training survives any number of restarts that it gets on between; one that never gets on is given up. */
export function mayInterruptAgain({ db }: Transaction, job: Job): boolean {
  const fruitless = db
    .select()
    .from(attempts)
    .where(and(eq(attempts.jobId, job.id), afterLastDone))
    .all()
    .filter((attempt) => !gotOn(attempt))
  return fruitless.length < mostFruitless
}

function endJob({ db }: Transaction, job: Job, state: JobState, reason: string | null): void {
  db.update(jobs).set({ state, reason }).where(eq(jobs.id, job.id)).run()
}

function endRun(
  ctx: Context,
  { db }: Transaction,
  job: Job,
  end: { status: RunStatus; weightsSha256?: string; reason?: string; failure?: FailureReason },
): string {
  if (job.runId === null) throw new Error(`The job ${job.id} has no run.`)
  db.update(runs)
    .set({ reason: null, ...end, endedAt: ctx.clock.now() })
    .where(and(eq(runs.id, job.runId), inArray(runs.status, ['running', 'queued'])))
    .run()
  return job.runId
}

/** It was being trained again: what it had stays. */
const hasResult = ({ db }: Transaction, runId: string): boolean =>
  db.select({ runId: evaluations.runId }).from(evaluations).where(eq(evaluations.runId, runId)).get() !==
  undefined

/** A diverged run keeps its counts; its scores are the even guess wherever they are read. */
function storeDiverged({ db }: Transaction, runId: string, outcome: { step: number; epochs: number }): void {
  const run = db.select({ spec: runs.spec }).from(runs).where(eq(runs.id, runId)).get()
  const { data, network } = RunSpec.parse(run?.spec)
  const { parameters, macs } = networkFacts(network, data)
  const evaluation = {
    steps: outcome.step,
    epochs: outcome.epochs,
    parameters,
    // float32; a diverged run leaves no file to weigh.
    sizeBytes: parameters * 4,
    macs,
    figures: {},
  }
  db.insert(evaluations)
    .values({ runId, ...evaluation })
    .onConflictDoUpdate({ target: evaluations.runId, set: evaluation })
    .run()
}

function addFigures(ctx: Context, tx: Transaction, runId: string, figures: Record<string, number>): void {
  const known = tx.db.select().from(evaluations).where(eq(evaluations.runId, runId)).get()
  if (known === undefined) return
  tx.db
    .update(evaluations)
    .set({ figures: { ...known.figures, ...figures } })
    .where(eq(evaluations.runId, runId))
    .run()
  const at = ctx.clock.now()
  tx.ingest.metrics(
    runId,
    lastDone(tx, runId),
    Object.entries(figures).map(([key, value]) => ({
      key,
      step: known.figures[bestStepKey] ?? known.steps,
      value,
      at,
    })),
  )
}
