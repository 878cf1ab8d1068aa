import { readyPlans } from '../../../core/planning/ready-plans.ts'
import { arrangeMethods } from './arms/arrange-methods.ts'
import { noMethods } from './arms/method-fields.ts'
import { networkFields, typed } from './as-typed.ts'
import type { FormState, NetworkFields, PresetId } from './form-state.ts'

export interface Preset {
  id: PresetId
  title: string
  text: string
  state: FormState
}

/** What stands in fields that the ready settings do not use. */
const unused: NetworkFields = {
  hidden: '',
  dropout: '',
  steps: '',
  batchSize: '',
  learningRate: '',
  schedule: 'cosine',
  milestones: '',
  factor: '0.1',
  warmUpSteps: '',
  optimizer: 'adam',
  momentum: '0.9',
  beta1: '',
  beta2: '',
  epsilon: '',
  weightDecay: '',
  clipNorm: '',
  earlyStop: 'off',
  everySteps: '',
  patience: '5',
}

function formOf(from: PresetId): FormState {
  const { data, labels, teacher, student, methods, seeds, margin } = readyPlans[from]
  return {
    from,
    question: null,
    data,
    labels: String(labels),
    subset: 'per-seed',
    teacher: networkFields(teacher, unused),
    student: networkFields(student, unused),
    ...arrangeMethods(methods, noMethods),
    seeds: String(seeds),
    after: 'one-look',
    looks: '',
    firstSeed: '1',
    teacherSeed: '1001',
    engine: null,
    alpha: '0.05',
    primaryMetric: 'accuracy',
    margin: typed(margin, 100),
    margins: { accuracy: '', nll: '', brier: '', gap: '', latency: '', teacher: '' },
    spread: '',
  }
}

/** Settings to start from, the quickest first. */
export const presets: readonly Preset[] = [
  {
    id: 'digits',
    title: 'Digits, 300 labels',
    text: '8×8 images, the quickest',
    state: formOf('digits'),
  },
  {
    id: 'letter',
    title: 'Letters, 1,000 labels',
    text: 'a table of 16 columns, 128 to 16',
    state: formOf('letter'),
  },
  { id: 'mnist', title: 'MNIST, 2,000 labels', text: '800-800 to 128-64', state: formOf('mnist') },
  { id: 'mnist-large', title: 'All of MNIST', text: '2×1200 to 2×800', state: formOf('mnist-large') },
]

/** The settings with this name; MNIST's for a name that is not known. */
export function presetState(id: string | null): FormState {
  return presets.find((preset) => preset.id === id)?.state ?? formOf('mnist')
}
