import { stepsPerEpoch } from '../../../core/planning/steps-per-epoch.ts'
import { curveKeys } from '../../../core/evaluation/curve-keys.ts'
import { readMetrics } from '../../../db/read-metrics.ts'
import type { CurvesPage } from '../../../core/contracts/views.ts'
import type { Context } from '../context.ts'
import { loadExperiment, runsOf, type LoadedExperiment } from './load-experiment.ts'

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
    keys: curveKeys.filter((one) => one !== 'train/gradient-norm' || clips(loaded)),
    key,
    arms: loaded.arms.map((arm) => ({
      armId: arm.id,
      stepsPerEpoch: stepsPerEpoch(loaded.protocol, arm.id),
      steps: trainingOf(loaded, arm.id).steps,
      seeds: runsOf(loaded, arm.id).map((run) => ({
        seed: run.seed ?? 0,
        runId: run.id,
        points: series.get(run.id) ?? [],
      })),
    })),
  }
}

const clips = ({ protocol: { teacher, student } }: LoadedExperiment): boolean =>
  [teacher, student].some(({ training }) => training.clipNorm !== undefined)

const trainingOf = ({ protocol }: LoadedExperiment, armId: string): { steps: number; batchSize: number } =>
  armId === 'teacher' ? protocol.teacher.training : protocol.student.training
