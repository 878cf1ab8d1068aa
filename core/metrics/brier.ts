import { meanOf } from '../mathematics/mean-of.ts'
import { betterAboveZero, defineMetric, negated } from './metric.ts'

/** Mean of Σ_k (p_k − 1[k = label])², 0 to 2 (Brier 1950). */
export const brier = defineMetric({
  name: 'brier',
  figure: { label: 'Brier score', heading: 'Brier score', unit: '', direction: 'lower', digits: 3, scale: 1 },
  of: (columns) => meanOf(columns.brier),
  evenGuess: (classes) => 1 - 1 / classes,
  scores: (columns) => negated(columns.brier),
  judged: {
    ...betterAboveZero('the Brier score'),
    scale: 1,
    digits: 3,
    tableDigits: 3,
    one: '',
    many: '',
    better: 'lowered',
    worse: 'raised',
    range: 0,
    usualMargin: () => 0.01,
  },
})
