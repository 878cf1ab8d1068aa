import { meanOf } from '../mathematics/mean-of.ts'
import { betterAboveZero, defineMetric, negated } from './metric.ts'

/** Mean of −log p(label), nats. */
export const nll = defineMetric({
  name: 'nll',
  figure: { label: 'NLL', heading: 'NLL, nat', unit: 'nat', direction: 'lower', digits: 3, scale: 1 },
  of: (columns) => meanOf(columns.nll),
  evenGuess: (classes) => Math.log(classes),
  scores: (columns) => negated(columns.nll),
  judged: {
    ...betterAboveZero('NLL'),
    scale: 1,
    digits: 3,
    tableDigits: 3,
    one: 'nat',
    many: 'nat',
    better: 'lowered',
    worse: 'raised',
    range: 0,
    usualMargin: () => 0.02,
  },
  primary: {
    measured: 'test NLL',
    guessedSeedSd: 0.02,
    made: { better: 'gave the student a lower NLL', worse: 'gave the student a higher NLL' },
    moved: { better: 'lowered NLL by', worse: 'raised NLL by' },
  },
})
