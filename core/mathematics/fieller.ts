import type { Interval } from './interval.ts'

export interface FiellerInput {
  /** Numerator. */
  a: number
  /** Denominator. */
  b: number
  /** Squared half widths, each variance times its squared quantile. */
  vaa: number
  vbb: number
  /** The covariance times the same squared quantile. */
  vab: number
}

/** `unbounded`: every ratio, a ray, or two rays; without two ends it is no interval. */
export type FiellerSet = { kind: 'interval'; interval: Interval } | { kind: 'empty' } | { kind: 'unbounded' }

/**
 * The ratios R for which a − R b is within its own interval of 0: (a − R b)² ≤ v_aa − 2 R v_ab + R² v_bb, a quadratic
 * in R (Fieller, J. R. Stat. Soc. B 16, 1954). Bounded only where b² > v_bb: the interval of b does not hold 0.
 * Empty only for v that are no covariance matrix.
 * @throws RangeError for arguments that are not finite.
 */
export const fieller = ({ a, b, vaa, vbb, vab }: FiellerInput): FiellerSet => {
  for (const [name, value] of Object.entries({ a, b, vaa, vbb, vab }))
    if (!Number.isFinite(value)) throw new RangeError(`fieller: ${name} ${value} is not finite`)
  const square = b * b - vbb
  if (!(square > 0)) return { kind: 'unbounded' }
  const middle = (a * b - vab) / square
  const constant = (a * a - vaa) / square
  const discriminant = middle * middle - constant
  // A single point, a = b = exact, may be lost by rounding.
  if (discriminant < -1e-12 * Math.max(middle * middle, Math.abs(constant))) return { kind: 'empty' }
  const half = Math.sqrt(Math.max(discriminant, 0))
  return { kind: 'interval', interval: [middle - half, middle + half] }
}
