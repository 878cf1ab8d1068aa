/**
 * train − test for accuracy (fraction), test − train for NLL (nats): positive where training data are fitted better.
 * @param train and test: figures of one run by metric.
 */
export const gapFigures = (
  train: { accuracy: number; nll: number },
  test: { accuracy: number; nll: number },
): { 'gap/accuracy': number; 'gap/nll': number } => ({
  'gap/accuracy': train.accuracy - test.accuracy,
  'gap/nll': test.nll - train.nll,
})
