import type { Method } from '../contracts/arm.ts'
import type { NetworkSpec, OptimizerSpec, TrainingSpec } from '../contracts/network.ts'
import type { ExperimentDraft } from '../contracts/protocol.ts'
import { architectures } from '../networks/registry.ts'
import type { DraftProblem } from './draft-problem.ts'
import { openMethod } from '../methods/registry.ts'
import { within, type Range } from '../numbers/range.ts'
import { ranges } from './ranges.ts'

type Checked = [path: string, value: number | undefined, range: Range]

/** Each number of a draft that leaves the range in which what is made of it can be computed and read. */
export const checkRanges = (draft: ExperimentDraft): DraftProblem[] =>
  [
    ...networkNumbers('teacher', draft.teacher),
    ['teacher.seed', draft.teacher.seed, ranges.teacherSeed] satisfies Checked,
    ...networkNumbers('student', draft.student),
    ...draft.methods.flatMap((method, index) => methodNumbers(`methods.${index}`, method)),
    ['alpha', draft.alpha, ranges.alpha] satisfies Checked,
  ].flatMap(([path, value, range]) =>
    value === undefined || within(value, range) ? [] : [{ path, message: range.say }],
  )

function networkNumbers(
  who: 'teacher' | 'student',
  { network, training }: { network: NetworkSpec; training: TrainingSpec },
): Checked[] {
  const path = `${who}.training`
  const { schedule, earlyStop } = training
  return [
    [`${who}.network.dropout`, network.dropout, architectures[network.kind].fields.dropout.range],
    [`${path}.steps`, training.steps, ranges.steps],
    [`${path}.batchSize`, training.batchSize, ranges.batchSize],
    [`${path}.learningRate`, training.learningRate, ranges.learningRate],
    [`${path}.schedule.factor`, typeof schedule === 'string' ? undefined : schedule.factor, ranges.factor],
    [`${path}.warmUpSteps`, training.warmUpSteps, ranges.warmUpSteps],
    [`${path}.clipNorm`, training.clipNorm, ranges.clipNorm],
    [`${path}.earlyStop.everySteps`, earlyStop?.everySteps, ranges.everySteps],
    [`${path}.earlyStop.patience`, earlyStop?.patience, ranges.patience],
    ...optimizerNumbers(`${path}.optimizer`, training.optimizer),
  ]
}

function optimizerNumbers(path: string, optimizer: OptimizerSpec): Checked[] {
  const decay: Checked = [`${path}.weightDecay`, optimizer.weightDecay, ranges.weightDecay]
  if (optimizer.name === 'sgd') return [[`${path}.momentum`, optimizer.momentum, ranges.momentum], decay]
  return [
    [`${path}.beta1`, optimizer.beta1, ranges.beta],
    [`${path}.beta2`, optimizer.beta2, ranges.beta],
    [`${path}.epsilon`, optimizer.epsilon, ranges.epsilon],
    decay,
  ]
}

const methodNumbers = (path: string, method: Method): Checked[] =>
  openMethod(method).stored.map(({ key, spec, value }) => [`${path}.${key}`, value, spec.range])
