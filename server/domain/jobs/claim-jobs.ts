import { and, asc, eq, isNotNull, notInArray, sql } from 'drizzle-orm'
import type { Assignment } from '../../../core/contracts/work-request.ts'
import type { Transaction } from '../../../db/open-database.ts'
import { attempts, jobs, runs, tags } from '../../../db/schema.ts'
import type { Context } from '../context.ts'
import { whyHeld } from '../why-held.ts'
import { readOrNull } from '../../platform/domain-error.ts'
import { diskFullText, hasRoom, isDiskFull } from '../../platform/disk.ts'
import { datasetFault } from '../datasets/dataset-fault.ts'
import { prepareDataset } from '../datasets/prepare-dataset.ts'
import { readProtocol } from '../experiments/read-protocol.ts'
import { takePostponedLooks } from '../experiments/take-look.ts'
import { isMeasuring } from '../timing/measure-machine.ts'
import { describeAssignment } from './describe-assignment.ts'
import { finishAttempt } from './finish-attempt.ts'
import { noteLease } from './lease-ages.ts'
import { TeacherUnread } from './teacher-files.ts'
import { putBackUntilMended, releaseMended } from './wait-for-teacher.ts'

type Job = typeof jobs.$inferSelect

/**
 * Hands out queued jobs in their order, at most `free` of them. A latency job is a barrier: once it is the first in
 * the queue nothing else is handed out, and it goes out alone when nothing runs any more.
 * @param isGone whether who asked has ended meanwhile, and with it all leases that it could still give back
 */
export async function claimJobs(
  ctx: Context,
  input: { free: number; busy: number },
  isGone: () => boolean = () => false,
): Promise<Assignment[]> {
  if (!mayBegin(ctx)) return []
  await takePostponedLooks(ctx)
  await releaseMended(ctx)
  const assignments: Assignment[] = []
  for (;;) {
    const { free, busy } = input
    const room = { free: free - assignments.length, busy: busy + assignments.length }
    const claimed = await leaseJobs(ctx, room, isGone)
    const described = await describeAll(ctx, claimed)
    assignments.push(...described)
    // What was put back leaves its place to the next.
    if (claimed.length === described.length || assignments.length >= free) return assignments
  }
}

type Claimed = { job: Job; attemptId: string }

async function leaseJobs(
  ctx: Context,
  { free, busy }: { free: number; busy: number },
  isGone: () => boolean,
): Promise<Claimed[]> {
  const unreadable = createUnreadable(ctx)
  const claimed = await ctx.db.withTransaction((tx) => {
    const taken: Claimed[] = []
    if (isGone() || isProfiling(tx)) return taken
    while (taken.length < free) {
      const job = firstQueued(tx, unreadable.experiments)
      if (job === undefined) break
      if (unreadable.holds(job)) continue
      if (job.kind === 'profile' && (busy + taken.length > 0 || isMeasuring(ctx))) break
      taken.push({ job, attemptId: lease(ctx, tx, job) })
      if (job.kind === 'profile') break
    }
    return taken
  })
  for (const { job, attemptId } of claimed) {
    noteLease(ctx, attemptId)
    if (job.runId !== null) ctx.bus.publish({ type: 'run', experimentId: job.experimentId, runId: job.runId })
  }
  if (claimed.length > 0) ctx.bus.publish({ type: 'workers' })
  return claimed
}

/** What a worker needs of each; what cannot begin is ended or put back. */
async function describeAll(ctx: Context, claimed: readonly Claimed[]): Promise<Assignment[]> {
  const assignments: Assignment[] = []
  for (const { job, attemptId } of claimed) {
    try {
      await mendDataset(ctx, job)
      assignments.push(describeAssignment(ctx, job, attemptId))
    } catch (error) {
      // Thrown, it would leave the other jobs of this claim leased to nobody.
      ctx.log.error({ err: error, job: job.id }, 'a job could not be handed out')
      await giveBack(ctx, job, attemptId, error)
    }
  }
  return assignments
}

/** A damaged data set is written anew, rather than failing all that trains on it. */
async function mendDataset(ctx: Context, job: Job): Promise<void> {
  const { data } = readProtocol(ctx, job.experimentId).protocol
  if (job.kind !== 'profile' && datasetFault(ctx, data.hash) !== null) await prepareDataset(ctx, data.name)
}

/** Ends an attempt that could not begin. Where even that cannot be stored now, the heartbeat ends it as forgotten. */
async function giveBack(ctx: Context, job: Job, attemptId: string, why: unknown): Promise<void> {
  const text = why instanceof Error ? why.message : String(why)
  const reason = isDiskFull(why) ? 'disk-full' : 'error'
  try {
    if (why instanceof TeacherUnread && (await putBackUntilMended(ctx, { job, attemptId, why }))) return
    await finishAttempt(ctx, { attemptId, outcome: { type: 'failed', reason, text } })
  } catch (error) {
    if (whyHeld(ctx, error) === null) throw error
    ctx.log.error({ err: error, attempt: attemptId }, 'its end could not be stored')
  }
}

/** Experiments whose data set cannot be read at this moment: their jobs keep their place, and the others go on. */
function createUnreadable(ctx: Context): { experiments: string[]; holds(job: Job): boolean } {
  const experiments: string[] = []
  return {
    experiments,
    holds: ({ kind, experimentId }) => {
      if (kind === 'profile') return false
      // One that cannot be read at all fails, with the reason.
      const protocol = readOrNull(() => readProtocol(ctx, experimentId).protocol)
      if (protocol === null || datasetFault(ctx, protocol.data.hash)?.code !== 'unavailable') return false
      experiments.push(experimentId)
      return true
    },
  }
}

/** Contexts whose log has the news of a full disk. */
const told = new WeakSet<Context>()

/** Nothing is begun on a full disk; said once. */
function mayBegin(ctx: Context): boolean {
  const room = hasRoom(ctx.folder.root)
  if (room) told.delete(ctx)
  else if (!told.has(ctx)) {
    told.add(ctx)
    ctx.log.error(diskFullText(ctx.folder.root))
  }
  return room
}

function isProfiling({ db }: Transaction): boolean {
  return (
    db
      .select({ id: jobs.id })
      .from(jobs)
      .where(and(eq(jobs.state, 'leased'), eq(jobs.kind, 'profile')))
      .get() !== undefined
  )
}

const firstQueued = ({ db }: Transaction, but: string[]): Job | undefined =>
  db
    .select()
    .from(jobs)
    .where(and(eq(jobs.state, 'queued'), notInArray(jobs.experimentId, but)))
    .orderBy(asc(jobs.position))
    .limit(1)
    .get()

/** Takes the job, opens an attempt on the lowest free lane, and sets its run to running. */
function lease(ctx: Context, tx: Transaction, job: Job): string {
  const { db } = tx
  const now = ctx.clock.now()
  const [taken] = db
    .update(jobs)
    .set({ state: 'leased', attempts: sql`${jobs.attempts} + 1`, reason: null })
    .where(and(eq(jobs.id, job.id), eq(jobs.state, 'queued')))
    .returning({ attempts: jobs.attempts })
    .all()
  if (taken === undefined) throw new Error(`The job ${job.id} was taken by another claim.`)
  const lanes = new Set(
    db
      .select({ slot: attempts.slot })
      .from(attempts)
      .where(eq(attempts.state, 'running'))
      .all()
      .map((row) => row.slot),
  )
  let slot = 0
  while (lanes.has(slot)) slot += 1
  const id = ctx.ids.next(16)
  db.insert(attempts)
    .values({
      id,
      jobId: job.id,
      number: taken.attempts,
      state: 'running',
      slot,
      startedAt: now,
      sequence: 0,
    })
    .run()
  if (job.runId !== null) {
    noteMachine(ctx, tx, job.runId)
    noteRestart(tx, { runId: job.runId, jobId: job.id, attempt: taken.attempts, now })
    db.update(runs)
      .set({ status: 'running', startedAt: sql`COALESCE(${runs.startedAt}, ${now})`, reason: null })
      .where(and(eq(runs.id, job.runId), eq(runs.status, 'queued')))
      .run()
  }
  return id
}

/** A further attempt without a checkpoint begins anew; one that goes on says from where when it has read it. */
function noteRestart(
  { db, ingest }: Transaction,
  { runId, jobId, attempt, now }: { runId: string; jobId: string; attempt: number; now: number },
): void {
  if (attempt === 1) return
  const saved = db
    .select({ id: attempts.id })
    .from(attempts)
    .where(and(eq(attempts.jobId, jobId), isNotNull(attempts.checkpoint)))
    .get()
  if (saved !== undefined) return
  const text = `Attempt ${attempt} begins at the first step: there is no checkpoint to go on from.`
  // At the beginning of its attempt: what a worker reports may be dated there too, and follows it.
  ingest.logLine(runId, now, 'info', text)
}

/** Which machine trains a run, as tags: a document says it later, wherever it is read. */
function noteMachine(ctx: Context, { db }: Transaction, runId: string): void {
  for (const [key, value] of Object.entries(ctx.workers.machine())) {
    db.insert(tags)
      .values({ runId, key: `stillhouse.${key}`, value })
      .onConflictDoUpdate({ target: [tags.runId, tags.key], set: { value } })
      .run()
  }
}
