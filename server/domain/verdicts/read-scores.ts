import { decodeNpy } from '../../../core/data/npy.ts'
import { evenScores } from '../../../core/metrics/even-guess.ts'
import { qualityColumns } from '../../../core/metrics/quality-columns.ts'
import { scoredOf, type ScoredName } from '../../../core/metrics/registry.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../../platform/domain-error.ts'
import type { LoadedExperiment, RunWithEvaluation } from '../experiments/load-experiment.ts'
import { testData } from './test-data.ts'

/** Of the test examples of one run, [N] each; scores are higher-is-better. */
export interface TestScores extends Record<ScoredName, Float64Array> {
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

/**
 * Per-example test figures of a finished run, from its stored logits. Throws DomainError where those, or what they are
 * read against, are gone, damaged or cannot be read now.
 */
export function readScores(ctx: Context, loaded: LoadedExperiment, run: RunWithEvaluation): TestScores {
  const { predictions } = run
  const { data } = loaded.protocol
  if (predictions === null)
    throw new DomainError('not-found', `The run ${run.id} has no stored test predictions.`)
  const { labels } = testData(ctx, loaded)
  const key = `${predictions.sha256}:${data.hash}`
  const known = remembered.get(key)
  if (known === undefined) {
    const computed = scoresOf(ctx.store.read(predictions), labels, data.classes, predictions.path)
    remember(key, computed)
    return computed
  }
  // Read when the file was whole: it may have been damaged since, and the pages are to say so.
  const fault = ctx.store.fault(predictions)
  if (fault !== null) throw fault
  remembered.delete(key)
  remembered.set(key, known)
  return known
}

/** Why the file of a finished run's test predictions is not as it was stored, or null; what is in it is not looked at. */
export const storedFault = (ctx: Context, { status, predictions }: RunWithEvaluation): DomainError | null =>
  status === 'finished' && predictions !== null ? ctx.store.fault(predictions) : null

/** Why the test predictions of a finished run cannot be judged, or null. */
export function predictionsFault(
  ctx: Context,
  loaded: LoadedExperiment,
  run: RunWithEvaluation,
): DomainError | null {
  if (run.status !== 'finished') return null
  try {
    readScores(ctx, loaded, run)
    return null
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return error
  }
}

/** @param file names the bytes in errors */
function scoresOf(bytes: Buffer, labels: Int32Array, classes: number, file: string): TestScores {
  try {
    const logits = decodeNpy(bytes)
    if (logits.dtype !== 'float32') throw new RangeError(`${logits.dtype} instead of float32`)
    const columns = qualityColumns(logits.data, labels, classes)
    return {
      accuracy: scoredOf('accuracy').scores(columns),
      nll: scoredOf('nll').scores(columns),
      brier: scoredOf('brier').scores(columns),
      predicted: columns.predicted,
      confidence: columns.confidence,
      correct: columns.correct,
    }
  } catch (error) {
    // Stored so: its SHA-256 is right, and it is still no prediction of these examples.
    if (!(error instanceof RangeError)) throw error
    throw new DomainError(
      'damaged',
      `The file ${file} holds no predictions of the test examples: ${error.message}.`,
      {
        cause: error,
      },
    )
  }
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
export const divergedScores = ({ protocol }: LoadedExperiment, metric: ScoredName): Float64Array =>
  evenScores(protocol.data.test, protocol.data.classes, metric)
