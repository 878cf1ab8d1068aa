import { seedSdUpper } from './seeds-needed.ts'
import type { PlannedSpread } from './plan-power.ts'
import { unseenVariance } from '../variance/unseen-variance.ts'

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
 * @param plan.units test examples of the plan, or groups of them. @param plan.range R of the scores.
 * @throws RangeError without any comparison.
 */
export const poolSpread = (
  seen: readonly SeenSpread[],
  { units, range }: { units: number; range: number },
): PlannedSpread => {
  if (seen.length === 0) throw new RangeError('seen: no comparison to pool')
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

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2
}
