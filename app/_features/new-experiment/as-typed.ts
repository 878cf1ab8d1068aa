import type { NetworkSpec, TrainingSpec } from '../../../core/contracts/network.ts'
import { movePoint, readHundredths } from '../../../core/numbers/read-number.ts'
import type { NetworkFields } from './form-state.ts'

/**
 * A network and its training as a person would have typed them.
 * @param start the fields that are not in use have its values
 */
export function networkFields(
  { network, training }: { network: NetworkSpec; training: TrainingSpec },
  start: NetworkFields,
): NetworkFields {
  const { optimizer, earlyStop } = training
  return {
    hidden: network.hidden.join(', '),
    dropout: String(network.dropout),
    steps: String(training.steps),
    batchSize: String(training.batchSize),
    learningRate: String(training.learningRate),
    ...scheduleFields(training.schedule, start),
    warmUpSteps: String(training.warmUpSteps ?? ''),
    optimizer: optimizer.name === 'sgd' && optimizer.nesterov === true ? 'nesterov' : optimizer.name,
    momentum: optimizer.name === 'sgd' ? String(optimizer.momentum) : start.momentum,
    ...(optimizer.name === 'adam'
      ? {
          beta1: String(optimizer.beta1),
          beta2: String(optimizer.beta2),
          epsilon: String(optimizer.epsilon),
        }
      : { beta1: start.beta1, beta2: start.beta2, epsilon: start.epsilon }),
    weightDecay: String(optimizer.weightDecay),
    clipNorm: String(training.clipNorm ?? ''),
    earlyStop: earlyStop?.metric ?? 'off',
    everySteps: earlyStop === undefined ? start.everySteps : String(earlyStop.everySteps),
    patience: earlyStop === undefined ? start.patience : String(earlyStop.patience),
  }
}

function scheduleFields(
  schedule: TrainingSpec['schedule'],
  { milestones, factor }: NetworkFields,
): Pick<NetworkFields, 'schedule' | 'milestones' | 'factor'> {
  if (typeof schedule === 'string') return { schedule, milestones, factor }
  return {
    schedule: schedule.name,
    milestones: schedule.milestones.join(', '),
    factor: String(schedule.factor),
  }
}

/** As a person would have typed it: 0.07 in points is 7. With its power where only that is read back to the last digit. */
export function typed(value: number, unit: 1 | 100): string {
  if (unit === 1) return String(value)
  const digits = movePoint(String(value), 2)
  const usual = readHundredths(String(Number(digits)))
  return 'value' in usual && usual.value === value ? String(Number(digits)) : digits
}
