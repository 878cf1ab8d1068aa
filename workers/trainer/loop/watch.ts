import type { Tensor } from '@tensorflow/tfjs-core'
import type { MetricPoint } from '../../../core/contracts/work-report.ts'
import { planMeasurements } from '../../../core/evaluation/plan-measurements.ts'
import type { PreparedRun } from '../data/prepare-run.ts'
import { evaluationSamples, measure, type Samples } from '../evaluate/measure.ts'
import type { Network } from '../network/build.ts'
import { readWeights } from '../network/initialise.ts'
import {
  afterMeasurement,
  isMeasured,
  isReported,
  startEarlyStop,
  type EarlyStopState,
} from './early-stop.ts'
import type { Pacer } from './pacer.ts'

export interface Look {
  /** What is to stand on the curves. */
  measured: MetricPoint[]
  reportsLoss: boolean
  /** Early stopping ends the training here. */
  stopped: boolean
}

/** Measures between the steps, on a plan that follows from the run, and decides about early stopping. */
export interface Watch {
  /** After `done` steps. @throws Diverged, Cancelled */
  look(weights: readonly Tensor[], done: number): Promise<Look>
  /** null where the run does not stop early. */
  earlyStop(): EarlyStopState | null
}

export function createWatch(
  network: Network,
  run: PreparedRun,
  pacer: Pacer,
  restored: EarlyStopState | null,
): Watch {
  const { steps, earlyStop } = run.spec.training
  const samples = evaluationSamples(run)
  const plan = planMeasurements({
    steps,
    batchSize: run.shape.size,
    labelledPerBatch: run.shape.labelled,
    labelled: run.labelled.length,
    evaluatedExamples: samples.train.length + samples.validation.length,
  })
  const on = (name: keyof Samples, weights: readonly Tensor[], done: number): Promise<MetricPoint[]> =>
    measure(network, weights, run, name, samples, done, pacer)

  // The last step is evaluated on all examples, by the caller.
  if (!earlyStop)
    return {
      earlyStop: () => null,
      look: async (weights, done) => ({
        measured:
          done < steps && plan.evaluates(done)
            ? [...(await on('train', weights, done)), ...(await on('validation', weights, done))]
            : [],
        reportsLoss: plan.reportsLoss(done),
        stopped: false,
      }),
    }

  let state = restored ?? startEarlyStop()
  return {
    earlyStop: () => state,
    async look(weights, done) {
      if (!isMeasured(earlyStop, steps, done))
        return { measured: [], reportsLoss: plan.reportsLoss(done), stopped: false }
      const validation = await on('validation', weights, done)
      const value =
        validation.find(({ key }) => key === `validation/${earlyStop.metric}`)?.value ?? Number.NaN
      state = afterMeasurement(earlyStop, state, { step: done, value }, () => readWeights(weights))
      const stopped = state.withoutGain >= earlyStop.patience
      const measured =
        stopped || isReported(earlyStop, steps, done)
          ? [...(await on('train', weights, done)), ...validation]
          : []
      return { measured, reportsLoss: stopped || plan.reportsLoss(done), stopped }
    },
  }
}
