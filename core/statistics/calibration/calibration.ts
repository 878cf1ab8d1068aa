export const calibrationBins = 15

/** Bin of a confidence among equal-width bins (lower, upper]; 0 belongs to the first. */
export const calibrationBin = (p: number, bins: number): number => {
  let bin = Math.min(Math.max(Math.ceil(p * bins) - 1, 0), bins - 1)
  // p · bins is rounded; the edges themselves decide.
  if (bin > 0 && p <= bin / bins) bin--
  else if (bin < bins - 1 && p > (bin + 1) / bins) bin++
  return bin
}

/**
 * Expected calibration error: Σ_b (n_b/N) |accuracy_b − confidence_b| over equal-width bins (lower, upper]
 * (Guo et al. 2017, eq. 3). Biased upward in small samples: shown, never decided on.
 * @param confidence probability of the predicted class, [N], 0 to 1. @param correct 0 or 1, [N].
 * @returns a fraction.
 * @throws RangeError for no examples, other lengths, or a confidence outside 0 to 1.
 */
export const expectedCalibrationError = (
  confidence: Float64Array,
  correct: Uint8Array,
  bins: number = calibrationBins,
): number => {
  const n = confidence.length
  if (n === 0 || correct.length !== n) {
    throw new RangeError(`calibration: ${n} confidences and ${correct.length} outcomes`)
  }
  // n_b |acc_b − conf_b| is the absolute sum of (correct − confidence) over the bin.
  const excess = new Float64Array(bins)
  for (let i = 0; i < n; i++) {
    const p = confidence[i] ?? Number.NaN
    // exp(log p) of a certain prediction may exceed 1 by rounding.
    if (!(p >= 0 && p <= 1 + 1e-9)) throw new RangeError(`calibration: confidence ${p} of example ${i}`)
    const bin = calibrationBin(p, bins)
    excess[bin] = (excess[bin] ?? 0) + (correct[i] ?? 0) - p
  }
  let sum = 0
  for (let b = 0; b < bins; b++) sum += Math.abs(excess[b] ?? 0)
  return sum / n
}
