import { meanOf } from '../mathematics/mean-of.ts'
import { defineMetric } from './metric.ts'

/** Half a point is a difference on a test set of this size. */
const largeTest = 50_000

/** Share of examples whose top class is the label; ties go to the lowest class. */
export const accuracy = defineMetric({
  name: 'accuracy',
  figure: {
    label: 'accuracy',
    heading: 'Accuracy, %',
    unit: '%',
    direction: 'higher',
    digits: 2,
    scale: 100,
  },
  of: ({ correct }) => meanOf(correct),
  evenGuess: (classes) => 1 / classes,
  scores: ({ correct }) => Float64Array.from(correct),
  judged: {
    noun: 'accuracy',
    scale: 100,
    digits: 1,
    tableDigits: 2,
    one: 'point',
    many: 'points',
    better: 'raised',
    worse: 'lowered',
    lead: '',
    difference: 'the difference in accuracy',
    range: 1,
    usualMargin: (test) => (test >= largeTest ? 0.005 : 0.01),
  },
  primary: {
    measured: 'test accuracy',
    guessedSeedSd: 0.006,
    made: { better: 'made the student more accurate', worse: 'made the student less accurate' },
    moved: { better: 'gained', worse: 'cost' },
  },
})
