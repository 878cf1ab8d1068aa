import { calibrationBin, calibrationBins } from './calibration.ts'

/** One run on the N test examples. */
export interface CalibrationRow {
  /** Probability of the predicted class, [N], 0 to 1. */
  confidence: Float64Array
  /** 0 or 1, [N]. */
  correct: Uint8Array
}

/** Per group and bin: examples, right ones, summed confidence; [J × bins] each. */
export interface BinSums {
  bins: number
  groups: number
  counts: Float64Array
  right: Float64Array
  confidence: Float64Array
}

/**
 * @param groupOf group of each example, 0 to groups − 1.
 * @throws RangeError for no examples, other lengths, a confidence outside 0 to 1, an outcome that is not 0 or 1, bins
 * that are not a positive integer.
 */
export const binSums = (
  { confidence, correct }: CalibrationRow,
  bins: number,
  groupOf: Int32Array,
  groups: number,
): BinSums => {
  const n = confidence.length
  if (n === 0 || correct.length !== n)
    throw new RangeError(`calibration: ${n} confidences and ${correct.length} outcomes`)
  if (groupOf.length !== n) throw new RangeError(`groups: ${groupOf.length} examples, the scores have ${n}`)
  if (!Number.isInteger(bins) || bins < 1) throw new RangeError(`bins ${bins} is not a positive integer`)
  const cells = groups * bins
  const sums: BinSums = {
    bins,
    groups,
    counts: new Float64Array(cells),
    right: new Float64Array(cells),
    confidence: new Float64Array(cells),
  }
  for (let i = 0; i < n; i++) {
    const p = confidence[i] ?? Number.NaN
    const outcome = correct[i] ?? Number.NaN
    // exp(log p) of a certain prediction may exceed 1 by rounding.
    if (!(p >= 0 && p <= 1 + 1e-9)) throw new RangeError(`calibration: confidence ${p} of example ${i}`)
    if (outcome !== 0 && outcome !== 1)
      throw new RangeError(`calibration: outcome ${outcome} of example ${i}`)
    const cell = (groupOf[i] ?? 0) * bins + calibrationBin(p, bins)
    sums.counts[cell] = (sums.counts[cell] ?? 0) + 1
    sums.right[cell] = (sums.right[cell] ?? 0) + outcome
    sums.confidence[cell] = (sums.confidence[cell] ?? 0) + p
  }
  return sums
}

/** The debiased error of all groups together, and without each group in turn: O(J bins). */
export const jackknifed = (sums: BinSums): { all: number; without: Float64Array } => {
  const { bins, groups } = sums
  const totals = [sums.counts, sums.right, sums.confidence].map((values) => {
    const total = new Float64Array(bins)
    for (let cell = 0; cell < values.length; cell++)
      total[cell % bins] = (total[cell % bins] ?? 0) + (values[cell] ?? 0)
    return { values, total }
  })
  /** @param left the group that is taken out; null: none. */
  const debiased = (left: number | null): number => {
    let examples = 0
    let sum = 0
    for (let b = 0; b < bins; b++) {
      const [n = 0, right = 0, confidence = 0] = totals.map(
        ({ values, total }) => (total[b] ?? 0) - (left === null ? 0 : (values[left * bins + b] ?? 0)),
      )
      examples += n
      if (n < 2) continue
      const accuracy = right / n
      sum += n * ((accuracy - confidence / n) ** 2 - (accuracy * (1 - accuracy)) / (n - 1))
    }
    return sum / examples
  }
  return { all: debiased(null), without: Float64Array.from({ length: groups }, (_, j) => debiased(j)) }
}

/**
 * Squared calibration error without the bias of small bins: Σ_b (n_b/N) [(acc_b − conf_b)² − acc_b (1 − acc_b)/(n_b −
 * 1)] over equal-width bins with n_b > 1 (Kumar, Liang and Ma 2019; Ferro and Fricker 2012). On the squared scale: it is
 * negative for more than half of well calibrated models, so no root is taken.
 * @param confidence [N], 0 to 1. @param correct 0 or 1, [N].
 * @throws RangeError for no examples, other lengths, values outside their range.
 */
export const debiasedCalibration = (
  confidence: Float64Array,
  correct: Uint8Array,
  bins: number = calibrationBins,
): number => jackknifed(binSums({ confidence, correct }, bins, new Int32Array(confidence.length), 1)).all
