/** Curves that trainings write, in the order of the choice; the norm of the gradient only where it is clipped. */
export const curveKeys = [
  'validation/accuracy',
  'validation/nll',
  'train/accuracy',
  'train/nll',
  'train/loss',
  'train/gradient-norm',
  'learning-rate',
] as const
