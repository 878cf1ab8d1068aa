import { seedSdUpper } from './seeds-needed.ts'
import type { PlannedSpread } from './plan-power.ts'
import { rangeOf, unseenVariance } from './unseen-variance.ts'

/** What an earlier comparison on the same metric showed of chance; units of the metric. */
export interface SeenSpread {
  /** Standard deviation of one seed's difference, sqrt(A S). */
  seedSd: number
  degreesOfFreedom: number
  /** C, with `unseenVariance`. */
  exampleVariance: number
  /** N test examples, or G groups of them. */
  units: number
}

/**
 * The spread to plan with, from earlier comparisons: medians, which one unstable arm does not move, and the range. C
 * without its term 4 R²/N² is a variance of a mean over the test set, so it is scaled by N before / N now, and the term of the
 * plan's own test set is added.
 * @param units test examples of the plan, or groups of them.
 * @throws RangeError without any comparison.
 */
export const poolSpread = (
  metric: 'accuracy' | 'nll',
  seen: readonly SeenSpread[],
  units: number,
): PlannedSpread => {
  if (seen.length === 0) throw new RangeError('seen: no comparison to pool')
  const range = rangeOf(metric)
  const plain = seen.map(
    (one) => (Math.max(one.exampleVariance - unseenVariance(range, one.units), 0) * one.units) / units,
  )
  const sds = seen.map(({ seedSd }) => seedSd)
  return {
    seedSd: median(sds),
    seedSdLow: Math.min(...sds),
    seedSdHigh: Math.max(...sds),
    seedSdUpper: median(seen.map((one) => seedSdUpper(one.seedSd, one.degreesOfFreedom))),
    exampleVariance: median(plain) + unseenVariance(range, units),
    units,
    range,
  }
}

/** At 10,000 test examples: the setting of the simulated operating characteristics (docs/statistics.md, words). */
const guessed = {
  examples: 10_000,
  seedSd: { accuracy: 0.006, nll: 0.02 },
  /** sqrt(C) over the spread: 0.09 points against 0.6. */
  sharedShare: 0.15,
}

/**
 * A guess for a plan without earlier experiments: 0.6 points (0.02 nat) between seeds at 10,000 test examples, of which
 * most is the noise of a finite test set, so that a smaller one spreads as sqrt(10,000 / N); sqrt(C) is 0.15 of it.
 * Nothing is gained from a larger one: what the seeds themselves do stays.
 * @param units N of the plan, or G groups.
 */
export const guessSpread = (metric: 'accuracy' | 'nll', units: number): PlannedSpread => {
  const smaller = Math.sqrt(Math.max(1, guessed.examples / units))
  const seedSd = guessed.seedSd[metric] * smaller
  const shared = guessed.seedSd[metric] * guessed.sharedShare
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

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2
}
