import { betterAboveZero, defineMetric } from './metric.ts'

/** Train minus test accuracy, both in evaluation mode: a figure of two splits, judged on right or wrong of the test set. */
export const gap = defineMetric({
  name: 'gap',
  figure: {
    label: 'Train\u2013test gap',
    heading: 'Train\u2013test gap, points',
    unit: 'points',
    direction: 'lower',
    digits: 1,
    scale: 100,
  },
  judged: {
    ...betterAboveZero('the generalization gap'),
    scale: 100,
    digits: 1,
    tableDigits: 2,
    one: 'point',
    many: 'points',
    better: 'narrowed',
    worse: 'widened',
    range: 1,
    usualMargin: () => 0.01,
  },
})
