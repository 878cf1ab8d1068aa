import { engineCards } from '../../../core/engines/registry.ts'
import type { NetworkSpec } from '../../../core/contracts/network.ts'
import type { Protocol } from '../../../core/contracts/protocol.ts'
import type { ArmView } from '../../../core/contracts/views.ts'
import { cardOf } from '../../../core/methods/registry.ts'
import { batchShape } from '../../../core/planning/batch-shape.ts'
import type { BatchShape } from '../../../core/planning/batch-shape.ts'
import { labelsUsed } from '../../../core/planning/labels-used.ts'
import { count, listed } from '../../_ui/format.ts'
import {
  epochsText,
  evaluatedText,
  optionalRows,
  optimizerText,
  rateText,
} from '../experiment/training-text.ts'

export const roleText: Record<ArmView['role'], string> = {
  teacher: 'teacher',
  control: 'control',
  regularisation: 'regularisation control',
  distillation: 'distillation',
}

/**
 * Steps, batch and epochs of the teacher or of the students as they are trained: a batch is cut to the labelled
 * examples, and arms with unlabelled examples see fewer labelled ones a step, so they make fewer epochs of the labels.
 */
export function trainingRows(protocol: Protocol, who: 'teacher' | 'student'): [string, string][] {
  const { training } = protocol[who]
  const labelled = who === 'teacher' ? protocol.data.train : protocol.labels.perSeed
  const plain = batchShape(null, training.batchSize, labelled)
  const mixed = who === 'teacher' ? [] : mixedBatches(protocol)
  const epochs = ({ labelled: perStep }: BatchShape): string =>
    epochsText((training.steps * perStep) / labelled)
  return [
    [
      'Steps',
      `${training.earlyStop === undefined ? '' : 'at most '}${count(training.steps)} (${epochs(plain)}${mixed.length === 0 ? '' : ' of the labels'})`,
    ],
    [
      'Batch',
      plain.size === training.batchSize
        ? count(plain.size)
        : `${count(plain.size)}, all there are (${count(training.batchSize)} asked)`,
    ],
    ...mixed.map((shape): [string, string] => [
      mixed.length === 1
        ? 'With unlabelled examples'
        : `With ${count(shape.size - shape.labelled)} unlabelled a batch`,
      `${count(shape.labelled)} of ${count(shape.size)} with labels, ${epochs(shape)}`,
    ]),
    ['Optimizer', optimizerText(training.optimizer)],
    ['Learning rate', rateText(training)],
    ...optionalRows(training),
    ['Evaluated', evaluatedText(training)],
  ]
}

/** The different batches of the arms with unlabelled examples, in the order of the arms. */
function mixedBatches({ arms, student, labels }: Protocol): BatchShape[] {
  const shapes = arms
    .map(({ method }) => batchShape(method, student.training.batchSize, labels.perSeed))
    .filter(({ size, labelled }) => labelled < size)
  return [...new Map(shapes.map((shape) => [shape.labelled, shape])).values()]
}

export function dropoutText({ dropout }: NetworkSpec): string {
  return dropout === 0 ? 'no dropout' : `dropout ${dropout}`
}

/** Labels of the whole experiment in words: the teacher's and the students' are not the same number. */
export function labelsText(protocol: Protocol): string {
  const { data, labels, arms } = protocol
  const chosen = validationText(protocol)
  if (labels.perSeed >= data.train) {
    return `All ${count(data.train)} training labels, the same for teacher, control and students.${chosen}`
  }
  const students =
    labels.subset === 'fixed'
      ? `All seeds share one stratified draw of ${count(labels.perSeed)} labelled examples.`
      : `Every seed draws its own ${count(labels.perSeed)} labelled examples, stratified, the same for all arms at that seed.`
  const unlabelled = arms.some(({ method }) => cardOf(method.name).needs.unlabelled)
    ? ` Arms with unlabelled examples also see the other ${count(data.train - labels.perSeed)} examples, without their labels.`
    : ''
  return `${students} The teacher is trained on all ${count(data.train)} training labels.${unlabelled}${chosen}`
}

/** Labels that choose a step are used labels (docs/distillation.md); empty where nobody stops early. */
function validationText(protocol: Protocol): string {
  const { data, teacher, student } = protocol
  const sums = [
    ...(teacher.training.earlyStop === undefined
      ? []
      : [`${count(data.train + data.validation)} for the teacher`]),
    ...(student.training.earlyStop === undefined
      ? []
      : [`${count(labelsUsed(protocol))} for a student, in every arm`]),
  ]
  if (sums.length === 0) return ''
  return ` The ${count(data.validation)} validation labels choose where training ends and which step is evaluated, so they count: ${listed(sums)}.`
}

export function engineText({ engine }: Protocol): string {
  const { description, promise } = engineCards[engine.name]
  return `${description} Version ${engine.version}. ${promise.repeats}`
}
