import { primaryMetrics } from '../metrics/registry.ts'
import { z } from 'zod'
import { engineNames } from '../engines/registry.ts'
import { oneLine } from '../text/one-line.ts'
import { isVisible } from '../text/visible.ts'
import { Arm, Method } from './arm.ts'
import { NetworkSpec, TrainingSpec } from './network.ts'

export const DataName = z.enum(['digits', 'mnist', 'letter'])
export type DataName = z.infer<typeof DataName>

export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

export const EngineName = z.enum(engineNames)
export type EngineName = z.infer<typeof EngineName>

/** `auto` is the portable engine, whatever is installed. */
export const EngineChoice = z.enum(['auto', ...EngineName.options])
export type EngineChoice = z.infer<typeof EngineChoice>

/** Examples with equal inputs make one group, which stands in one part as a whole; the others are groups of one. */
export const DuplicateGroups = z.strictObject({
  /** Groups of two and more examples. */
  duplicated: z.int().min(0),
  /** Examples beyond the first of their group. */
  copies: z.int().min(0),
  /** Groups whose examples carry different labels. */
  twoLabels: z.int().min(0),
  /** Of the test examples: what counts as one observation in the verdict. */
  test: z.int().min(2),
})

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
  /** Left out: every test example stands for itself. */
  groups: DuplicateGroups.optional(),
})
export type DataSpec = z.infer<typeof DataSpec>

export const LabelsSpec = z.strictObject({
  /** Labelled training examples a student sees. */
  perSeed: z.int().min(1),
  /** `per-seed`: every seed draws its own stratified, nested subset; `fixed`: all seeds share one. */
  subset: z.enum(['per-seed', 'fixed']),
})
export type LabelsSpec = z.infer<typeof LabelsSpec>

export const PrimaryMetric = z.enum(primaryMetrics.map(({ name }) => name))
export type PrimaryMetric = z.infer<typeof PrimaryMetric>

/** A moment at which words are read: so many seeds an arm, and the share of alpha that it spends. */
export const Look = z.strictObject({ seeds: z.int().min(1), alpha: z.number().gt(0).lt(1) })
export type Look = z.infer<typeof Look>

/**
 * What happens after a look that is not the last. `none`: there is one look. `on-request`: the seeds of the next look
 * are added when a person asks. `until-decided`: they start at once, for the arms that are not decided.
 */
export const Continuation = z.enum(['none', 'on-request', 'until-decided'])
export type Continuation = z.infer<typeof Continuation>

/** Smallest differences that matter for the secondary questions, in their own units (fractions; nats; Brier score). */
export const SecondaryMargins = z.strictObject({
  accuracy: z.number().positive(),
  nll: z.number().positive(),
  brier: z.number().positive(),
  gap: z.number().positive(),
  /** Relative: 0.05 is 5 %. */
  latency: z.number().positive(),
  /** Of the primary metric, against the teacher. */
  teacher: z.number().positive(),
})
export type SecondaryMargins = z.infer<typeof SecondaryMargins>

const protocolFields = {
  data: DataSpec,
  labels: LabelsSpec,
  teacher: z.strictObject({ network: NetworkSpec, training: TrainingSpec, seed: z.int() }),
  student: z.strictObject({ network: NetworkSpec, training: TrainingSpec }),
  arms: z.array(Arm).min(2).max(100),
  seeds: z.array(z.int()).min(1).max(100),
  primaryMetric: PrimaryMetric,
  /** The smallest difference that matters, in the metric's own units (accuracy: a fraction). */
  margin: z.number().positive(),
  alpha: z.number().gt(0).lt(1),
  paired: z.boolean(),
  /** Which weights are evaluated; `best-on-validation` where the students stop early. */
  checkpoint: z.enum(['last', 'best-on-validation']),
  failurePolicy: z.literal('diverged-scored-as-uniform'),
  engine: z.strictObject({ name: EngineName, version: z.string() }),
}

/** What was decided before looking. Frozen and hashed at launch (RFC 8785 bytes, SHA-256). */
export const Protocol = z.strictObject({
  schemaVersion: z.literal(2),
  ...protocolFields,
  /** Rising seeds, the last look takes them all; the shares sum to alpha. */
  looks: z.array(Look).min(1).max(20),
  continuation: Continuation,
  /** null: frozen before there were secondary questions, which are exploratory then. */
  margins: SecondaryMargins.nullable(),
})
export type Protocol = z.infer<typeof Protocol>

/** The first form: one look, no secondary questions. */
const FirstProtocol = z
  .strictObject({
    schemaVersion: z.literal(1),
    ...protocolFields,
    looks: z.array(z.int().min(1)).length(1),
  })
  .transform(({ looks, ...rest }): Protocol => ({
    ...rest,
    schemaVersion: 2,
    looks: looks.map((seeds) => ({ seeds, alpha: rest.alpha })),
    continuation: 'none',
    margins: null,
  }))

/** A protocol as it was stored, in whatever form; its hash stays that of the stored bytes. */
export const StoredProtocol = z.union([Protocol, FirstProtocol])

/** What a person chooses; `draftProtocol` (core/planning) turns it into a Protocol. */
export const ExperimentDraft = z.strictObject({
  question: z
    .string()
    .transform(oneLine)
    .pipe(
      z
        .string()
        .max(300, 'At most 300 characters, please.')
        .refine(isVisible, 'Write the question that this experiment answers.'),
    ),
  data: DataName,
  labelsPerSeed: z.int().min(1),
  subset: LabelsSpec.shape.subset.default('per-seed'),
  teacher: z.strictObject({ network: NetworkSpec, training: TrainingSpec, seed: z.int().default(1001) }),
  student: z.strictObject({ network: NetworkSpec, training: TrainingSpec }),
  /** Beside the control and label smoothing, which are always there. */
  methods: z.array(Method).max(40),
  /** Seeds an arm at the first look. */
  seeds: z.int(),
  /** Seeds an arm at the looks after it; empty: one look. */
  moreLooks: z.array(z.int()).max(19).default([]),
  continuation: Continuation.exclude(['none']).default('on-request'),
  /** Number of the first seed: an experiment that follows another takes seeds that the other has not seen. */
  firstSeed: z.int().min(1).max(1_000_000).default(1),
  primaryMetric: PrimaryMetric.default('accuracy'),
  margin: z.number(),
  /** Those that are left out have the usual values. */
  margins: z.partialRecord(SecondaryMargins.keyof(), z.number()).default({}),
  alpha: z.number().default(0.05),
  /** Left out: what the server starts with (STILLHOUSE_ENGINE). */
  engine: EngineChoice.optional(),
})
export type ExperimentDraft = z.infer<typeof ExperimentDraft>
export type ExperimentDraftInput = z.input<typeof ExperimentDraft>
