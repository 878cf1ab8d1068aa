import type { TaughtReferenceBatch } from '../method.ts'
import { labelLoss, meanOverBatch, weighted } from '../reference-terms.ts'
import type { BatchLoss, LossAndGradient } from '../reference-terms.ts'

export interface LogitMatchingSettings {
  hardLabelWeight: number
  logitWeight: number
}

/** Σ_k (z_s,k − z_t,k)² / K; gradient 2 (z_s − z_t) / K. */
function squaredDifference(student: readonly number[], teacher: readonly number[]): LossAndGradient {
  const differences = student.map((z, k) => z - (teacher[k] ?? Number.NaN))
  return {
    loss: differences.reduce((sum, d) => sum + d ** 2, 0) / student.length,
    gradient: differences.map((d) => (2 * d) / student.length),
  }
}

export const reference = (
  { hardLabelWeight, logitWeight }: LogitMatchingSettings,
  batch: TaughtReferenceBatch,
): BatchLoss =>
  meanOverBatch(batch, (student, label, i) =>
    weighted(
      [hardLabelWeight, labelLoss(student, label ?? Number.NaN)],
      [logitWeight, squaredDifference(student, batch.teacher[i] ?? [])],
    ),
  )
