import { seedSdUpper } from './seeds-needed.ts'
import type { PlannedSpread } from './plan-power.ts'

/** What an earlier comparison on the same metric showed of chance; units of the metric. */
export interface SeenSpread {
  /** Standard deviation of one seed's difference, sqrt(A S). */
  seedSd: number
  degreesOfFreedom: number
  /** C. */
  exampleVariance: number
  /** N. */
  examples: number
}

/**
 * The spread to plan with, from earlier comparisons: medians, which one unstable arm does not move, and the range. C is
 * a variance of a mean over the test set, so it is scaled by N before / N now.
 * @param examples test examples of the plan.
 * @throws RangeError without any comparison.
 */
export const poolSpread = (seen: readonly SeenSpread[], examples: number): PlannedSpread => {
  if (seen.length === 0) throw new RangeError('seen: no comparison to pool')
  const sds = seen.map(({ seedSd }) => seedSd)
  return {
    seedSd: median(sds),
    seedSdLow: Math.min(...sds),
    seedSdHigh: Math.max(...sds),
    seedSdUpper: median(seen.map((one) => seedSdUpper(one.seedSd, one.degreesOfFreedom))),
    exampleVariance: median(seen.map((one) => (one.exampleVariance * one.examples) / examples)),
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
 * @param examples N of the plan.
 */
export const guessSpread = (metric: 'accuracy' | 'nll', examples: number): PlannedSpread => {
  const smaller = Math.sqrt(Math.max(1, guessed.examples / examples))
  const seedSd = guessed.seedSd[metric] * smaller
  const shared = guessed.seedSd[metric] * guessed.sharedShare
  return {
    seedSd,
    seedSdLow: seedSd,
    seedSdHigh: seedSd,
    seedSdUpper: null,
    exampleVariance: (shared ** 2 * guessed.examples) / examples,
  }
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2
}
