import { meanInterval } from './mean-interval.ts'

/**
 * Geometric mean of positive values with its 95 % interval: a t-interval on the log scale, exponentiated. For
 * latencies, where one block (a fresh process) is one observation; the requests within a process are not independent.
 * @param values one figure a block, such as its median in milliseconds; at least two.
 * @throws RangeError for fewer than two values and for values that are not positive and finite.
 */
export const geometricMean = (values: ArrayLike<number>): { mean: number; interval: [number, number] } => {
  const logs = Float64Array.from(values, (value) => {
    if (!(value > 0) || !Number.isFinite(value)) {
      throw new RangeError(`geometricMean: ${value} is not positive and finite`)
    }
    return Math.log(value)
  })
  const { mean, half } = meanInterval(logs)
  if (half === null) throw new RangeError('geometricMean: one value has no interval')
  return { mean: Math.exp(mean), interval: [Math.exp(mean - half), Math.exp(mean + half)] }
}
