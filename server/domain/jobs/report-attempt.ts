import { and, eq } from 'drizzle-orm'
import type { ReportItem } from '../../../core/contracts/work-report.ts'
import { formatCount } from '../../../core/text/format-number.ts'
import type { Transaction } from '../../../db/open-database.ts'
import { artifacts, attempts, jobs, latencyBlocks, runs } from '../../../db/schema.ts'
import type { StoredFile } from '../../platform/artifact-store.ts'
import type { Context } from '../context.ts'

type Job = typeof jobs.$inferSelect
type Attempt = typeof attempts.$inferSelect

/**
 * Stores what a worker reported, each item once, and acknowledges it after the commit. Reports of an attempt that is
 * no longer the running one are refused: `stop` tells its worker.
 */
export async function reportAttempt(
  ctx: Context,
  { attemptId, items }: { attemptId: string; items: ReportItem[] },
): Promise<{ acknowledged: number; stop: boolean }> {
  const before = running(ctx.db.read, attemptId)
  if (before === null) return { acknowledged: items.at(-1)?.sequence ?? 0, stop: true }
  const { startedAt, sequence: known } = before.attempt
  // A worker's clock may be another one: nothing is dated before its attempt, or after now.
  const now = ctx.clock.now()
  const fresh = items
    .filter((item) => item.sequence > known)
    .map((item) => ({ ...item, at: Math.max(startedAt, Math.min(item.at, now)) }))
  const files = await adoptFiles(ctx, before.job, fresh)

  // After a power cut the attempt's successor sends the whole curve again; its end and its files are synced.
  const synced = fresh.some(({ event }) => event.type !== 'metrics' && event.type !== 'log')
  const stored = await ctx.db.withTransaction(
    (tx) => {
      const still = running(tx.db, attemptId)
      if (still === null) return null
      for (const item of fresh) {
        if (item.sequence > still.attempt.sequence)
          store(ctx, tx, { ...still, item, file: files.get(item.sequence) })
      }
      const sequence = Math.max(still.attempt.sequence, fresh.at(-1)?.sequence ?? 0)
      tx.db.update(attempts).set({ sequence }).where(eq(attempts.id, attemptId)).run()
      return { sequence, cancel: still.job.cancelRequested }
    },
    { synced },
  )
  if (stored === null) return { acknowledged: items.at(-1)?.sequence ?? 0, stop: true }
  publish(ctx, before, fresh)
  return { acknowledged: stored.sequence, stop: stored.cancel }
}

function running(db: Transaction['db'], attemptId: string): { attempt: Attempt; job: Job } | null {
  const found = db
    .select()
    .from(attempts)
    .innerJoin(jobs, eq(jobs.id, attempts.jobId))
    .where(and(eq(attempts.id, attemptId), eq(attempts.state, 'running')))
    .get()
  return found === undefined ? null : { attempt: found.attempts, job: found.jobs }
}

/** Files are moved in before the transaction that names them: a crash between leaves a file, never a missing one. */
async function adoptFiles(
  ctx: Context,
  job: Job,
  items: readonly ReportItem[],
): Promise<Map<number, StoredFile>> {
  const files = new Map<number, StoredFile>()
  for (const { sequence, event } of items) {
    if (event.type === 'artifact' && job.runId !== null) {
      files.set(sequence, await ctx.store.adopt(job.runId, event.artifact))
    }
  }
  return files
}

interface ItemToStore {
  attempt: Attempt
  job: Job
  item: ReportItem
  file: StoredFile | undefined
}

function store(ctx: Context, { db, ingest }: Transaction, { attempt, job, item, file }: ItemToStore): void {
  const { event, at } = item
  const { runId } = job
  switch (event.type) {
    case 'metrics':
      if (runId !== null) {
        ingest.metrics(
          runId,
          attempt.number,
          event.points.map((point) => ({ ...point, at })),
        )
      }
      return
    case 'log':
      if (runId !== null) ingest.logLine(runId, at, event.level, event.text)
      return
    case 'artifact':
      if (runId !== null && file !== undefined) {
        const row = { ...file, createdAt: ctx.clock.now() }
        db.insert(artifacts)
          .values({ runId, name: event.artifact.name, ...row })
          .onConflictDoUpdate({ target: [artifacts.runId, artifacts.name], set: row })
          .run()
      }
      return
    case 'checkpoint':
      db.update(attempts)
        .set({ checkpoint: ctx.folder.relative(event.path), checkpointStep: event.step })
        .where(eq(attempts.id, attempt.id))
        .run()
      return
    case 'resumed':
      if (runId !== null) {
        ingest.logLine(runId, at, 'info', resumedText(attempt, event.step))
      }
      db.update(attempts).set({ resumedFromStep: event.step }).where(eq(attempts.id, attempt.id)).run()
      return
    case 'latency-block':
      db.insert(latencyBlocks)
        .values({
          experimentId: job.experimentId,
          itemId: event.itemId,
          block: event.block,
          attempt: attempt.number,
          ...event.latency,
        })
        .onConflictDoNothing()
        .run()
  }
}

const resumedText = ({ number }: Attempt, step: number): string =>
  `Attempt ${number} goes on from step ${formatCount(step)}, where its last checkpoint was.`

function publish(
  ctx: Context,
  { attempt, job }: { attempt: Attempt; job: Job },
  items: readonly ReportItem[],
): void {
  const { runId, experimentId } = job
  if (runId === null) return
  const points = items.flatMap((item) => (item.event.type === 'metrics' ? item.event.points : []))
  if (points.length > 0) {
    ctx.bus.publish(() => {
      const run = ctx.db.read
        .select({ armId: runs.armId, seed: runs.seed })
        .from(runs)
        .where(eq(runs.id, runId))
        .get()
      return { type: 'metrics', experimentId, runId, armId: run?.armId ?? '', seed: run?.seed ?? 0, points }
    })
  }
  for (const { event, at } of items) {
    const line =
      event.type === 'log'
        ? { level: event.level, text: event.text }
        : event.type === 'resumed'
          ? { level: 'info' as const, text: resumedText(attempt, event.step) }
          : null
    if (line !== null) ctx.bus.publish({ type: 'log', experimentId, runId, at, ...line })
  }
}
