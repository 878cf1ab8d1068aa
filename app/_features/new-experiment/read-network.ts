import type { NetworkSpec, OptimizerSpec, TrainingSpec } from '../../../core/contracts/network.ts'
import type { NetworkFields } from './form-state.ts'
import { architectures } from '../../../core/networks/registry.ts'
import { ranges } from '../../../core/planning/ranges.ts'
import { readList, readWidths } from './read-number.ts'
import type { Reading } from './reading.ts'

/** Network and training of the draft from what was typed; fields that are not shown are not read. */
export function readNetwork(
  who: 'teacher' | 'student',
  fields: NetworkFields,
  reading: Reading,
): { network: NetworkSpec; training: TrainingSpec } {
  const { problems, number } = reading
  const hidden = readWidths(fields.hidden, architectures.mlp.fields.hidden)
  if ('problem' in hidden) problems[`${who}.network.hidden`] = hidden.problem
  return {
    network: {
      kind: 'mlp',
      hidden: 'values' in hidden ? hidden.values : [],
      dropout: number(`${who}.network.dropout`, fields.dropout, architectures.mlp.fields.dropout.range),
    },
    training: readTraining(`${who}.training`, fields, reading),
  }
}

function readTraining(path: string, fields: NetworkFields, reading: Reading): TrainingSpec {
  const { number } = reading
  const { warmUpSteps, clipNorm, earlyStop } = fields
  return {
    steps: number(`${path}.steps`, fields.steps, ranges.steps),
    batchSize: number(`${path}.batchSize`, fields.batchSize, ranges.batchSize),
    optimizer: readOptimizer(`${path}.optimizer`, fields, reading),
    learningRate: number(`${path}.learningRate`, fields.learningRate, ranges.learningRate),
    schedule: readSchedule(`${path}.schedule`, fields, reading),
    ...(warmUpSteps.trim() === ''
      ? {}
      : { warmUpSteps: number(`${path}.warmUpSteps`, warmUpSteps, ranges.warmUpSteps) }),
    ...(clipNorm.trim() === '' ? {} : { clipNorm: number(`${path}.clipNorm`, clipNorm, ranges.clipNorm) }),
    ...(earlyStop === 'off'
      ? {}
      : {
          earlyStop: {
            metric: earlyStop,
            everySteps: number(`${path}.earlyStop.everySteps`, fields.everySteps, ranges.everySteps),
            patience: number(`${path}.earlyStop.patience`, fields.patience, ranges.patience),
          },
        }),
  }
}

function readOptimizer(path: string, fields: NetworkFields, { number }: Reading): OptimizerSpec {
  const weightDecay = number(`${path}.weightDecay`, fields.weightDecay, ranges.weightDecay)
  if (fields.optimizer === 'adam') {
    return {
      name: 'adam',
      beta1: number(`${path}.beta1`, fields.beta1, ranges.beta),
      beta2: number(`${path}.beta2`, fields.beta2, ranges.beta),
      epsilon: number(`${path}.epsilon`, fields.epsilon, ranges.epsilon),
      weightDecay,
    }
  }
  const momentum = number(`${path}.momentum`, fields.momentum, ranges.momentum)
  const plain = { name: 'sgd' as const, momentum, weightDecay }
  return fields.optimizer === 'nesterov' ? { ...plain, nesterov: true } : plain
}

/** Whether the milestones rise and lie below the steps is for the API to say. */
function readSchedule(
  path: string,
  fields: NetworkFields,
  { problems, number }: Reading,
): TrainingSpec['schedule'] {
  if (fields.schedule !== 'step') return fields.schedule
  const milestones = readList(
    fields.milestones,
    (steps) => steps.length > 0 && steps.length <= 20 && !steps.includes(0),
    'Up to 20 whole numbers that rise, such as “4000, 6000”.',
  )
  if ('problem' in milestones) problems[`${path}.milestones`] = milestones.problem
  return {
    name: 'step',
    milestones: 'values' in milestones ? milestones.values : [],
    factor: number(`${path}.factor`, fields.factor, ranges.factor),
  }
}
