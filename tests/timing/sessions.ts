import { ExperimentDraft, type ExperimentDraftInput } from '../../core/contracts/protocol.ts'
import { adamDefaults } from '../../core/planning/defaults.ts'

const softTargets = { temperature: 4, hardLabelWeight: 0.1, softTargetWeight: 0.9 } as const
const training = (steps: number, batchSize: number) => ({
  steps,
  batchSize,
  optimizer: adamDefaults,
  learningRate: 1e-3,
  schedule: 'cosine' as const,
})
const mlp = (hidden: number[], dropout = 0) => ({ kind: 'mlp' as const, hidden, dropout })

const draft = (input: Omit<ExperimentDraftInput, 'question' | 'margin'>): ExperimentDraft =>
  ExperimentDraft.parse({ question: 'How long does it take?', margin: 0.02, ...input })

const digits = draft({
  data: 'digits',
  labelsPerSeed: 100,
  teacher: { network: mlp([64], 0.5), training: training(1_000, 32) },
  student: { network: mlp([32]), training: training(800, 32) },
  methods: [{ name: 'soft-targets', ...softTargets }],
  seeds: 3,
})
const digitsLong = draft({
  data: 'digits',
  labelsPerSeed: 300,
  teacher: { network: mlp([256, 256], 0.5), training: training(4_000, 64) },
  student: { network: mlp([32]), training: training(20_000, 32) },
  methods: [{ name: 'soft-targets', ...softTargets }],
  seeds: 3,
})
const letters = draft({
  data: 'letter',
  labelsPerSeed: 2_000,
  teacher: { network: mlp([256, 256]), training: training(3_000, 128) },
  student: { network: mlp([64]), training: training(4_000, 64) },
  methods: [
    { name: 'soft-targets', ...softTargets },
    { name: 'soft-targets-unlabelled', ...softTargets, unlabelledShare: 0.5 },
  ],
  seeds: 4,
})
const mnist = draft({
  data: 'mnist',
  labelsPerSeed: 2_000,
  teacher: { network: mlp([256, 256], 0.5), training: training(1_200, 128) },
  student: { network: mlp([128, 64]), training: training(600, 64) },
  methods: [{ name: 'soft-targets', ...softTargets }],
  seeds: 3,
})
const mnistLarge = draft({
  data: 'mnist',
  labelsPerSeed: 1_000,
  teacher: { network: mlp([800, 800], 0.5), training: training(500, 128) },
  student: { network: mlp([256, 256]), training: training(400, 64) },
  methods: [],
  seeds: 3,
})
const stopsEarly = draft({
  data: 'letter',
  labelsPerSeed: 1_000,
  teacher: { network: mlp([128]), training: training(2_000, 64) },
  student: {
    network: mlp([64]),
    training: { ...training(20_000, 64), earlyStop: { metric: 'nll', everySteps: 100, patience: 5 } },
  },
  methods: [{ name: 'soft-targets', ...softTargets }],
  seeds: 3,
})

/** What is recorded: each in a fresh folder; a group is launched together, the next when it has ended. */
export const sessions = {
  'digits-two-cores': { cores: 2, groups: [[digits], [digitsLong]] },
  'digits-one-core': { cores: 1, groups: [[digits]] },
  'letters-two-cores': { cores: 2, groups: [[letters]] },
  'mnist-two-cores': { cores: 2, groups: [[mnist], [mnistLarge]] },
  'mnist-one-core': { cores: 1, groups: [[mnist]] },
  'queue-two-cores': { cores: 2, groups: [[letters, digits, mnist]] },
  'stops-early': { cores: 2, groups: [[stopsEarly], [stopsEarly]] },
} as const
export type SessionName = keyof typeof sessions
