import type { Interval } from '../mathematics/interval.ts'
import { meanInterval } from '../mathematics/mean-interval.ts'
import { readInterval } from './word.ts'

/** With fewer blocks the interval is shown without a word. */
export const fewestBlocks = 10

export type LatencyWord = 'faster' | 'slower' | 'no practical difference' | 'inconclusive'

/** Why there is no word; the last two are for who knows the other questions to say. */
export type LatencyNoWord = 'too-few-blocks' | 'no-spread' | 'no-primary-word' | 'exploratory'

export interface LatencyRatio {
  /** baseline/other, geometric mean over blocks: 1.8 reads "1.8 times as fast". */
  ratio: number
  /** At level 1 − alpha/M; null with one block. */
  interval: Interval | null
  word: LatencyWord | null
  /** Set exactly when there is no word. */
  noWord: LatencyNoWord | null
  blocks: number
}

const words = {
  helped: 'faster',
  hurt: 'slower',
  'no practical difference': 'no practical difference',
  inconclusive: 'inconclusive',
} as const

/**
 * Ratio of two latencies by blocks: each block gives one quantile of either model, measured in fresh processes one
 * after the other in random order; t-interval on l = log(baseline/other), ν = B − 1, exponentiated. Requests within
 * a process are not independent, blocks are. The word is read as for a verdict, with the margin log(1 + margin).
 * @param input.baseline and other: the same quantile (such as p50) of each block, any unit, the same order of blocks.
 * @param input.alpha of the family. @param input.corrected M. @param input.margin as a fraction, 0.05 is 5 %.
 * @throws RangeError for no blocks, unlike numbers of them, latencies that are not positive and finite, alpha outside
 * (0, 1), M that is not a positive integer, a margin that is not positive.
 */
export const latencyRatio = (input: {
  baseline: readonly number[]
  other: readonly number[]
  alpha: number
  corrected?: number
  margin?: number
}): LatencyRatio => {
  const { baseline, other, alpha, corrected = 1, margin = 0.05 } = input
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha ${alpha} is not between 0 and 1`)
  if (!Number.isInteger(corrected) || corrected < 1)
    throw new RangeError(`corrected ${corrected} is not a positive integer`)
  if (!(margin > 0) || !Number.isFinite(margin)) throw new RangeError(`margin ${margin} is not positive`)
  const blocks = baseline.length
  if (blocks === 0 || other.length !== blocks)
    throw new RangeError(`other: ${other.length} blocks, the baseline has ${blocks}; at least one is needed`)
  for (const [name, values] of Object.entries({ baseline, other })) {
    for (const value of values)
      if (!(value > 0) || !Number.isFinite(value))
        throw new RangeError(`${name}: latency ${value} is not positive`)
  }

  const logs = baseline.map((value, b) => Math.log(value) - Math.log(other[b] ?? Number.NaN))
  const { mean, half } = meanInterval(logs, 1 - alpha / corrected)
  const result = { ratio: Math.exp(mean), blocks }
  if (half === null) return { ...result, interval: null, word: null, noWord: 'too-few-blocks' }
  const interval: Interval = [Math.exp(mean - half), Math.exp(mean + half)]
  if (blocks < fewestBlocks) return { ...result, interval, word: null, noWord: 'too-few-blocks' }
  if (half <= 1e-12 && Math.abs(mean) > 1e-12) return { ...result, interval, word: null, noWord: 'no-spread' }
  const { word } = readInterval([mean - half, mean + half], Math.log1p(margin))
  return { ...result, interval, word: words[word], noWord: null }
}
