/** Curves that every training writes, in the order of the choice. */
export const curveKeys = [
  'validation/accuracy',
  'validation/nll',
  'train/accuracy',
  'train/nll',
  'train/loss',
  'learning-rate',
] as const
