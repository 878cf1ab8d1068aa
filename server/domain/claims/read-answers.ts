import { and, eq } from 'drizzle-orm'
import { decodeNpy } from '../../../core/data/npy.ts'
import { qualityColumns } from '../../../core/evaluation/quality.ts'
import { artifacts } from '../../../db/schema.ts'
import { DomainError } from '../../platform/domain-error.ts'
import type { Context } from '../context.ts'
import { labelsPath } from '../datasets/dataset-paths.ts'
import type { LoadedExperiment, Run } from '../experiments/load-experiment.ts'

/** The classes that a run predicts on the test set, by the content hash of its logits. */
const remembered = new Map<string, Int32Array>()
const mostRemembered = 400

/** Predicted classes of a finished run on the test set; null where its stored predictions cannot be read. */
export function readAnswers(
  ctx: Context,
  { protocol }: LoadedExperiment,
  run: Run,
  labels: Int32Array,
): Int32Array | null {
  const file = ctx.db.read
    .select()
    .from(artifacts)
    .where(and(eq(artifacts.runId, run.id), eq(artifacts.name, 'predictions/test.npy')))
    .get()
  if (file === undefined) return null
  const known = remembered.get(file.sha256)
  if (known !== undefined) return known
  try {
    const logits = decodeNpy(ctx.store.read(file.path))
    if (logits.dtype !== 'float32') return null
    const { predicted } = qualityColumns(logits.data, labels, protocol.data.classes)
    if (remembered.size >= mostRemembered) remembered.clear()
    remembered.set(file.sha256, predicted)
    return predicted
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    ctx.log.error({ err: error, run: run.id }, 'predictions cannot be read')
    return null
  }
}

const labelsByHash = new Map<string, Int32Array>()

/** Labels of the test set, in split order; null where the file is gone. */
export function readTestLabels(ctx: Context, { protocol }: LoadedExperiment): Int32Array | null {
  const { hash } = protocol.data
  const known = labelsByHash.get(hash)
  if (known !== undefined) return known
  try {
    const labels = decodeNpy(ctx.store.read(labelsPath(hash, 'test')))
    if (labels.dtype !== 'int32') return null
    labelsByHash.set(hash, labels.data)
    return labels.data
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    ctx.log.error({ err: error, data: hash }, 'test labels cannot be read')
    return null
  }
}
