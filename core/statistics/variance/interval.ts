import type { Interval } from '../../mathematics/interval.ts'
import { tQuantile } from '../../mathematics/quantiles.ts'
import type { VarianceParts } from './variance-parts.ts'

/**
 * Half width h(α) = sqrt(t²_{1−α/2,ν} A + t²_{1−α/2,N−1} C): the two parts squared and added, each with its own quantile
 * ("MOVER", Zou and Donner 2008). Without a seed part, that of the examples alone.
 * @param alpha two-sided error, 0 to 1.
 */
export const halfWidth = (
  parts: Pick<
    VarianceParts,
    'seedVariance' | 'exampleVariance' | 'degreesOfFreedom' | 'exampleDegreesOfFreedom'
  >,
  alpha: number,
): number => {
  const p = 1 - alpha / 2
  // Without a variance the quantile would be worked out for nothing.
  const examples =
    parts.exampleVariance === 0 ? 0 : tQuantile(p, parts.exampleDegreesOfFreedom) ** 2 * parts.exampleVariance
  if (parts.seedVariance === null || parts.degreesOfFreedom === null) return Math.sqrt(examples)
  return Math.sqrt(tQuantile(p, parts.degreesOfFreedom) ** 2 * parts.seedVariance + examples)
}

/**
 * The interval for one comparison alone, and the one that holds jointly over all M comparisons (Bonferroni, α/M).
 * @param corrected M, a positive integer.
 */
export const intervals = (
  parts: VarianceParts,
  alpha: number,
  corrected: number,
): { individual: Interval; simultaneous: Interval } => {
  const around = (level: number): Interval => {
    const half = halfWidth(parts, level)
    return [parts.estimate - half, parts.estimate + half]
  }
  return { individual: around(alpha), simultaneous: around(alpha / corrected) }
}
