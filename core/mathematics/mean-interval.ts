import { tQuantile } from './quantiles.ts'

export interface MeanInterval {
  mean: number
  /** Half of the two-sided interval; null with fewer than two values. */
  half: number | null
  n: number
}

/**
 * Mean of independent values with its t-interval: mean ± t_{1−α/2, n−1} s/√n. Assumes values near normal,
 * such as seed means.
 * @throws RangeError for no values, values that are not finite and levels outside (0, 1).
 */
export const meanInterval = (values: ArrayLike<number>, level: number = 0.95): MeanInterval => {
  const n = values.length
  if (n === 0) throw new RangeError('meanInterval: no values')
  let sum = 0
  for (let i = 0; i < n; i++) sum += values[i] ?? Number.NaN
  if (!Number.isFinite(sum)) throw new RangeError('meanInterval: values are not finite')
  const mean = sum / n
  if (n === 1) return { mean, half: null, n }
  let squares = 0
  for (let i = 0; i < n; i++) squares += ((values[i] ?? 0) - mean) ** 2
  const half = tQuantile(1 - (1 - level) / 2, n - 1) * Math.sqrt(squares / (n - 1) / n)
  return { mean, half, n }
}
