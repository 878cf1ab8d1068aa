import { evenFigures, scoredOf, type ScoredName } from './registry.ts'

/**
 * Scores of a diverged run, higher is better: the even guess at each of n examples.
 * @throws RangeError for no example or fewer than two classes.
 */
export const evenScores = (n: number, classes: number, metric: ScoredName): Float64Array => {
  if (!Number.isInteger(n) || n < 1) throw new RangeError(`n ${n} is not a positive integer`)
  const value = evenFigures(classes)[metric] ?? Number.NaN
  return new Float64Array(n).fill(scoredOf(metric).figure.direction === 'lower' ? -value : value)
}
