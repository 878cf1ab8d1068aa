import { and, eq } from 'drizzle-orm'
import { decodeNpy } from '../../../core/data/npy.ts'
import { scores, uniformScores, type ScoreMetric } from '../../../core/evaluation/scores.ts'
import { artifacts } from '../../../db/schema.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../../platform/domain-error.ts'
import { labelsPath } from '../datasets/dataset-paths.ts'
import type { LoadedExperiment, Run } from '../experiments/load-experiment.ts'

/** Scores are kept by the content hash of the logits while an experiment runs: about 80 kB a run of 10,000 examples. */
const remembered = new Map<string, Float64Array>()
const mostRemembered = 400

/** Per-example test scores of a finished run, higher is better, from its stored logits. */
export function readScores(
  ctx: Context,
  { protocol }: LoadedExperiment,
  run: Run,
  metric: ScoreMetric,
): Float64Array {
  const file = ctx.db.read
    .select()
    .from(artifacts)
    .where(and(eq(artifacts.runId, run.id), eq(artifacts.name, 'predictions/test.npy')))
    .get()
  if (file === undefined)
    throw new DomainError('not-found', `The run ${run.id} has no stored test predictions.`)
  const key = `${file.sha256}:${protocol.data.hash}:${metric}`
  const known = remembered.get(key)
  if (known !== undefined) return known
  const logits = decodeNpy(ctx.store.read(file.path))
  if (logits.dtype !== 'float32')
    throw new DomainError('bad-input', `The predictions of run ${run.id} are not float32.`)
  const computed = scores(logits.data, testLabels(ctx, protocol.data.hash), protocol.data.classes, metric)
  if (remembered.size >= mostRemembered) remembered.clear()
  remembered.set(key, computed)
  return computed
}

/** A diverged run is scored as the uniform predictor (docs/statistics.md, failures). */
export const divergedScores = ({ protocol }: LoadedExperiment, metric: ScoreMetric): Float64Array =>
  uniformScores(protocol.data.test, protocol.data.classes, metric)

const labelsByHash = new Map<string, Int32Array>()

function testLabels(ctx: Context, hash: string): Int32Array {
  const known = labelsByHash.get(hash)
  if (known !== undefined) return known
  const labels = decodeNpy(ctx.store.read(labelsPath(hash, 'test')))
  if (labels.dtype !== 'int32')
    throw new DomainError('bad-input', `The test labels of data ${hash} are not int32.`)
  labelsByHash.set(hash, labels.data)
  return labels.data
}
