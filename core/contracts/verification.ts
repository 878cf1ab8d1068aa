import { z } from 'zod'
import type { NetworkSpec } from './network.ts'
import { EngineName, Sha256 } from './protocol.ts'
import type { RunSpec } from './run.ts'

/** Training a stored run once more, to compare what comes out with what was stored. */

export const VerificationRequest = z.strictObject({
  /** An experiment's id, the beginning of one, or the address of a page of it. */
  experiment: z.string().min(1).max(500),
  /** The id of one run, or its beginning. */
  run: z.string().min(1).max(100).nullable(),
  all: z.boolean(),
  /** Draws one finished run where neither `run` nor `all` says which. */
  seed: z.int().min(0),
})
export type VerificationRequest = z.infer<typeof VerificationRequest>

/** A stored file with what was recorded of it. */
export interface RecordedFile {
  /** e.g. `predictions/test.npy` */
  name: string
  /** Absolute, on the machine of the state folder. */
  path: string
  sha256: string
}

/** What it takes to train a run anew and to compare it. */
export interface VerificationTask {
  spec: RunSpec
  /** Folder of the prepared data set. */
  dataset: string
  /** Of the teacher, where the run has one beside it. */
  teacherLogits: Record<'train' | 'validation' | 'test', RecordedFile> | null
  /** The teacher itself, where its weights are recorded. */
  teacherNetwork: { network: NetworkSpec; weights: RecordedFile } | null
  weights: RecordedFile
  testLogits: RecordedFile
  /** SHA-256 of the weights as the run itself records it. */
  weightsSha256: string
  /** The run whose training this one shares. */
  reusedFrom: string | null
}

export type PlannedCheck = {
  runId: string
  armId: string
  seed: number
  /** "Soft targets, seed 3" */
  label: string
} & (
  | { checkable: true; task: VerificationTask }
  /** `hasResult`: there would be something to compare, but what it takes is missing. */
  | { checkable: false; hasResult: boolean; reason: string }
)

export interface VerificationPlan {
  experimentId: string
  question: string
  checks: PlannedCheck[]
}

/** Where two arrays part. Elements are compared bit by bit; null stands for what JSON cannot hold (NaN). */
export const ArrayDifference = z.strictObject({
  /** `layer-1/kernel`, `predictions/test.npy` */
  array: z.string().max(100),
  /** Of the first element that differs, in C order. */
  index: z.int().min(0),
  stored: z.number().nullable(),
  found: z.number().nullable(),
  /** Elements that differ, over all arrays of the file, out of `elements`. */
  differing: z.int().min(1),
  elements: z.int().min(1),
  /** Largest absolute difference; null where one of the two is not finite. */
  largest: z.number().nullable(),
})
export type ArrayDifference = z.infer<typeof ArrayDifference>

/** One file: what was recorded, what lies on disk, what the training gave. */
export const CheckedFile = z.strictObject({
  recorded: Sha256,
  /** What the list of artifacts records, where that is something else. */
  listed: Sha256.nullable(),
  /** null: the file is gone. */
  onDisk: Sha256.nullable(),
  /** null: the training gave none, because it diverged. */
  found: Sha256.nullable(),
  /** Between the file on disk and what the training gave; null where they are equal or have different shapes. */
  difference: ArrayDifference.nullable(),
})
export type CheckedFile = z.infer<typeof CheckedFile>

export const Machine = z.strictObject({
  host: z.string().max(300),
  /** `linux`, `darwin`, … */
  platform: z.string().max(50),
  arch: z.string().max(50),
  processor: z.string().max(300),
  /** e.g. `v22.11.0` */
  node: z.string().max(50),
})
export type Machine = z.infer<typeof Machine>

/** What a check found. Whether that is identical is decided by who holds the records. */
export const VerificationReport = z.strictObject({
  /** Made by who checks: a report that arrives twice is stored once. */
  id: z.string().regex(/^[a-z2-7]{12,32}$/),
  runId: z.string().max(100),
  machine: Machine,
  engine: z.strictObject({ name: EngineName, version: z.string().max(200) }),
  durationMs: z.int().min(0),
  weights: CheckedFile,
  testLogits: CheckedFile,
})
export type VerificationReport = z.infer<typeof VerificationReport>

export type VerificationOutcome = 'identical' | 'differs'

/** A stored check, as pages and the command line show it. */
export interface Verification {
  id: string
  runId: string
  /** Milliseconds since 1970. */
  at: number
  outcome: VerificationOutcome
  machine: Machine
  engine: VerificationReport['engine']
  durationMs: number
  weightsSha256: string | null
  testLogitsSha256: string | null
  /** What differs, in sentences; empty where it is identical. */
  differences: string[]
}
