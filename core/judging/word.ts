import type { ComparisonWord, VerdictWord } from '../contracts/verdict.ts'
import type { Interval } from '../mathematics/interval.ts'

/** The verdict word with what the interval says beyond it. */
export type Reading =
  | { word: 'no practical difference'; detail: 'within' | 'negligible-gain' | 'negligible-loss' }
  | { word: 'helped' | 'hurt'; detail: 'by-margin' | 'margin-open' }
  | { word: 'inconclusive'; detail: 'not-worse' | 'at-most-better' | 'wide' }

/**
 * Where the simultaneous interval lies against 0 and the margin. If all intervals of the page cover, no word is wrong.
 * @param margin smallest difference that matters, positive, in the units of the interval.
 * @throws RangeError for a margin that is not positive and finite.
 */
export const readInterval = ([low, high]: Interval, margin: number): Reading => {
  if (!(margin > 0) || !Number.isFinite(margin)) throw new RangeError(`margin ${margin} is not positive`)
  if (low > -margin && high < margin) {
    if (low > 0) return { word: 'no practical difference', detail: 'negligible-gain' }
    if (high < 0) return { word: 'no practical difference', detail: 'negligible-loss' }
    return { word: 'no practical difference', detail: 'within' }
  }
  if (low > 0) return { word: 'helped', detail: low >= margin ? 'by-margin' : 'margin-open' }
  if (high < 0) return { word: 'hurt', detail: high <= -margin ? 'by-margin' : 'margin-open' }
  if (low > -margin) return { word: 'inconclusive', detail: 'not-worse' }
  return { word: 'inconclusive', detail: high < margin ? 'at-most-better' : 'wide' }
}

/** The gap is smaller or larger where other metrics helped or hurt. */
export const wordOf = (metric: string, word: VerdictWord): ComparisonWord => {
  if (metric !== 'gap') return word
  return word === 'helped' ? 'smaller' : word === 'hurt' ? 'larger' : word
}
