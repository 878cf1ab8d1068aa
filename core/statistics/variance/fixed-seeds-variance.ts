import { unseenVariance } from './unseen-variance.ts'
import type { VarianceParts } from './variance-parts.ts'

const meanRow = (rows: readonly Float64Array[], examples: number): Float64Array => {
  const mean = new Float64Array(examples)
  for (const row of rows)
    for (let i = 0; i < examples; i++) mean[i] = (mean[i] ?? 0) + (row[i] ?? 0) / rows.length
  return mean
}

/**
 * Where an arm has one seed, chance is that of the examples alone: D ± t_{N−1} sqrt(var_i(d_i)/N + 4 R²/N²)
 * about these trained networks, not about the method (for right and wrong this is McNemar's comparison, as an adjusted
 * Wald interval).
 * @param arm and control: at least one seed each, the same N examples. @param range R of the scores, `rangeOf`.
 * @throws RangeError for fewer than two examples.
 */
export const fixedSeedsVariance = (
  arm: readonly Float64Array[],
  control: readonly Float64Array[],
  range: number,
): VarianceParts => {
  const examples = arm[0]?.length ?? 0
  if (examples < 2) throw new RangeError(`scores: ${examples} examples, a spread over examples needs two`)
  const difference = meanRow(arm, examples)
  const reference = meanRow(control, examples)
  let referenceSum = 0
  let sum = 0
  for (let i = 0; i < examples; i++) {
    referenceSum += reference[i] ?? 0
    difference[i] = (difference[i] ?? 0) - (reference[i] ?? 0)
    sum += difference[i] ?? 0
  }
  const estimate = sum / examples
  const squares = difference.reduce((total, d) => total + (d - estimate) ** 2, 0)
  const rowMean = (row: Float64Array): number => row.reduce((total, score) => total + score, 0) / examples
  return {
    estimate,
    seedVariance: null,
    exampleVariance: squares / (examples - 1) / examples + unseenVariance(range, examples),
    exampleDegreesOfFreedom: examples - 1,
    degreesOfFreedom: null,
    floored: false,
    perSeed: Float64Array.from(arm, (row) => rowMean(row) - referenceSum / examples),
  }
}
