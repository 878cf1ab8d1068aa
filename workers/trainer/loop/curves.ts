import type { TrainingSpec } from '../../../core/contracts/network.ts'
import type { MetricPoint } from '../../../core/contracts/work-report.ts'
import type { TrainerEvent } from '../../protocol/trainer-messages.ts'
import { learningRateAt } from './schedule.ts'
import type { StepResult } from './train-step.ts'

/** Sums over the steps since the last report; they stand in a checkpoint. */
export interface StepSums {
  lossSum: number
  lossCount: number
  /** Sum of the gradient's norms of the same steps; 0 where nothing is clipped. */
  gradientNormSum: number
}

const noSteps: StepSums = { lossSum: 0, lossCount: 0, gradientNormSum: 0 }

/** The curves of a training: what is sent of it, and what of it stands in a checkpoint. */
export interface Curves {
  /** After `done` steps: the step's loss, reported with those before it where it is due, and what was measured. */
  add(result: StepResult, done: number, at: { reportsLoss: boolean; measured: MetricPoint[] }): void
  /** All points that were sent. */
  points: MetricPoint[]
  sums(): StepSums
}

export function createCurves(
  training: TrainingSpec,
  send: (event: TrainerEvent) => void,
  restored: (StepSums & { points: MetricPoint[] }) | null,
): Curves {
  const points = restored?.points ?? []
  let sums: StepSums = restored ?? noSteps
  return {
    points,
    sums: () => sums,
    add(result, done, { reportsLoss, measured }) {
      sums = addStep(sums, result)
      const fresh: MetricPoint[] = []
      if (reportsLoss) {
        const learningRate = learningRateAt(training, done - 1)
        fresh.push(...stepPoints(sums, { step: done, learningRate, clipped: result.gradientNorm !== null }))
        sums = noSteps
      }
      fresh.push(...measured)
      if (fresh.length === 0) return
      send({ type: 'metrics', points: fresh })
      points.push(...fresh)
    },
  }
}

const addStep = (sums: StepSums, { loss, gradientNorm }: StepResult): StepSums => ({
  lossSum: sums.lossSum + loss,
  lossCount: sums.lossCount + 1,
  gradientNormSum: sums.gradientNormSum + (gradientNorm ?? 0),
})

/** What is reported of the steps since the last report: means of loss and, where clipped, of the norm; the last rate. */
function stepPoints(
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
