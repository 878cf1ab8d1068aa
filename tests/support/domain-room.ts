import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { eq } from 'drizzle-orm'
import { openDatabase } from '../../db/open-database.ts'
import { jobs, runs } from '../../db/schema.ts'
import { createSupervisorHost } from '../../server/api/worker-gateway/host-supervisor.ts'
import type { Context } from '../../server/domain/context.ts'
import { finishAttempt } from '../../server/domain/jobs/finish-attempt.ts'
import { reportAttempt } from '../../server/domain/jobs/report-attempt.ts'
import { createArtifactStore } from '../../server/platform/artifact-store.ts'
import { systemClock } from '../../server/platform/clock.ts'
import { readEnv } from '../../server/platform/env.ts'
import { randomIds } from '../../server/platform/ids.ts'
import { createLiveBus } from '../../server/platform/live-bus.ts'
import { createLog } from '../../server/platform/log.ts'
import { packageRoot } from '../../server/platform/package-root.ts'
import { prepareStateFolder, stateFolder } from '../../server/platform/state-folder.ts'
import type { Assignment } from '../../core/contracts/work-request.ts'
import type { ArtifactReport, Outcome, ReportItem } from '../../core/contracts/work-report.ts'

export type TrainAssignment = Extract<Assignment, { kind: 'train' }>

const workerVariables = { ...process.env, STILLHOUSE_ENGINE: 'wasm' }
/** Kept for the file: it asks a trainer for its engine once. */
const neverStarted = createSupervisorHost(readEnv(workerVariables), workerVariables)

/** The domain on a real database without a supervisor: the test claims the jobs itself. */
export function openDomain(home: string): { ctx: Context; close: () => void } {
  const folder = stateFolder(home)
  prepareStateFolder(folder)
  const db = openDatabase(folder.database, path.join(packageRoot, 'db', 'migrations'))
  const ctx: Context = {
    db,
    folder,
    store: createArtifactStore(folder),
    bus: createLiveBus('test'),
    clock: systemClock,
    ids: randomIds,
    log: createLog(folder.logs, 'info'),
    workers: neverStarted,
  }
  return { ctx, close: () => db.close() }
}

export const asTraining = (assignment: Assignment | undefined): TrainAssignment => {
  if (assignment?.kind !== 'train') throw new Error(`Expected a training, got ${assignment?.kind}.`)
  return assignment
}

/** Writes a file into a scratch folder and says what a worker would say of it. */
export function writeArtifact(scratch: string, name: string, text: string | Uint8Array): ArtifactReport {
  const file = path.join(scratch, ...name.split('/'))
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(file, text)
  return {
    name,
    path: file,
    sizeBytes: Buffer.byteLength(text),
    sha256: createHash('sha256').update(text).digest('hex'),
  }
}

export const trained = (figures: Record<string, number> = {}, steps = 10): Outcome => ({
  type: 'trained',
  steps,
  epochs: 1,
  parameters: 5,
  sizeBytes: 20,
  macs: 4,
  weightsSha256: 'b'.repeat(64),
  figures: { 'test/accuracy': 0.5, ...figures },
})

export const lost: Outcome = { type: 'failed', reason: 'lost', text: 'The trainer was ended by SIGKILL.' }

/** Reports the files that every finished run has, then its end; `test`: test logits that can be judged. */
export async function endTrained(
  ctx: Context,
  assignment: TrainAssignment,
  test?: Uint8Array,
  figures: Record<string, number> = {},
): Promise<void> {
  const { attemptId, request } = assignment
  const names = ['train', 'validation', 'test'].map((part) => `predictions/${part}.npy`)
  await reportAttempt(ctx, {
    attemptId,
    items: [...names, 'weights.bin'].map((name, index) => ({
      sequence: 1_000 + index,
      at: ctx.clock.now(),
      event: {
        type: 'artifact',
        artifact: writeArtifact(
          request.scratch,
          name,
          (name === 'predictions/test.npy' ? test : undefined) ?? `${attemptId} ${name}`,
        ),
      },
    })),
  })
  const outcome = trained(figures, request.spec.training.steps)
  const { accepted } = await finishAttempt(ctx, { attemptId, outcome })
  if (!accepted) throw new Error('The end of the attempt was not accepted.')
}

export const runOf = (ctx: Context, runId: string): typeof runs.$inferSelect => {
  const run = ctx.db.read.select().from(runs).where(eq(runs.id, runId)).get()
  if (run === undefined) throw new Error(`No run ${runId}.`)
  return run
}

export const jobOf = (ctx: Context, runId: string): typeof jobs.$inferSelect => {
  const job = ctx.db.read.select().from(jobs).where(eq(jobs.runId, runId)).get()
  if (job === undefined) throw new Error(`No job of run ${runId}.`)
  return job
}

/** Assignments in short: arm and seed of a training, else the kind. */
export const named = (assignments: readonly Assignment[]): string[] =>
  assignments.map((one) =>
    one.kind === 'train' ? `${one.request.spec.armId} ${one.request.spec.seed}` : one.kind,
  )

/** A point of the loss as a worker reports it. */
export const loss = (sequence: number, step: number, value = 1): ReportItem => ({
  sequence,
  at: 1,
  event: { type: 'metrics', points: [{ key: 'train/loss', step, value }] },
})
