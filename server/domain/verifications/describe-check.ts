import { eq } from 'drizzle-orm'
import { RunSpec } from '../../../core/contracts/run.ts'
import type { PlannedCheck, RecordedFile, VerificationTask } from '../../../core/contracts/verification.ts'
import { artifacts } from '../../../db/schema.ts'
import type { Context } from '../context.ts'
import { datasetFolder } from '../datasets/dataset-paths.ts'
import { runsOf, type LoadedExperiment, type RunWithEvaluation } from '../experiments/load-experiment.ts'

type Check =
  | Pick<PlannedCheck & { checkable: true }, 'checkable' | 'task'>
  | Pick<PlannedCheck & { checkable: false }, 'checkable' | 'hasResult' | 'reason'>

const missing = (reason: string): Check => ({ checkable: false, hasResult: true, reason })

/** What it takes to train one run anew, or why that cannot be done. */
export function describeCheck(ctx: Context, loaded: LoadedExperiment, run: RunWithEvaluation): Check {
  const noResult = withoutResult(run)
  if (noResult !== null) return { checkable: false, hasResult: false, reason: noResult }
  const parsed = RunSpec.safeParse(run.spec)
  if (!parsed.success)
    return missing(
      'Its run spec is none that this Stillhouse can train: it was trained elsewhere, or is damaged.',
    )
  const spec = parsed.data
  const files = filesOf(ctx, run.id)
  const weights = files.get('weights.bin')
  const testLogits = files.get('predictions/test.npy')
  if (weights === undefined || testLogits === undefined || run.weightsSha256 === null)
    return missing('No SHA-256 of its weights and test logits was recorded.')
  const teacher = teacherOf(ctx, loaded, spec)
  if (teacher === undefined)
    return missing('It learns from its teacher’s logits, which are not recorded any more.')
  const task: VerificationTask = {
    spec,
    dataset: datasetFolder(ctx.folder, spec.data.hash),
    ...teacher,
    weights,
    testLogits,
    weightsSha256: run.weightsSha256,
    reusedFrom: run.reusedFrom,
  }
  return { checkable: true, task }
}

function withoutResult({ status }: RunWithEvaluation): string | null {
  switch (status) {
    case 'finished':
      return null
    case 'diverged':
      return 'It diverged, so it has no weights to compare.'
    case 'failed':
    case 'cancelled':
    case 'blocked':
      return `It has no result (${status}), so there is nothing to compare.`
    case 'planned':
    case 'waiting':
    case 'queued':
    case 'running':
      return `It has not finished yet (${status}). Try again when it has.`
  }
}

function filesOf(ctx: Context, runId: string): Map<string, RecordedFile> {
  const rows = ctx.db.read.select().from(artifacts).where(eq(artifacts.runId, runId)).all()
  return new Map(
    rows.map(({ name, path, sha256 }) => [name, { name, path: ctx.folder.resolve(path), sha256 }]),
  )
}

/** Nulls: the run is trained without a teacher; undefined: it needs one whose logits are not there. */
function teacherOf(
  ctx: Context,
  loaded: LoadedExperiment,
  spec: RunSpec,
): Pick<VerificationTask, 'teacherLogits' | 'teacherNetwork'> | undefined {
  // Arms that learn from labels alone are only compared with their teacher; that does not change their weights.
  if (spec.teacherSpecHash === null) return { teacherLogits: null, teacherNetwork: null }
  const teacher = runsOf(loaded, 'teacher').find(({ status }) => status === 'finished')
  const files = teacher === undefined ? new Map<string, RecordedFile>() : filesOf(ctx, teacher.id)
  const [train, validation, test] = ['train', 'validation', 'test'].map((part) =>
    files.get(`predictions/${part}.npy`),
  )
  if (train === undefined || validation === undefined || test === undefined) return undefined
  const weights = files.get('weights.bin')
  return {
    teacherLogits: { train, validation, test },
    teacherNetwork: weights === undefined ? null : { network: loaded.protocol.teacher.network, weights },
  }
}
