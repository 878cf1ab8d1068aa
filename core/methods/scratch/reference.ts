import { labelLoss, meanOverBatch } from '../reference-terms.ts'
import type { BatchLoss, ReferenceBatch } from '../reference-terms.ts'

export const reference = (_settings: unknown, batch: ReferenceBatch): BatchLoss =>
  meanOverBatch(batch, (student, label) => labelLoss(student, label ?? Number.NaN))
