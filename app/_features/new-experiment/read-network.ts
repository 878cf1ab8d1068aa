import type { NetworkSpec, OptimizerSpec, TrainingSpec } from '../../../core/contracts/network.ts'
import { adamDefaults } from '../../../core/distillation/defaults.ts'
import type { NetworkFields } from './form-state.ts'
import { ranges } from './ranges.ts'
import { countsProblem, readCounts, readWidths, widthsProblem } from './read-number.ts'
import type { Problems, ReadNumber } from './to-draft.ts'

/** Network and training of the draft from what was typed; fields that are not shown are not read. */
export function readNetwork(
  who: 'teacher' | 'student',
  fields: NetworkFields,
  problems: Problems,
  number: ReadNumber,
): { network: NetworkSpec; training: TrainingSpec } {
  const hidden = readWidths(fields.hidden)
  const fits = hidden !== null && hidden.length <= 8 && hidden.every((width) => width >= 1 && width <= 8192)
  if (!fits) problems[`${who}.network.hidden`] = widthsProblem(fields.hidden)
  return {
    network: {
      kind: 'mlp',
      hidden: hidden ?? [],
      dropout: number(`${who}.network.dropout`, fields.dropout, ranges.dropout),
    },
    training: readTraining(`${who}.training`, fields, problems, number),
  }
}

function readTraining(
  path: string,
  fields: NetworkFields,
  problems: Problems,
  number: ReadNumber,
): TrainingSpec {
  const { warmUpSteps, clipNorm, earlyStop } = fields
  return {
    steps: number(`${path}.steps`, fields.steps, ranges.steps),
    batchSize: number(`${path}.batchSize`, fields.batchSize, ranges.batchSize),
    optimizer: readOptimizer(`${path}.optimizer`, fields, number),
    learningRate: number(`${path}.learningRate`, fields.learningRate, ranges.learningRate),
    schedule: readSchedule(`${path}.schedule`, fields, problems, number),
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

function readOptimizer(path: string, fields: NetworkFields, number: ReadNumber): OptimizerSpec {
  const weightDecay = number(`${path}.weightDecay`, fields.weightDecay, ranges.weightDecay)
  if (fields.optimizer === 'adam') return { ...adamDefaults, weightDecay }
  const momentum = number(`${path}.momentum`, fields.momentum, ranges.momentum)
  const plain = { name: 'sgd' as const, momentum, weightDecay }
  return fields.optimizer === 'nesterov' ? { ...plain, nesterov: true } : plain
}

/** Whether the milestones rise and lie below the steps is for the API to say. */
function readSchedule(
  path: string,
  fields: NetworkFields,
  problems: Problems,
  number: ReadNumber,
): TrainingSpec['schedule'] {
  if (fields.schedule !== 'step') return fields.schedule
  const milestones = readCounts(fields.milestones)
  if (milestones === null || milestones.length > 20 || milestones.includes(0)) {
    problems[`${path}.milestones`] = countsProblem(
      fields.milestones,
      'Up to 20 whole numbers that rise, such as “4000, 6000”.',
    )
  }
  return {
    name: 'step',
    milestones: milestones ?? [],
    factor: number(`${path}.factor`, fields.factor, ranges.factor),
  }
}
