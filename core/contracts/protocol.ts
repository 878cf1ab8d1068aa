import { z } from 'zod'
import { Arm, Method } from './arm.ts'
import { NetworkSpec, TrainingSpec } from './network.ts'

export const DataName = z.enum(['digits', 'mnist'])
export type DataName = z.infer<typeof DataName>

export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

export const EngineName = z.enum(['wasm', 'native', 'cpu'])
export type EngineName = z.infer<typeof EngineName>

/** What a data set is after preparation: fixed by name and split seed, recorded by hash. */
export const DataSpec = z.strictObject({
  name: DataName,
  /** SHA-256 over examples, labels and split. */
  hash: Sha256,
  classes: z.int().min(2),
  /** Numbers per example. */
  inputSize: z.int().min(1),
  splitSeed: z.int(),
  train: z.int().min(1),
  validation: z.int().min(1),
  test: z.int().min(1),
  /** Examples taken out of training and validation because the test set holds the same one. */
  testCopiesRemoved: z.int().min(0),
})
export type DataSpec = z.infer<typeof DataSpec>

export const LabelsSpec = z.strictObject({
  /** Labelled training examples a student sees. */
  perSeed: z.int().min(1),
  /** `per-seed`: every seed draws its own stratified, nested subset; `fixed`: all seeds share one. */
  subset: z.enum(['per-seed', 'fixed']),
})
export type LabelsSpec = z.infer<typeof LabelsSpec>

export const PrimaryMetric = z.enum(['accuracy', 'nll'])
export type PrimaryMetric = z.infer<typeof PrimaryMetric>

/** What was decided before looking. Frozen and hashed at launch (RFC 8785 bytes, SHA-256). */
export const Protocol = z.strictObject({
  schemaVersion: z.literal(1),
  data: DataSpec,
  labels: LabelsSpec,
  teacher: z.strictObject({ network: NetworkSpec, training: TrainingSpec, seed: z.int() }),
  student: z.strictObject({ network: NetworkSpec, training: TrainingSpec }),
  arms: z.array(Arm).min(2).max(100),
  seeds: z.array(z.int()).min(1).max(100),
  /** Numbers of seeds at which the words are read: in this version the planned number alone. */
  looks: z.array(z.int().min(1)).length(1),
  primaryMetric: PrimaryMetric,
  /** The smallest difference that matters, in the metric's own units (accuracy: a fraction). */
  margin: z.number().positive(),
  alpha: z.number().gt(0).lt(1),
  paired: z.boolean(),
  checkpoint: z.literal('last'),
  failurePolicy: z.literal('diverged-scored-as-uniform'),
  engine: z.strictObject({ name: EngineName, version: z.string() }),
})
export type Protocol = z.infer<typeof Protocol>

/** What a person chooses; `draftProtocol` (core/distillation) turns it into a Protocol. */
export const ExperimentDraft = z.strictObject({
  question: z.string().trim().min(1, 'Write the question that this experiment answers.').max(300),
  data: DataName,
  labelsPerSeed: z.int().min(1),
  subset: LabelsSpec.shape.subset.default('per-seed'),
  teacher: z.strictObject({ network: NetworkSpec, training: TrainingSpec, seed: z.int().default(1001) }),
  student: z.strictObject({ network: NetworkSpec, training: TrainingSpec }),
  /** Beside the control and label smoothing, which are always there. */
  methods: z.array(Method).max(40),
  seeds: z.int(),
  primaryMetric: PrimaryMetric.default('accuracy'),
  margin: z.number(),
  alpha: z.number().default(0.05),
})
export type ExperimentDraft = z.infer<typeof ExperimentDraft>
export type ExperimentDraftInput = z.input<typeof ExperimentDraft>
