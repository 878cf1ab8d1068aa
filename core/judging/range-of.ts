import type { SpokenMetric } from '../contracts/verdict.ts'
import { judgedOf } from '../metrics/registry.ts'

/** R of the scores; those of a file are looked at for it. */
export const rangeOf = (metric: SpokenMetric): number => (metric === 'score' ? 0 : judgedOf(metric).range)
