/** Fresh processes an architecture is timed in (docs/statistics.md: at least 10 blocks), and what is timed in each. */
export const latencyPlan = { blocks: 10, warmUp: 20, requests: 200, batches: 40 } as const
/** Examples of a timed batch. */
export const latencyBatchSize = 32

/** Quantile p of ascending values, linear between order statistics (Hyndman and Fan 1996, type 7). */
export const quantileSorted = (ascending: ArrayLike<number>, p: number): number => {
  if (ascending.length === 0) throw new RangeError('a quantile of no values')
  if (!(p >= 0 && p <= 1)) throw new RangeError(`probability ${p} is not between 0 and 1`)
  const position = p * (ascending.length - 1)
  const below = Math.floor(position)
  const low = ascending[below] ?? 0
  const high = ascending[Math.min(below + 1, ascending.length - 1)] ?? 0
  return low + (position - below) * (high - low)
}
