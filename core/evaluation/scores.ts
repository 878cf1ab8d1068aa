import { qualityColumns } from './quality.ts'

/** What a comparison can be made on: linear per example, higher is better. */
export type ScoreMetric = 'accuracy' | 'nll' | 'brier'

const negated = (values: Float64Array): Float64Array => values.map((value) => 0 - value)

/**
 * Per-example scores, higher is better: 1 or 0 for accuracy, −NLL in nats, −Brier.
 * @param logits row-major [N, classes]. @param labels [N].
 * @throws RangeError as `qualityColumns`.
 */
export const scores = (
  logits: Float32Array,
  labels: Int32Array,
  classes: number,
  metric: ScoreMetric,
): Float64Array => {
  const columns = qualityColumns(logits, labels, classes)
  switch (metric) {
    case 'accuracy':
      return Float64Array.from(columns.correct)
    case 'nll':
      return negated(columns.nll)
    case 'brier':
      return negated(columns.brier)
  }
}

/** The even guess over the classes, which is what a diverged run is worth: accuracy 1/K, NLL ln K, Brier 1 − 1/K. */
export const uniformQuality = (classes: number): { accuracy: number; nll: number; brier: number } => {
  if (!Number.isInteger(classes) || classes < 2)
    throw new RangeError(`classes ${classes} is not an integer of 2 or more`)
  return { accuracy: 1 / classes, nll: Math.log(classes), brier: 1 - 1 / classes }
}

/** Scores of a diverged run, higher is better: the even guess at each of n examples. */
export const uniformScores = (n: number, classes: number, metric: ScoreMetric): Float64Array => {
  if (!Number.isInteger(n) || n < 1) throw new RangeError(`n ${n} is not a positive integer`)
  const value = uniformQuality(classes)[metric]
  return new Float64Array(n).fill(metric === 'accuracy' ? value : -value)
}
