import type { SpokenMetric } from './phrases.ts'

/**
 * R, within which the scores of one example lie, of a metric whose bounds say something of what happens; else 0: how far
 * a rare catastrophe could go that the test set does not hold is then unknown, and nothing is added for it.
 */
const ranges: Record<SpokenMetric, number> = { accuracy: 1, gap: 1, nll: 0, brier: 0, score: 0 }

export const rangeOf = (metric: SpokenMetric): number => ranges[metric]

/**
 * 4 R²/N²: what C lacks where few examples disagree, or none. It is as if two examples more had come out each way, in the
 * manner of Bonett and Price (Stat. Methods Med. Res. 21, 2012): a kind of example on which an arm always fails, and of which
 * the test set holds few by chance, does not pass as "no difference".
 * @param range R of the scores. @param units N test examples, or G groups of them.
 */
export const unseenVariance = (range: number, units: number): number => (4 * range * range) / (units * units)
