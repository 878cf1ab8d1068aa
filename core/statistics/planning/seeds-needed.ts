import {
  checkPlan,
  plannedWidths,
  type PlanDesign,
  type PlanSpread,
  powerFromWidths,
  powerToDetect,
} from './power.ts'
import { chiSquareQuantile, tQuantile, zQuantile } from '../../mathematics/quantiles.ts'
import { unseenVariance } from '../variance/unseen-variance.ts'

/** The power that a plan aims at. */
export const plannedPower = 0.8

const fewestSeeds = 3

export interface SeedsNeeded {
  /** Seeds of each arm, at least 3; null where no number, or none up to the limit, is enough. */
  seeds: number | null
  /** Set where no number of seeds is enough: the test set must be more than this many times as large. */
  testSetFactor: number | null
}

/**
 * N'/N of the test set with which so many seeds as one likes would be just enough: N' solves (t_{1−a/2,N'−1} + z_{.8})²
 * (C₀ N/N' + 4 R²/N'²) = effect², C₀ = C without its term 4 R²/N². The left side falls with N', so it is bisected.
 * @returns at most 1 where the test set is large enough as it is.
 */
const testSetFactorOf = (
  { exampleVariance, units, range }: PlanSpread,
  alpha: number,
  effect: number,
): number => {
  const plain = Math.max(exampleVariance - unseenVariance(range, units), 0)
  const isEnough = (factor: number): boolean => {
    const quantiles = tQuantile(1 - alpha / 2, units * factor - 1) + zQuantile(plannedPower)
    const variance = plain / factor + unseenVariance(range, units * factor)
    return quantiles ** 2 * variance < effect * effect
  }
  if (isEnough(1)) return 1
  let [few, many] = [1, 2]
  while (!isEnough(many)) [few, many] = [many, 2 * many]
  while (many - few > 1e-12 * many) {
    const middle = (few + many) / 2
    if (middle <= few || middle >= many) break
    if (isEnough(middle)) many = middle
    else few = middle
  }
  return many
}

/** The first S whose power is enough; power rises with S, so the gap is doubled and then halved. */
const firstEnough = (power: (seeds: number) => number, mostSeeds: number): number | null => {
  let low = fewestSeeds - 1
  let high = fewestSeeds
  while (power(high) < plannedPower) {
    if (high >= mostSeeds) return null
    low = high
    high = Math.min(2 * high, mostSeeds)
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (power(middle) < plannedPower) low = middle
    else high = middle
  }
  return high
}

/**
 * What any number of seeds can show in 4 cases of 5 with this test set: (t_{1−a/2,N−1} + z_{.8}) sqrt(C).
 * @throws RangeError as `powerToDetect`.
 */
export const leastOfTestSet = (spread: PlanSpread, alpha: number): number => {
  checkPlan(spread, alpha)
  return (
    (tQuantile(1 - alpha / 2, spread.units - 1) + zQuantile(plannedPower)) * Math.sqrt(spread.exampleVariance)
  )
}

/**
 * The smallest S ≥ 3 whose power to detect the effect is at least 0.8. The effect is the smallest that matters, never
 * the one observed. Where (t_{1−a/2,N−1} + z_{.8})² C ≥ D*², no S is enough: the test set itself is too small.
 * @param input.alpha of the one comparison, already divided by M. @param input.mostSeeds where the search ends.
 * @throws RangeError for an effect of 0, a negative or non-finite spread, alpha outside (0, 1), mostSeeds below 3.
 */
export const seedsNeeded = (input: {
  spread: PlanSpread
  alpha: number
  effect: number
  mostSeeds?: number
}): SeedsNeeded => {
  const { spread, alpha, effect, mostSeeds = 10_000 } = input
  checkPlan(spread, alpha)
  if (!(Math.abs(effect) > 0) || !Number.isFinite(effect))
    throw new RangeError(`effect ${effect} is 0 or not finite`)
  if (!Number.isInteger(mostSeeds) || mostSeeds < fewestSeeds)
    throw new RangeError(`mostSeeds ${mostSeeds} is not an integer of at least ${fewestSeeds}`)
  const factor = testSetFactorOf(spread, alpha, effect)
  if (factor > 1) return { seeds: null, testSetFactor: factor }
  const seeds = firstEnough((count) => powerToDetect({ spread, alpha, seeds: count, effect }), mostSeeds)
  return { seeds, testSetFactor: null }
}

/**
 * Upper 80 % confidence limit of a standard deviation, σ̂ sqrt(ν/χ²_{.2,ν}). A plan made with the estimate itself falls
 * short more often than not.
 * @throws RangeError for a negative or non-finite standard deviation and ν that is not positive.
 */
export const seedSdUpper = (seedSd: number, degreesOfFreedom: number): number => {
  if (!(seedSd >= 0) || !Number.isFinite(seedSd))
    throw new RangeError(`seedSd ${seedSd} is negative or not finite`)
  return seedSd * Math.sqrt(degreesOfFreedom / chiSquareQuantile(0.2, degreesOfFreedom))
}

/**
 * The smallest difference that this design detects with the given power: `powerToDetect` inverted, bisected to a
 * relative 1e-9; 0 where nothing varies.
 * @throws RangeError as `powerToDetect`, and for a power outside (alpha/2, 1).
 */
export const detectable = (input: PlanDesign & { power?: number }): number => {
  const { power = plannedPower } = input
  const widths = plannedWidths(input)
  if (!(power > input.alpha / 2 && power < 1))
    throw new RangeError(`power ${power} is not between alpha/2 and 1`)
  if (widths.standardError === 0) return 0
  let low = 0
  let high = widths.standardError
  while (powerFromWidths(widths, high) < power) {
    low = high
    high *= 2
  }
  while (high - low > 1e-9 * high) {
    const middle = (low + high) / 2
    if (powerFromWidths(widths, middle) < power) low = middle
    else high = middle
  }
  return high
}
