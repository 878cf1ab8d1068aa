import type { Method } from '../contracts/arm.ts'
import type { NetworkSpec, TrainingSpec } from '../contracts/network.ts'
import type { DataName } from '../contracts/protocol.ts'
import { adamDefaults } from './defaults.ts'

/** Settings that are ready to be launched, or changed: what they do not name is as usual. */
export interface ReadyPlan {
  data: DataName
  /** Labels of a student; `all`: those of every training example. */
  labels: number | 'all'
  teacher: Trained
  student: Trained
  methods: Method[]
  seeds: number
  /** Of accuracy, a fraction. */
  margin: number
}

interface Trained {
  network: NetworkSpec
  training: TrainingSpec
}

function trained(
  hidden: number[],
  dropout: number,
  steps: number,
  batchSize: number,
  learningRate = 1e-3,
): Trained {
  return {
    network: { kind: 'mlp', hidden, dropout },
    training: { steps, batchSize, optimizer: adamDefaults, learningRate, schedule: 'cosine' },
  }
}

const softTargets = { temperature: 4, hardLabelWeight: 0.1, softTargetWeight: 0.9 }
const smoothing: Method = { name: 'label-smoothing', smoothing: 0.1 }
const fewLabels: Method[] = [
  smoothing,
  { name: 'soft-targets', ...softTargets },
  { name: 'soft-targets-unlabelled', ...softTargets, unlabelledShare: 0.5 },
  { name: 'hard-labels-unlabelled', ...softTargets, unlabelledShare: 0.5 },
]

const digits: ReadyPlan = {
  data: 'digits',
  labels: 300,
  teacher: trained([256, 256], 0.3, 1500, 64),
  student: trained([16], 0, 1500, 64),
  methods: fewLabels,
  seeds: 8,
  margin: 0.01,
}

const letter: ReadyPlan = {
  ...digits,
  data: 'letter',
  labels: 1000,
  // Narrow networks on few columns learn faster at a higher rate.
  teacher: trained([128], 0, 10_000, 128, 0.01),
  student: trained([16], 0, 6000, 64, 0.01),
}

/** That of the demonstration too. */
export const readyMnist = {
  ...digits,
  data: 'mnist',
  labels: 2000,
  teacher: trained([800, 800], 0.5, 2800, 128),
  // 40 passes over 2,000 labels.
  student: trained([128, 64], 0, 1250, 64),
} satisfies ReadyPlan

// Hinton, Vinyals and Dean 2015, section 3: two hidden layers of 1200 with dropout teach two of 800 at T 20.
const mnistLarge: ReadyPlan = {
  data: 'mnist',
  labels: 'all',
  teacher: trained([1200, 1200], 0.5, 8400, 128),
  student: trained([800, 800], 0, 4200, 128),
  methods: [smoothing, { name: 'soft-targets', ...softTargets, temperature: 20 }],
  seeds: 5,
  margin: 0.001,
}

/** By the names that stand in addresses, the quickest first. */
export const readyPlans = { digits, letter, mnist: readyMnist, 'mnist-large': mnistLarge }
