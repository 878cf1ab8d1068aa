import type { TaughtReferenceBatch } from '../method.ts'
import { labelLoss, meanOverBatch, softTargetLoss, topClass, weighted } from '../reference-terms.ts'
import type { BatchLoss } from '../reference-terms.ts'
import type { SoftTargetSettings } from '../settings.ts'

export const reference = (
  { temperature, hardLabelWeight, softTargetWeight }: SoftTargetSettings,
  batch: TaughtReferenceBatch,
): BatchLoss =>
  meanOverBatch(batch, (student, label, i) => {
    const teacher = batch.teacher[i] ?? []
    return label === null
      ? weighted([softTargetWeight, labelLoss(student, topClass(teacher))])
      : weighted(
          [hardLabelWeight, labelLoss(student, label)],
          [softTargetWeight, softTargetLoss(student, teacher, temperature)],
        )
  })
