import type { TrainingSpec } from '../../../core/contracts/network.ts'
import type { RunSpec } from '../../../core/contracts/run.ts'

/** Params of a run as MLflow clients show them: flat text. What is off is left out. */
export function runParams({ training, network, method, seed, labels }: RunSpec): Record<string, string> {
  return {
    method: method?.name ?? 'teacher',
    seed: String(seed),
    hidden: network.hidden.join('-'),
    dropout: String(network.dropout),
    steps: String(training.steps),
    batchSize: String(training.batchSize),
    optimizer: training.optimizer.name,
    learningRate: String(training.learningRate),
    ...scheduleParams(training),
    ...guardParams(training),
    ...(labels === null ? {} : { labelsPerSeed: String(labels.perSeed) }),
    ...(method === null
      ? {}
      : Object.fromEntries(
          Object.entries(method)
            .filter(([key]) => key !== 'name')
            .map(([key, value]) => [key, String(value)]),
        )),
  }
}

function scheduleParams({ schedule, warmUpSteps }: TrainingSpec): Record<string, string> {
  return {
    ...(typeof schedule === 'string'
      ? { schedule }
      : {
          schedule: schedule.name,
          milestones: schedule.milestones.join(', '),
          factor: String(schedule.factor),
        }),
    ...(warmUpSteps === undefined ? {} : { warmUpSteps: String(warmUpSteps) }),
  }
}

function guardParams({ optimizer, clipNorm, earlyStop }: TrainingSpec): Record<string, string> {
  return {
    ...(optimizer.name === 'sgd' ? { momentum: String(optimizer.momentum) } : {}),
    ...(optimizer.name === 'sgd' && optimizer.nesterov === true ? { nesterov: 'true' } : {}),
    ...(clipNorm === undefined ? {} : { clipNorm: String(clipNorm) }),
    ...(earlyStop === undefined
      ? {}
      : {
          earlyStopMetric: earlyStop.metric,
          earlyStopEverySteps: String(earlyStop.everySteps),
          earlyStopPatience: String(earlyStop.patience),
        }),
  }
}
