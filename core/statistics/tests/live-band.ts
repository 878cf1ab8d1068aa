import type { Interval } from '../../mathematics/interval.ts'
import { tQuantile } from '../../mathematics/quantiles.ts'
import type { VarianceParts } from '../variance/variance-parts.ts'

/** Width of the mixture: small values favour late looks. Fixed once, since a value chosen after seeing data is invalid. */
const mixture = 0.1

/**
 * Radius of the confidence sequence for a mean, in standard errors, valid at every number of seeds at once:
 * sqrt(ν (1 − q)/(q − T)) with T = g/(g + S), q = (T a²)^{1/(ν+1)}, ν = S − 1, g = 0.1 (Lindon, Ham, Tingley and
 * Bojinov 2022; R package avlm).
 * @param alpha of the one comparison, already divided by M. @param seeds at least 2.
 * @returns Infinity where q ≤ T: so few seeds say nothing at this level.
 * @throws RangeError for alpha outside (0, 1) and seeds that are not an integer of at least 2.
 */
export const liveRadius = (alpha: number, seeds: number): number => {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha ${alpha} is not between 0 and 1`)
  if (!Number.isInteger(seeds) || seeds < 2)
    throw new RangeError(`seeds ${seeds} is not an integer of at least 2`)
  const t = mixture / (mixture + seeds)
  const logQ = (Math.log(t) + 2 * Math.log(alpha)) / seeds
  const q = Math.exp(logQ)
  return q <= t ? Infinity : Math.sqrt(((seeds - 1) * -Math.expm1(logQ)) / (q - t))
}

/**
 * Band that may be looked at after every seed: D ± sqrt(r² A + t²_{1−a/4,N−1} C). C has a fixed quantile, since the test set
 * is one draw and gives no fresh chance when it is looked at again; half of a, because with all of it the test set alone
 * would spend what the seeds spend too (6 % false alarms of 5 where examples differ, docs/statistics.md, simulated).
 * @param parts D, A and C of the seeds so far; unpaired, `seeds` is that of the arm with fewer, which is careful. @returns null where the radius is infinite.
 * @throws RangeError as `liveRadius`.
 */
export const liveBand = (
  parts: Pick<VarianceParts, 'estimate' | 'exampleVariance' | 'exampleDegreesOfFreedom'> & {
    seedVariance: number
  },
  seeds: number,
  alpha: number,
): Interval | null => {
  const radius = liveRadius(alpha, seeds)
  if (radius === Infinity) return null
  const t = tQuantile(1 - alpha / 4, parts.exampleDegreesOfFreedom)
  const half = Math.sqrt(radius ** 2 * parts.seedVariance + t ** 2 * parts.exampleVariance)
  return [parts.estimate - half, parts.estimate + half]
}

/**
 * The smallest number of seeds with a finite radius: q rises to 1 and T falls to 0, so there is one.
 * @throws RangeError for alpha outside (0, 1).
 */
export const firstLiveSeeds = (alpha: number): number => {
  let seeds = 2
  while (liveRadius(alpha, seeds) === Infinity) seeds++
  return seeds
}
