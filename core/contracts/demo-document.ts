import { z } from 'zod'
import { ArmRole } from './arm.ts'
import { EngineName, PrimaryMetric, Sha256 } from './protocol.ts'
import { RunStatus } from './run.ts'
import { Comparison } from './verdict.ts'

/** A path relative to the state folder. */
const StatePath = z.string().regex(/^[^/].*\.npy$/)

const DemoRun = z.strictObject({
  id: z.string(),
  seed: z.int(),
  status: RunStatus,
  weightsSha256: Sha256.nullable(),
  /** Fractions, not percent; nats for NLL and KL. */
  metrics: z.record(z.string(), z.number()),
  predictions: z.strictObject({ test: StatePath }).nullable(),
})

const DemoArm = z.strictObject({
  id: z.string(),
  method: z.string(),
  role: ArmRole,
  steps: z.int(),
  epochs: z.number(),
  parameters: z.int(),
  /** float32 weights and topology on disk. */
  sizeBytes: z.int().nullable(),
  macs: z.int(),
  latencyMs: z.strictObject({ p50: z.number(), p90: z.number() }).nullable(),
  runs: z.array(DemoRun),
})

/** What `stillhouse demo --json` prints. */
export const DemoDocument = z.strictObject({
  experiment: z.strictObject({ id: z.string(), name: z.string(), protocolHash: Sha256 }),
  engine: z.strictObject({ name: EngineName, version: z.string(), processor: z.string(), node: z.string() }),
  data: z.strictObject({
    name: z.string(),
    classes: z.int(),
    train: z.int(),
    validation: z.int(),
    test: z.int(),
    labelsUsed: z.int(),
    hash: Sha256,
  }),
  alpha: z.number(),
  margin: z.number(),
  primaryMetric: PrimaryMetric,
  paired: z.boolean(),
  labels: z.strictObject({ test: StatePath }),
  /** int32 [test]: examples with the same number are one observation. Left out: each stands for itself. */
  groups: z.strictObject({ test: StatePath }).optional(),
  arms: z.array(DemoArm),
  comparisons: z.array(Comparison),
  durationMs: z.strictObject({
    build: z.number(),
    launchToVerdict: z.number(),
    profile: z.number(),
    total: z.number(),
  }),
})
export type DemoDocument = z.infer<typeof DemoDocument>
