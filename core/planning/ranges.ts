import type { Range } from '../numbers/range.ts'

/** What the numbers of a draft may be, but for those of methods and networks, which bring their own. */
export const ranges = {
  steps: { min: 1, max: 10_000_000, whole: true, say: 'Steps: a whole number from 1 to 10,000,000.' },
  batchSize: { min: 1, max: 8192, whole: true, say: 'Batch: a whole number from 1 to 8,192.' },
  learningRate: {
    min: 1e-12,
    max: 1e9,
    say: 'The learning rate is a number above 0, from 1e-12 to 1e9.',
  },
  factor: {
    min: 0,
    max: 1,
    open: 'both',
    unit: 'share',
    say: 'The factor lies between 0 and 1, both excluded.',
  },
  warmUpSteps: {
    min: 1,
    max: 10_000_000,
    whole: true,
    say: 'Warm-up: a whole number of steps from 1, or empty.',
  },
  clipNorm: { min: 1e-9, max: 1e9, say: 'The norm is a number above 0, from 1e-9 to 1e9, or empty.' },
  everySteps: { min: 1, max: 10_000_000, whole: true, say: 'A whole number of steps from 1.' },
  patience: { min: 1, max: 1000, whole: true, say: 'A whole number from 1 to 1,000.' },
  momentum: {
    min: 0,
    max: 1,
    open: 'max',
    unit: 'share',
    say: 'Momentum is a number from 0 up to, but not, 1.',
  },
  weightDecay: { min: 0, max: 1e9, say: 'Weight decay is a number from 0 to 1e9.' },
  beta: { min: 0, max: 1, open: 'max', unit: 'share', say: 'Beta is a number from 0 up to, but not, 1.' },
  epsilon: { min: 1e-30, max: 1000, say: 'Epsilon is a number above 0, from 1e-30 to 1,000.' },
  alpha: { min: 1e-6, max: 0.5, unit: 'share', say: 'Alpha is a share from 0.000001 to 0.5, usually 0.05.' },
  teacherSeed: {
    min: -1_000_000_000,
    max: 1_000_000_000,
    whole: true,
    say: 'A whole number up to 1,000,000,000.',
  },
  labels: { min: 1, max: 1_000_000_000, whole: true, say: 'Labels: a whole number, or “all”.' },
  seeds: { min: 0, max: 1_000_000, whole: true, say: 'Seeds: a whole number from 1 to 100.' },
  firstSeed: { min: 1, max: 1_000_000, whole: true, say: 'A whole number from 1 to 1,000,000.' },
  margin: { min: -1e9, max: 1e9, say: 'The margin is a number above 0.' },
  spread: { min: 1e-5, max: 1000, say: 'The spread is a number from 0.00001 to 1,000, or empty.' },
} as const satisfies Record<string, Range>
