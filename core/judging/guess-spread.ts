import type { PrimaryMetric } from '../contracts/protocol.ts'
import type { PlannedSpread } from '../statistics/planning/plan-power.ts'
import { unseenVariance } from '../statistics/variance/unseen-variance.ts'
import { primaryOf } from '../metrics/registry.ts'
import { rangeOf } from './range-of.ts'

/** At 10,000 test examples: the setting of the simulated operating characteristics (docs/statistics.md, words). */
const guessed = {
  examples: 10_000,
  /** sqrt(C) over the spread: 0.09 points against 0.6. */
  sharedShare: 0.15,
}

/**
 * A guess for a plan without earlier experiments: 0.6 points (0.02 nat) between seeds at 10,000 test examples, of which
 * most is the noise of a finite test set, so that a smaller one spreads as sqrt(10,000 / N); sqrt(C) is 0.15 of it.
 * Nothing is gained from a larger one: what the seeds themselves do stays.
 * @param units N of the plan, or G groups.
 */
export const guessSpread = (metric: PrimaryMetric, units: number): PlannedSpread => {
  const smaller = Math.sqrt(Math.max(1, guessed.examples / units))
  const { guessedSeedSd } = primaryOf(metric).primary
  const seedSd = guessedSeedSd * smaller
  const shared = guessedSeedSd * guessed.sharedShare
  return {
    seedSd,
    seedSdLow: seedSd,
    seedSdHigh: seedSd,
    seedSdUpper: null,
    exampleVariance: (shared ** 2 * guessed.examples) / units + unseenVariance(rangeOf(metric), units),
    units,
    range: rangeOf(metric),
  }
}
