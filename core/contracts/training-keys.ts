/** How the names of all metrics begin that a training or its evaluation writes. */
export const trainingKeyPrefixes = ['train/', 'validation/', 'test/', 'gap/', 'learning-rate'] as const

/** Whether a metric of this name is the training's own; every other name is free for clients. */
export const isTrainingKey = (key: string): boolean =>
  trainingKeyPrefixes.some((prefix) => key.startsWith(prefix))
