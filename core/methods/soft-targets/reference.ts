import type { TaughtReferenceBatch } from '../method.ts'
import { labelLoss, meanOverBatch, softTargetLoss, weighted } from '../reference-terms.ts'
import type { BatchLoss } from '../reference-terms.ts'
import type { SoftTargetSettings } from '../settings.ts'

export const reference = (
  { temperature, hardLabelWeight, softTargetWeight }: SoftTargetSettings,
  batch: TaughtReferenceBatch,
): BatchLoss =>
  meanOverBatch(batch, (student, label, i) =>
    weighted(
      [hardLabelWeight, labelLoss(student, label ?? Number.NaN)],
      [softTargetWeight, softTargetLoss(student, batch.teacher[i] ?? [], temperature)],
    ),
  )
