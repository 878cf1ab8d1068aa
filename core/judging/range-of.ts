import type { SpokenMetric } from '../contracts/verdict.ts'

/**
 * R, within which the scores of one example lie, of a metric whose bounds say something of what happens; else 0: how far
 * a rare catastrophe could go that the test set does not hold is then unknown, and nothing is added for it.
 */
const ranges: Record<SpokenMetric, number> = { accuracy: 1, gap: 1, nll: 0, brier: 0, score: 0 }

export const rangeOf = (metric: SpokenMetric): number => ranges[metric]
