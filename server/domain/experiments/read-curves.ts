import { readMetrics } from '../../../db/read-metrics.ts'
import type { CurvesPage } from '../../../core/contracts/views.ts'
import type { Context } from '../context.ts'
import { loadExperiment, runsOf, type LoadedExperiment } from './load-experiment.ts'

/** Curves by epoch that every training writes, in the order of the choice. */
export const curveKeys = [
  'validation/accuracy',
  'validation/nll',
  'train/accuracy',
  'train/nll',
  'train/loss',
  'learning-rate',
] as const

/** Every seed's curve of one metric. */
export function readCurves(ctx: Context, { id, key }: { id: string; key: string }): CurvesPage {
  const loaded = loadExperiment(ctx, id)
  const series = new Map(
    readMetrics(
      ctx.db.read,
      loaded.runs.map((run) => run.id),
      [key],
    ).map((one) => [one.runId, one.points]),
  )
  return {
    keys: [...curveKeys],
    key,
    arms: loaded.arms.map((arm) => ({
      armId: arm.id,
      stepsPerEpoch: stepsPerEpoch(loaded, arm.id),
      steps: trainingOf(loaded, arm.id).steps,
      seeds: runsOf(loaded, arm.id).map((run) => ({
        seed: run.seed ?? 0,
        runId: run.id,
        points: series.get(run.id) ?? [],
      })),
    })),
  }
}

const trainingOf = ({ protocol }: LoadedExperiment, armId: string): { steps: number; batchSize: number } =>
  armId === 'teacher' ? protocol.teacher.training : protocol.student.training

/**
 * Gradient steps in one pass over the labelled examples. As in the trainer a batch is never larger than these, and an
 * arm with unlabelled examples sees fewer labelled ones a step.
 */
export function stepsPerEpoch({ protocol }: Pick<LoadedExperiment, 'protocol'>, armId: string): number {
  if (armId === 'teacher') {
    return protocol.data.train / Math.min(protocol.teacher.training.batchSize, protocol.data.train)
  }
  const batchSize = Math.min(protocol.student.training.batchSize, protocol.labels.perSeed)
  const method = protocol.arms.find((arm) => arm.id === armId)?.method
  const unlabelled =
    method !== undefined && 'unlabelledShare' in method
      ? Math.min(batchSize - 1, Math.max(1, Math.round(batchSize * method.unlabelledShare)))
      : 0
  return protocol.labels.perSeed / (batchSize - unlabelled)
}
