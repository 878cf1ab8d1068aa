/** Above, 2^S patterns are no longer counted. */
export const mostFlippedSeeds = 20

/**
 * Exact two-sided p of the sign-flip test (Fisher 1935): the share of the 2^S sign patterns ε whose |Σ ε_s d_s| is at
 * least |Σ d_s|. Assumes only that under no effect each difference is as likely as its opposite. At least 2^(1−S) unless
 * differences are 0. Patterns come in mirrored pairs, so half of them are counted.
 * @param differences one a seed, 1 to 20 of them.
 * @throws RangeError outside 1 to 20 differences and for one that is not finite.
 */
export const signFlipP = (differences: ArrayLike<number>): number => {
  const seeds = differences.length
  if (seeds < 1 || seeds > mostFlippedSeeds) {
    throw new RangeError(`signFlipP: ${seeds} differences, 1 to ${mostFlippedSeeds} can be flipped`)
  }
  let total = 0
  let size = 0
  for (let s = 0; s < seeds; s++) {
    const d = differences[s] ?? Number.NaN
    if (!Number.isFinite(d)) throw new RangeError(`signFlipP: difference ${s} is ${d}`)
    total += d
    size += Math.abs(d)
  }
  // Sums that are equal in the reals differ by rounding; 1e-12 of the whole is far below one example.
  const bar = Math.abs(total) - 1e-12 * size
  const patterns = 2 ** (seeds - 1)
  const sums = new Float64Array(patterns)
  sums[0] = total
  for (let s = 1; s < seeds; s++) {
    const filled = 2 ** (s - 1)
    const flip = 2 * (differences[s] ?? 0)
    for (let k = 0; k < filled; k++) sums[filled + k] = (sums[k] ?? 0) - flip
  }
  let extreme = 0
  for (let k = 0; k < patterns; k++) if (Math.abs(sums[k] ?? 0) >= bar) extreme++
  return extreme / patterns
}
