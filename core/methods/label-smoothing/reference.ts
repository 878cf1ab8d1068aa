import { labelLoss, meanOverBatch } from '../reference-terms.ts'
import type { BatchLoss, ReferenceBatch } from '../reference-terms.ts'

export const reference = ({ smoothing }: { smoothing: number }, batch: ReferenceBatch): BatchLoss =>
  meanOverBatch(batch, (student, label) => labelLoss(student, label ?? Number.NaN, smoothing))
