/**
 * Holm-adjusted p over M comparisons: in rising order p̃_(j) = max_{i ≤ j} min(1, (M − i + 1) p_(i)); Holm, Scand. J.
 * Stat. 6 (1979). A comparison without a p (null) counts as p = 1 and keeps null.
 * @param corrected M, at least the number of comparisons.
 * @throws RangeError for a p outside [0, 1] and for M that is not an integer or too small.
 */
export const holmAdjusted = (ps: readonly (number | null)[], corrected: number): (number | null)[] => {
  if (!Number.isInteger(corrected) || corrected < ps.length) {
    throw new RangeError(`corrected ${corrected} is not an integer of at least ${ps.length}`)
  }
  const known = ps.flatMap((p, index) => (p === null ? [] : [{ p, index }]))
  for (const { p } of known) if (!(p >= 0 && p <= 1)) throw new RangeError(`p ${p} is not between 0 and 1`)
  const adjusted: (number | null)[] = ps.map(() => null)
  let largest = 0
  for (const [rank, { p, index }] of known.sort((a, b) => a.p - b.p).entries()) {
    largest = Math.max(largest, Math.min(1, (corrected - rank) * p))
    adjusted[index] = largest
  }
  return adjusted
}
