import { type TwoWay, twoWay } from '../../mathematics/two-way.ts'
import { unseenVariance } from './unseen-variance.ts'
import { seedFloorShare, type VarianceParts } from './variance-parts.ts'

export interface CrossedVariance extends VarianceParts {
  seedVariance: number
  degreesOfFreedom: number
  msSeed: number
  msExample: number
  msResidual: number
}

/** The parts of a table of paired differences; `crossedVariance` says how. */
export const crossedParts = (table: TwoWay, range: number): CrossedVariance => {
  const { seeds, examples, mean, rowMeans, msSeed, msExample, msResidual } = table
  const cells = seeds * examples
  const seedPart = msSeed / cells
  const floor = (seedFloorShare * msResidual) / cells
  return {
    estimate: mean,
    seedVariance: Math.max(seedPart, floor),
    exampleVariance: Math.max(msExample - msResidual, 0) / cells + unseenVariance(range, examples),
    exampleDegreesOfFreedom: examples - 1,
    degreesOfFreedom: seeds - 1,
    floored: seedPart < floor,
    perSeed: rowMeans,
    msSeed,
    msExample,
    msResidual,
  }
}

/**
 * Paired seeds: D, A = MS_s/(S N), C = max(MS_i − MS_r, 0)/(S N) + 4 R²/N², ν = S − 1: the two-way crossed random model,
 * as in multi-reader multi-case studies (Obuchowski and Rockette 1995; Hillis 2007). A is held at or above the seed floor.
 * @param arm scores of S seeds × N examples, higher is better. @param control the same seeds in the same order.
 * @param range R of the scores, `rangeOf`; 0 where they have no bounds.
 * @throws RangeError for fewer than two seeds or examples.
 */
export const crossedVariance = (
  arm: readonly Float64Array[],
  control: readonly Float64Array[],
  range: number,
): CrossedVariance => crossedParts(twoWay(arm, control), range)
