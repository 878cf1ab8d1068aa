import { softTargets } from '../../../core/methods/soft-targets/card.ts'
import { noMethods, startFields, withArms, withChosen } from './arms/method-fields.ts'
import type { MethodFields, SettingFields } from './arms/method-fields.ts'
import type { FormState, NetworkFields, PresetId } from './form-state.ts'

export interface Preset {
  id: PresetId
  title: string
  text: string
  state: FormState
}

const training = {
  learningRate: '0.001',
  schedule: 'cosine',
  milestones: '',
  factor: '0.1',
  warmUpSteps: '',
  optimizer: 'adam',
  momentum: '0.9',
  beta1: '0.9',
  beta2: '0.999',
  epsilon: '1e-7',
  weightDecay: '0',
  clipNorm: '',
  earlyStop: 'off',
  everySteps: '',
  patience: '5',
} as const

const soft = startFields(softTargets.stored)
const softArm = (part: SettingFields = {}): MethodFields =>
  withArms(noMethods, 'soft', [{ ...soft, ...part }])

function network(hidden: string, dropout: string, steps: string, batchSize: string): NetworkFields {
  return { hidden, dropout, steps, batchSize, ...training }
}

const digits: FormState = {
  from: 'digits',
  question: null,
  data: 'digits',
  labels: '300',
  subset: 'per-seed',
  teacher: network('256, 256', '0.3', '1500', '64'),
  student: network('16', '0', '1500', '64'),
  methods: withChosen(softArm(), 'unlabelled', ['soft', 'hard']),
  others: [],
  seeds: '8',
  after: 'one-look',
  looks: '',
  firstSeed: '1',
  teacherSeed: '1001',
  engine: null,
  alpha: '0.05',
  primaryMetric: 'accuracy',
  margin: '1',
  margins: { accuracy: '', nll: '', brier: '', gap: '', latency: '', teacher: '' },
  spread: '',
}

const letter: FormState = {
  ...digits,
  from: 'letter',
  data: 'letter',
  labels: '1000',
  // Narrow networks on few columns learn faster at a higher rate.
  teacher: { ...network('128', '0', '10000', '128'), learningRate: '0.01' },
  student: { ...network('16', '0', '6000', '64'), learningRate: '0.01' },
}

const mnist: FormState = {
  ...digits,
  from: 'mnist',
  data: 'mnist',
  labels: '2000',
  teacher: network('800, 800', '0.5', '2800', '128'),
  student: network('128, 64', '0', '1250', '64'),
}

// Hinton, Vinyals and Dean 2015, section 3: two hidden layers of 1200 with dropout teach two of 800 at T 20.
const mnistLarge: FormState = {
  ...mnist,
  from: 'mnist-large',
  labels: 'all',
  teacher: network('1200, 1200', '0.5', '8400', '128'),
  student: network('800, 800', '0', '4200', '128'),
  methods: softArm({ temperature: '20' }),
  seeds: '5',
  margin: '0.1',
}

/** Settings to start from, the quickest first. */
export const presets: readonly Preset[] = [
  { id: 'digits', title: 'Digits, 300 labels', text: '8×8 images, the quickest', state: digits },
  { id: 'letter', title: 'Letters, 1,000 labels', text: 'a table of 16 columns, 128 to 16', state: letter },
  { id: 'mnist', title: 'MNIST, 2,000 labels', text: '800-800 to 128-64', state: mnist },
  { id: 'mnist-large', title: 'All of MNIST', text: '2×1200 to 2×800', state: mnistLarge },
]

/** The settings with this name; MNIST's for a name that is not known. */
export function presetState(id: string | null): FormState {
  return presets.find((preset) => preset.id === id)?.state ?? mnist
}
