import type { MetricPoint } from '../../core/contracts/work-report.ts'
import type { StepResult } from './train-step.ts'

/** Sums over the steps since the last report; they stand in a checkpoint. */
export interface StepSums {
  lossSum: number
  lossCount: number
  gradientNormSum: number
}

export const noSteps: StepSums = { lossSum: 0, lossCount: 0, gradientNormSum: 0 }

export const addStep = (sums: StepSums, { loss, gradientNorm }: StepResult): StepSums => ({
  lossSum: sums.lossSum + loss,
  lossCount: sums.lossCount + 1,
  gradientNormSum: sums.gradientNormSum + (gradientNorm ?? 0),
})

/** What is reported of the steps since the last report: means of loss and, where clipped, of the norm; the last rate. */
export function stepPoints(
  { lossSum, lossCount, gradientNormSum }: StepSums,
  at: { step: number; learningRate: number; clipped: boolean },
): MetricPoint[] {
  const { step, learningRate, clipped } = at
  return [
    { key: 'train/loss', step, value: lossSum / lossCount },
    ...(clipped ? [{ key: 'train/gradient-norm', step, value: gradientNormSum / lossCount }] : []),
    { key: 'learning-rate', step, value: learningRate },
  ]
}
