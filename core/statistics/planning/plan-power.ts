import { powerOfEquivalence, powerToDetect, type PlanSpread } from './power.ts'
import { detectable, leastOfTestSet, plannedPower, seedsNeeded } from './seeds-needed.ts'

/** What is known of the chance in a comparison before it is made; units of the effect. */
export interface PlannedSpread extends PlanSpread {
  /** Smallest and largest spread between seeds that was seen; `seedSd` itself where nothing was. */
  seedSdLow: number
  seedSdHigh: number
  /** 80 % upper limit of `seedSd`; null for a spread that is stated, not estimated. */
  seedSdUpper: number | null
}

export interface PlanPower {
  curve: { seeds: number; detectable: number; low: number; high: number }[]
  /** Smallest true difference that is seen in 4 cases of 5. */
  detectable: number
  /** Chance that a true difference of the margin is seen. */
  powerAtMargin: number
  /** Chance of the word *no practical difference* where there is none at all. */
  chanceOfNoDifference: number
  enough: boolean
  /** Seeds that are enough, on the spread and on its upper limit (null: more than `mostSeeds`); null: no number up to there. */
  needed: { seeds: number; upper: number | null } | null
  /** Where no number of seeds is enough: the test set must be more than so many times as large. Else null. */
  testSetFactor: number | null
  /** Smallest true difference that any number of seeds shows in 4 cases of 5 with this test set. */
  leastOfTestSet: number
}

/** The curve begins where a comparison can have a word. */
export const fewestPlanned = 3
/** The curve goes this far, or to the seeds that are asked for. */
const usualReach = 20

/**
 * What a plan can detect: power, smallest detectable difference and seeds needed of one comparison at the level of its
 * last look (docs/statistics.md, seeds needed). The seeds of the curve rise one by one from 3.
 * @param input.level two-sided error of this one comparison: the share of the look, divided by M.
 * @param input.seeds of each arm, at least 3. @param input.mostSeeds that can be planned at all.
 * @throws RangeError for fewer than 3 seeds, a margin that is not positive, a level outside (0, 1), a negative or
 * non-finite spread.
 */
export const planPower = (input: {
  spread: PlannedSpread
  level: number
  margin: number
  seeds: number
  mostSeeds?: number
}): PlanPower => {
  const { spread, level, margin, seeds, mostSeeds = 100 } = input
  if (!Number.isInteger(seeds) || seeds < fewestPlanned)
    throw new RangeError(`seeds ${seeds} is not an integer of at least ${fewestPlanned}`)
  if (!(margin > 0) || !Number.isFinite(margin))
    throw new RangeError(`margin ${margin} is not positive and finite`)
  const withSd = (seedSd: number): PlanSpread => ({ ...spread, seedSd })
  const detects = (seedSd: number, count: number): number =>
    detectable({ spread: withSd(seedSd), seeds: count, alpha: level })
  const enoughFor = (seedSd: number): ReturnType<typeof seedsNeeded> =>
    seedsNeeded({ spread: withSd(seedSd), alpha: level, effect: margin, mostSeeds })

  const reach = Math.max(usualReach, seeds)
  const curve = Array.from({ length: reach - fewestPlanned + 1 }, (_, index) => {
    const count = fewestPlanned + index
    return {
      seeds: count,
      detectable: detects(spread.seedSd, count),
      low: detects(spread.seedSdLow, count),
      high: detects(spread.seedSdHigh, count),
    }
  })
  const design = { spread: withSd(spread.seedSd), seeds, alpha: level }
  const powerAtMargin = powerToDetect({ ...design, effect: margin })
  const likely = enoughFor(spread.seedSd)
  const careful = spread.seedSdUpper === null ? likely : enoughFor(spread.seedSdUpper)
  return {
    curve,
    detectable: detects(spread.seedSd, seeds),
    powerAtMargin,
    chanceOfNoDifference: powerOfEquivalence({ ...design, margin }),
    enough: powerAtMargin >= plannedPower,
    needed: likely.seeds === null ? null : { seeds: likely.seeds, upper: careful.seeds },
    testSetFactor: likely.testSetFactor,
    leastOfTestSet: leastOfTestSet(withSd(spread.seedSd), level),
  }
}
