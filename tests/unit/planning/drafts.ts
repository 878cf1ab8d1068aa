import {
  ExperimentDraft,
  type DataSpec,
  type ExperimentDraftInput,
} from '../../../core/contracts/protocol.ts'

const adam = { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0 } as const
const training = {
  steps: 100,
  batchSize: 32,
  optimizer: adam,
  learningRate: 1e-3,
  schedule: 'cosine' as const,
}

export const softTargets = { temperature: 4, hardLabelWeight: 0.1, softTargetWeight: 0.9 }

/** Facts of a data set like the digits. */
export const digits: DataSpec = {
  name: 'digits',
  hash: 'a'.repeat(64),
  classes: 10,
  inputSize: 64,
  splitSeed: 1,
  train: 797,
  validation: 200,
  test: 800,
  testCopiesRemoved: 0,
}

export const wasm = { name: 'wasm' as const, version: '4.22.0' }

export const draftInput = (changes: Partial<ExperimentDraftInput> = {}): ExperimentDraftInput => ({
  question: 'Does it help?',
  data: 'digits',
  labelsPerSeed: 100,
  teacher: { network: { kind: 'mlp', hidden: [32], dropout: 0 }, training },
  student: { network: { kind: 'mlp', hidden: [8], dropout: 0 }, training },
  methods: [{ name: 'soft-targets', ...softTargets }],
  seeds: 3,
  margin: 0.01,
  ...changes,
})

export const draft = (changes: Partial<ExperimentDraftInput> = {}): ExperimentDraft =>
  ExperimentDraft.parse(draftInput(changes))
