/** Adam as tfjs and Keras set it up. Ready settings and the demonstration share it, so that they share their teacher. */
export const adamDefaults = {
  name: 'adam',
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-7,
  weightDecay: 0,
} as const

/** Beside every result of the demonstration. */
export const demonstrationRemark =
  'A demonstration: its settings were chosen knowing the outcome of an earlier look at this data.'
