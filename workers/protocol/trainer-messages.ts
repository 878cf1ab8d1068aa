import { z } from 'zod'
import { NetworkSpec } from '../../core/contracts/network.ts'
import { EngineName } from '../../core/contracts/protocol.ts'
import { RunSpec } from '../../core/contracts/run.ts'

/** Supervisor <-> trainer. Paths are absolute, on this machine. One command is answered by events up to one of the four ends. */

/** Folder of a prepared data set, written by the server: see server/domain/datasets/prepare.ts for its files. */
const DatasetFolder = z.string()

export const TrainRequest = z.strictObject({
  runId: z.string(),
  spec: RunSpec,
  dataset: DatasetFolder,
  /** Empty folder of this attempt; artifacts and checkpoints are written here. */
  scratch: z.string(),
  /** Checkpoint of an earlier attempt, to go on from. */
  resumeFrom: z.string().nullable(),
  /** Teacher logits as .npy float32 [N, K] in split order. Null for the teacher, and for arms that finish before it. */
  teacherLogits: z.strictObject({ train: z.string(), validation: z.string(), test: z.string() }).nullable(),
})
export type TrainRequest = z.infer<typeof TrainRequest>

/** Fills in agreement and KL of runs that finished before the teacher. */
export const FidelityRequest = z.strictObject({
  dataset: DatasetFolder,
  teacherLogits: z.strictObject({ train: z.string(), test: z.string() }),
  runs: z.array(
    z.strictObject({ runId: z.string(), spec: RunSpec, weights: z.string(), testLogits: z.string() }),
  ),
})
export type FidelityRequest = z.infer<typeof FidelityRequest>

/** Times one architecture in this (fresh) process: predict and read-back. */
export const ProfileRequest = z.strictObject({
  network: NetworkSpec,
  inputSize: z.int(),
  classes: z.int(),
  seed: z.int(),
  warmUp: z.int().min(1),
  /** Timed requests at batch 1. */
  requests: z.int().min(30),
  /** Timed batches of 32. */
  batches: z.int().min(1),
})
export type ProfileRequest = z.infer<typeof ProfileRequest>

export const TrainerCommand = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('train'), request: TrainRequest }),
  z.strictObject({ type: z.literal('fidelity'), request: FidelityRequest }),
  z.strictObject({ type: z.literal('profile'), request: ProfileRequest }),
  /** Ends the command under way with `cancelled`; the process stays. */
  z.strictObject({ type: z.literal('cancel') }),
  z.strictObject({ type: z.literal('exit') }),
])
export type TrainerCommand = z.infer<typeof TrainerCommand>

export const MetricPoint = z.strictObject({
  key: z.string(),
  /** Gradient steps done. */
  step: z.int().min(0),
  value: z.number(),
})
export type MetricPoint = z.infer<typeof MetricPoint>

export const ArtifactReport = z.strictObject({
  /** Name in the artifact store, e.g. `predictions/test.npy`. */
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)*$/),
  path: z.string(),
  sizeBytes: z.int().min(0),
  sha256: z.string(),
})
export type ArtifactReport = z.infer<typeof ArtifactReport>

/** Figures of a finished run, e.g. `test/accuracy`, `train/kl`; names in core/evaluation/metric-names.ts. */
export const EvaluationFigures = z.record(z.string(), z.number())
export type EvaluationFigures = z.infer<typeof EvaluationFigures>

const TrainResult = z.strictObject({
  steps: z.int(),
  /** Passes over the labelled examples. */
  epochs: z.number(),
  parameters: z.int(),
  sizeBytes: z.int(),
  macs: z.int(),
  weightsSha256: z.string(),
  figures: EvaluationFigures,
})
export type TrainResult = z.infer<typeof TrainResult>

export const LatencyFigures = z.strictObject({
  p50Ms: z.number(),
  p90Ms: z.number(),
  /** Examples a second at batch 32. */
  throughput: z.number(),
})
export type LatencyFigures = z.infer<typeof LatencyFigures>

export const TrainerEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('ready'),
    engine: z.strictObject({ name: EngineName, version: z.string() }),
  }),
  /** At least every second while a command is under way. */
  z.strictObject({
    type: z.literal('progress'),
    step: z.int().min(0),
    steps: z.int().min(0),
    /** Milliseconds one gradient step took, mean since the last report. */
    stepMs: z.number().nullable(),
    tensors: z.int(),
  }),
  z.strictObject({ type: z.literal('metrics'), points: z.array(MetricPoint) }),
  z.strictObject({ type: z.literal('log'), level: z.enum(['info', 'warn', 'error']), text: z.string() }),
  z.strictObject({ type: z.literal('artifact'), artifact: ArtifactReport }),
  /** A checkpoint stands at `path`, complete and synced. */
  z.strictObject({ type: z.literal('checkpoint'), path: z.string(), step: z.int() }),
  z.strictObject({ type: z.literal('resumed'), step: z.int() }),
  // The ends of a command.
  z.strictObject({ type: z.literal('trained'), result: TrainResult }),
  /** The loss or the weights stopped being finite. */
  z.strictObject({ type: z.literal('diverged'), step: z.int(), epochs: z.number(), text: z.string() }),
  z.strictObject({
    type: z.literal('fidelity-measured'),
    runs: z.array(z.strictObject({ runId: z.string(), figures: EvaluationFigures })),
  }),
  z.strictObject({ type: z.literal('profiled'), latency: LatencyFigures }),
  z.strictObject({ type: z.literal('cancelled') }),
  z.strictObject({
    type: z.literal('failed'),
    reason: z.enum(['bad-input', 'out-of-memory', 'disk-full', 'error']),
    text: z.string(),
  }),
])
export type TrainerEvent = z.infer<typeof TrainerEvent>
