import { meanInterval } from '../statistics/mean-interval.ts'

export interface LatencySummary {
  /** Geometric mean over blocks of the blocks' medians. */
  p50Ms: number
  /** Geometric mean over blocks of the blocks' 90 % quantiles. */
  p90Ms: number
  /** 95 % interval of p50Ms. */
  p50Interval: [number, number]
  blocks: number
}

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

/**
 * Latency from blocks, each a fresh process: requests of one process are not independent, blocks are. The logarithm
 * of each block's quantile is one observation; its t-interval over blocks is exponentiated.
 * @param blocks milliseconds of the timed requests of each block, warm-up dropped.
 * @throws RangeError for fewer than two blocks, an empty block, or times that are not positive and finite.
 */
export const summariseLatency = (blocks: readonly ArrayLike<number>[]): LatencySummary => {
  if (blocks.length < 2)
    throw new RangeError(`latency: ${blocks.length} blocks, an interval needs two or more`)
  const logs = { p50: new Float64Array(blocks.length), p90: new Float64Array(blocks.length) }
  blocks.forEach((block, b) => {
    const ascending = Float64Array.from(block).sort()
    const fastest = ascending[0]
    if (fastest === undefined) throw new RangeError(`latency: block ${b} is empty`)
    // NaN sorts to the end, as the largest time would.
    if (!(fastest > 0) || !Number.isFinite(ascending[ascending.length - 1])) {
      throw new RangeError(`latency: block ${b} has a time that is not positive and finite`)
    }
    logs.p50[b] = Math.log(quantileSorted(ascending, 0.5))
    logs.p90[b] = Math.log(quantileSorted(ascending, 0.9))
  })
  const median = meanInterval(logs.p50)
  const half = median.half ?? 0
  return {
    p50Ms: Math.exp(median.mean),
    p90Ms: Math.exp(meanInterval(logs.p90).mean),
    p50Interval: [Math.exp(median.mean - half), Math.exp(median.mean + half)],
    blocks: blocks.length,
  }
}
