import type { Protocol } from '../contracts/protocol.ts'

/**
 * Labels that a student's result rests on: those it is trained on, and those of the validation set where they choose the
 * step that is evaluated.
 */
export const labelsUsed = ({ labels, checkpoint, data }: Protocol): number =>
  labels.perSeed + (checkpoint === 'best-on-validation' ? data.validation : 0)
