import fs from 'node:fs'
import { and, eq } from 'drizzle-orm'
import { hasEnded } from '../../../core/contracts/run.ts'
import { artifacts, runs } from '../../../db/schema.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../../platform/domain-error.ts'
import { testPredictions } from '../experiments/load-experiment.ts'

export interface TeacherFiles {
  logits: { train: string; validation: string; test: string }
  /** Not compared with its SHA-256: whoever loads it does. null where it is gone. */
  weights: { path: string; sha256: string } | null
}

/**
 * The logits of an experiment's teacher and its weights, as absolute paths; null where it has no result.
 * @throws TeacherUnread where the logits are not what was stored, cannot be read now, or are being made anew
 */
export function teacherFiles(ctx: Context, experimentId: string): TeacherFiles | null {
  const rows = ctx.db.read
    .select({ file: artifacts, status: runs.status })
    .from(artifacts)
    .innerJoin(runs, eq(runs.id, artifacts.runId))
    .where(and(eq(runs.experimentId, experimentId), eq(runs.armId, 'teacher')))
    .all()
  const files = new Map(rows.map(({ file }) => [file.name, file]))
  const train = files.get('predictions/train.npy')
  const validation = files.get('predictions/validation.npy')
  const test = files.get(testPredictions)
  const status = rows[0]?.status
  if (train === undefined || validation === undefined || test === undefined || status === undefined)
    return null
  if (!hasEnded({ status }))
    throw new TeacherUnread(
      train.runId,
      new DomainError('unavailable', 'The teacher is being trained again, because its files were damaged.'),
    )
  if (status !== 'finished') return null
  try {
    return {
      logits: {
        train: ctx.store.locate(train),
        validation: ctx.store.locate(validation),
        test: ctx.store.locate(test),
      },
      weights: weightsAt(ctx, files.get('weights.bin')),
    }
  } catch (error) {
    if (error instanceof DomainError) throw new TeacherUnread(train.runId, error)
    throw error
  }
}

function weightsAt(ctx: Context, file: typeof artifacts.$inferSelect | undefined): TeacherFiles['weights'] {
  const path = file === undefined ? '' : ctx.folder.resolve(file.path)
  return file !== undefined && fs.existsSync(path) ? { path, sha256: file.sha256 } : null
}

/** Who learns from this teacher waits until its files are mended. */
export class TeacherUnread extends DomainError {
  readonly teacherRunId: string

  constructor(teacherRunId: string, cause: DomainError) {
    super(cause.code, cause.message)
    this.teacherRunId = teacherRunId
  }
}
