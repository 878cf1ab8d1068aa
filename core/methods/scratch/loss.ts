import { crossEntropyTerm, meanOfTerms } from '../loss-terms.ts'
import type { Loss } from '../loss-terms.ts'
import type { Frame } from '../method.ts'

export const loss = (_settings: unknown, { classes, labels }: Frame): Loss =>
  meanOfTerms(classes, [crossEntropyTerm(classes, labels, 1)], null)
