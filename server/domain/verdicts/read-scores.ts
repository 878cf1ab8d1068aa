import { and, eq } from 'drizzle-orm'
import { decodeNpy } from '../../../core/data/npy.ts'
import { qualityColumns } from '../../../core/evaluation/quality.ts'
import { uniformScores, type ScoreMetric } from '../../../core/evaluation/scores.ts'
import { artifacts } from '../../../db/schema.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../../platform/domain-error.ts'
import { labelsPath } from '../datasets/dataset-paths.ts'
import type { LoadedExperiment, Run } from '../experiments/load-experiment.ts'
import { testGroups } from './test-groups.ts'

/** Of the test examples of one run, [N] each; scores are higher-is-better. */
export interface TestScores extends Record<ScoreMetric, Float64Array> {
  predicted: Int32Array
  /** Probability of the predicted class. */
  confidence: Float64Array
  correct: Uint8Array
}

/** By the content hash of the logits, the least recently used first: 37 bytes an example. */
const remembered = new Map<string, TestScores>()
/** The largest experiment that is planned for fits: 21 arms of 20 seeds with 10,000 examples, and its teacher. */
const mostExamples = 4_500_000
let examplesHeld = 0

/** Per-example test figures of a finished run, from its stored logits. */
export function readScores(ctx: Context, { protocol }: LoadedExperiment, run: Run): TestScores {
  const file = ctx.db.read
    .select()
    .from(artifacts)
    .where(and(eq(artifacts.runId, run.id), eq(artifacts.name, 'predictions/test.npy')))
    .get()
  if (file === undefined)
    throw new DomainError('not-found', `The run ${run.id} has no stored test predictions.`)
  const key = `${file.sha256}:${protocol.data.hash}`
  const known = remembered.get(key)
  if (known !== undefined) {
    remembered.delete(key)
    remembered.set(key, known)
    return known
  }
  const logits = decodeNpy(ctx.store.read(file.path))
  if (logits.dtype !== 'float32')
    throw new DomainError('bad-input', `The predictions of run ${run.id} are not float32.`)
  // Without them the scores would be judged as if copies were new examples.
  testGroups(ctx, protocol.data)
  const columns = qualityColumns(logits.data, testLabels(ctx, protocol.data.hash), protocol.data.classes)
  const computed: TestScores = {
    accuracy: Float64Array.from(columns.correct),
    nll: columns.nll.map((value) => 0 - value),
    brier: columns.brier.map((value) => 0 - value),
    predicted: columns.predicted,
    confidence: columns.confidence,
    correct: columns.correct,
  }
  remember(key, computed)
  return computed
}

function remember(key: string, computed: TestScores): void {
  const examples = computed.accuracy.length
  for (const [oldest, { accuracy }] of remembered) {
    if (examplesHeld + examples <= mostExamples) break
    remembered.delete(oldest)
    examplesHeld -= accuracy.length
  }
  remembered.set(key, computed)
  examplesHeld += examples
}

/** A diverged run is scored as the uniform predictor (docs/statistics.md, failures). */
export const divergedScores = ({ protocol }: LoadedExperiment, metric: ScoreMetric): Float64Array =>
  uniformScores(protocol.data.test, protocol.data.classes, metric)

const labelsByHash = new Map<string, Int32Array>()

export function testLabels(ctx: Context, hash: string): Int32Array {
  const known = labelsByHash.get(hash)
  if (known !== undefined) return known
  const labels = decodeNpy(ctx.store.read(labelsPath(hash, 'test')))
  if (labels.dtype !== 'int32')
    throw new DomainError('bad-input', `The test labels of data ${hash} are not int32.`)
  labelsByHash.set(hash, labels.data)
  return labels.data
}
