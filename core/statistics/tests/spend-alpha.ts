const mostLooks = 20

const checkLooks = (looks: readonly number[]): void => {
  if (looks.length < 1 || looks.length > mostLooks) {
    throw new RangeError(`looks: ${looks.length} of them, 1 to ${mostLooks} can be planned`)
  }
  const fewest = looks.length > 1 ? 3 : 2
  let before = fewest - 1
  for (const seeds of looks) {
    if (!Number.isInteger(seeds) || seeds < fewest)
      throw new RangeError(`looks: ${seeds} is not an integer of at least ${fewest}`)
    if (seeds <= before) throw new RangeError(`looks: ${seeds} after ${before}, they must rise`)
    before = seeds
  }
}

/**
 * The error that each pre-declared look may spend: Bonferroni over the looks, so valid whatever they have in common.
 * Later looks, with more seeds, get more: one look all of alpha, two looks 0.4 and 0.6, else k(k+1)/2 parts for look k
 * (three looks 0.1, 0.3, 0.6).
 * @param looks numbers of seeds, strictly rising integers; from 3 on where there is more than one. At most 20.
 * @returns one level a look; their sum is alpha. Divide each by M for one comparison.
 * @throws RangeError for other looks and alpha outside (0, 1).
 */
export const spendAlpha = (alpha: number, looks: readonly number[]): number[] => {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha ${alpha} is not between 0 and 1`)
  checkLooks(looks)
  const parts = looks.length === 2 ? [2, 3] : looks.map((_, k) => ((k + 1) * (k + 2)) / 2)
  const whole = parts.reduce((sum, part) => sum + part, 0)
  return parts.map((part) => (alpha * part) / whole)
}
