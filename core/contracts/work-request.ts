import { z } from 'zod'
import { NetworkSpec } from './network.ts'
import { EngineName, Sha256 } from './protocol.ts'
import { RunSpec } from './run.ts'

/** What a worker is asked to do. Paths are absolute, on its machine. */

/** Folder of a prepared data set, written by the server: see server/domain/datasets/prepare-dataset.ts for its files. */
const DatasetFolder = z.string()

/** A network with the weights that its training left. */
export const StoredNetwork = z.strictObject({
  network: NetworkSpec,
  /** Its weights.bin, and what was recorded of it. */
  weights: z.string(),
  sha256: Sha256,
})
export type StoredNetwork = z.infer<typeof StoredNetwork>

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
  /**
   * The teacher itself, for methods that read inside it: no method does yet, and nothing is read of the file until one asks.
   * Null where there are no logits, and where the file is gone.
   */
  teacherNetwork: StoredNetwork.nullable(),
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

/** Times gradient steps and predictions of networks of several sizes, on made-up examples. */
export const StepsRequest = z.strictObject({
  sizes: z
    .array(
      z.strictObject({
        network: NetworkSpec,
        inputSize: z.int().min(1),
        classes: z.int().min(2),
        batchSize: z.int().min(1).max(1000),
        /** How long steps of this size are timed. */
        budgetMs: z.number().min(0),
      }),
    )
    .min(1),
})
export type StepsRequest = z.infer<typeof StepsRequest>

/** What a supervisor is asked to do. `attemptId` names the claim: reports with an older one are refused. */
export const Assignment = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('train'),
    attemptId: z.string(),
    engine: EngineName,
    request: TrainRequest,
  }),
  z.strictObject({
    kind: z.literal('fidelity'),
    attemptId: z.string(),
    engine: EngineName,
    request: FidelityRequest,
  }),
  /** Exclusive: handed out only when nothing else of this supervisor runs. */
  z.strictObject({
    kind: z.literal('profile'),
    attemptId: z.string(),
    engine: EngineName,
    blocks: z.int().min(1),
    seed: z.int(),
    /** Distinct architectures. */
    items: z.array(z.strictObject({ id: z.string(), network: NetworkSpec })),
    settings: ProfileRequest.omit({ network: true, seed: true }),
  }),
])
export type Assignment = z.infer<typeof Assignment>
