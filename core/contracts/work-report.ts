import { z } from 'zod'

/** What a worker tells of its work. */

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

export const LatencyFigures = z.strictObject({
  p50Ms: z.number(),
  p90Ms: z.number(),
  /** Examples a second at batch 32. */
  throughput: z.number(),
})
export type LatencyFigures = z.infer<typeof LatencyFigures>

/** How long steps took, in the order of the sizes asked for. */
export const StepTimes = z.strictObject({
  sizes: z.array(
    z.strictObject({
      stepMs: z.number(),
      /** Prediction of `passExamples` examples. */
      passMs: z.number(),
      passExamples: z.int(),
    }),
  ),
})
export type StepTimes = z.infer<typeof StepTimes>

/** What happened in an attempt, in order. Stored once: the server skips sequences it has. */
export const ReportItem = z.strictObject({
  sequence: z.int().min(1),
  /** Milliseconds since 1970, the worker's clock. */
  at: z.number(),
  event: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('metrics'), points: z.array(MetricPoint) }),
    z.strictObject({ type: z.literal('log'), level: z.enum(['info', 'warn', 'error']), text: z.string() }),
    z.strictObject({ type: z.literal('artifact'), artifact: ArtifactReport }),
    z.strictObject({ type: z.literal('checkpoint'), path: z.string(), step: z.int() }),
    z.strictObject({ type: z.literal('resumed'), step: z.int() }),
    z.strictObject({
      type: z.literal('latency-block'),
      block: z.int(),
      itemId: z.string(),
      latency: LatencyFigures,
    }),
  ]),
})
export type ReportItem = z.infer<typeof ReportItem>

export const TrainResult = z.strictObject({
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

/** Why a training could not be done, by which the advice follows: not its words. */
export const FailureReason = z.enum(['bad-input', 'out-of-memory', 'disk-full', 'error', 'lost'])
export type FailureReason = z.infer<typeof FailureReason>

export const Outcome = z.discriminatedUnion('type', [
  TrainResult.extend({ type: z.literal('trained') }),
  z.strictObject({ type: z.literal('diverged'), step: z.int(), epochs: z.number(), text: z.string() }),
  z.strictObject({
    type: z.literal('fidelity-measured'),
    runs: z.array(z.strictObject({ runId: z.string(), figures: EvaluationFigures })),
  }),
  z.strictObject({ type: z.literal('profiled') }),
  /** `step`: gradient steps that were made, where that was heard of. */
  z.strictObject({ type: z.literal('cancelled'), step: z.int().min(0).optional() }),
  /** The trainer could not do it; `lost` (crash, kill, no heartbeat) is tried again as long as it gets on, `disk-full` when there is room; the others are not. */
  z.strictObject({
    type: z.literal('failed'),
    reason: FailureReason,
    text: z.string(),
    step: z.int().min(0).optional(),
  }),
])
export type Outcome = z.infer<typeof Outcome>

export const SlotState = z.strictObject({
  attemptId: z.string(),
  step: z.int(),
  steps: z.int(),
  stepMs: z.number().nullable(),
  tensors: z.int(),
  residentBytes: z.int(),
})
export type SlotState = z.infer<typeof SlotState>
