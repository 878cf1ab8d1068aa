import type { Method } from '../../../core/contracts/arm.ts'
import type { NetworkSpec, TrainingSpec } from '../../../core/contracts/network.ts'
import type { Protocol } from '../../../core/contracts/protocol.ts'
import type { ArmView } from '../../../core/contracts/views.ts'
import { count, decimal, marginText } from '../../_ui/format.ts'

export const roleText: Record<ArmView['role'], string> = {
  teacher: 'teacher',
  control: 'control',
  regularisation: 'regularisation control',
  distillation: 'distillation',
}

/** "Adam, β 0.9 and 0.999" or "SGD, momentum 0.9, weight decay 0.0005". */
export function optimizerText({ optimizer }: TrainingSpec): string {
  const decay = optimizer.weightDecay === 0 ? '' : `, weight decay ${optimizer.weightDecay}`
  return optimizer.name === 'adam'
    ? `Adam, β ${optimizer.beta1} and ${optimizer.beta2}${decay}`
    : `SGD, momentum ${optimizer.momentum}${decay}`
}

/** "0.001, cosine to 0" */
export function rateText({ learningRate, schedule }: TrainingSpec): string {
  return schedule === 'cosine' ? `${learningRate}, cosine to 0` : `${learningRate}, constant`
}

/** "1,250 (40 epochs)": epochs follow from the steps; `examples` are those of one epoch. */
export function stepsText({ steps, batchSize }: TrainingSpec, examples: number): string {
  const epochs = decimal((steps * batchSize) / examples, 1).replace(/\.0$/, '')
  return `${count(steps)} (${epochs} ${epochs === '1' ? 'epoch' : 'epochs'})`
}

export function dropoutText({ dropout }: NetworkSpec): string {
  return dropout === 0 ? 'no dropout' : `dropout ${dropout}`
}

/** Labels of the whole experiment in words: the teacher's and the students' are not the same number. */
export function labelsText({ data, labels, arms }: Protocol): string {
  if (labels.perSeed >= data.train) {
    return `All ${count(data.train)} training labels, the same for teacher, control and students.`
  }
  const students =
    labels.subset === 'fixed'
      ? `All seeds share one stratified draw of ${count(labels.perSeed)} labelled examples.`
      : `Every seed draws its own ${count(labels.perSeed)} labelled examples, stratified, the same for all arms at that seed.`
  const unlabelled = arms.some(({ method }) => 'unlabelledShare' in method)
    ? ` Arms with unlabelled examples also see the other ${count(data.train - labels.perSeed)} images, without their labels.`
    : ''
  return `${students} The teacher is trained on all ${count(data.train)} training labels.${unlabelled}`
}

/** What the letters of an arm's formula stand for, with the names that the JSON uses. */
export function settingsText(method: Method): string {
  switch (method.name) {
    case 'scratch':
      return 'hard labels only'
    case 'label-smoothing':
      return `smoothing ε ${method.smoothing}; no teacher. Is it only regularisation?`
    case 'soft-targets':
      return softText(method)
    case 'soft-targets-unlabelled':
      return `${softText(method)}; ${shareText(method)}`
    case 'hard-labels-unlabelled':
      return `the same batches and weights, with the teacher’s first choice on unlabelled examples: shows whether softness matters; ${softText(method)}; ${shareText(method)}`
  }
}

function softText(method: {
  temperature: number
  hardLabelWeight: number
  softTargetWeight: number
}): string {
  return `temperature T ${method.temperature}, hardLabelWeight ${method.hardLabelWeight}, softTargetWeight ${method.softTargetWeight}`
}

function shareText({ unlabelledShare }: { unlabelledShare: number }): string {
  return `unlabelledShare ${unlabelledShare}: that part of every batch has no label`
}

/** "1 to 8", or the list where they do not follow each other. */
export function seedsText(seeds: readonly number[]): string {
  const first = seeds[0] ?? 0
  const inRow = seeds.every((seed, index) => seed === first + index)
  if (seeds.length === 1) return `Seed ${first}`
  return inRow ? `Seeds ${first} to ${first + seeds.length - 1}` : `Seeds ${seeds.join(', ')}`
}

/** What decides, as named facts. */
export function countsRows(protocol: Protocol): [string, string][] {
  const comparisons = protocol.arms.length - 1
  return [
    [
      'Primary metric',
      protocol.primaryMetric === 'accuracy' ? 'accuracy on the test set' : 'NLL on the test set',
    ],
    ['Margin', marginText(protocol.margin, protocol.primaryMetric)],
    [
      'α',
      comparisons === 1
        ? `${protocol.alpha}, one comparison`
        : `${protocol.alpha} over ${comparisons} comparisons, so ${Number((protocol.alpha / comparisons).toPrecision(3))} each`,
    ],
    ['Interval', `${protocol.paired ? 'paired' : 'unpaired'}, seeds × examples`],
    ['Checkpoint', 'last epoch, in every arm'],
  ]
}

const engines = {
  wasm: 'Portable: tfjs on WebAssembly with Stillhouse’s own kernels, one thread.',
  native: 'Native: TensorFlow’s library for this processor.',
  cpu: 'Reference: tfjs in plain JavaScript.',
} as const

const repeats = {
  wasm: 'The same specification gives the same weights, bit for bit, on any machine.',
  native:
    'The same specification gives the same weights on the same machine with the same number of threads.',
  cpu: 'The same specification gives the same weights on the same version of Node.',
} as const

export function engineText({ engine }: Protocol): string {
  return `${engines[engine.name]} Version ${engine.version}. ${repeats[engine.name]}`
}
