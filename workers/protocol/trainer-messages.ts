import { z } from 'zod'
import { EngineName } from '../../core/contracts/protocol.ts'
import {
  ArtifactReport,
  EvaluationFigures,
  LatencyFigures,
  MetricPoint,
  StepTimes,
  TrainResult,
} from '../../core/contracts/work-report.ts'
import {
  FidelityRequest,
  ProfileRequest,
  StepsRequest,
  TrainRequest,
} from '../../core/contracts/work-request.ts'

/** Supervisor <-> trainer. Paths are absolute, on this machine. One command is answered by events up to one of the ends. */

export const TrainerCommand = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('train'), request: TrainRequest }),
  z.strictObject({ type: z.literal('fidelity'), request: FidelityRequest }),
  z.strictObject({ type: z.literal('profile'), request: ProfileRequest }),
  z.strictObject({ type: z.literal('time-steps'), request: StepsRequest }),
  /** Ends the command under way with `cancelled`; the process stays. */
  z.strictObject({ type: z.literal('cancel') }),
  z.strictObject({ type: z.literal('exit') }),
])
export type TrainerCommand = z.infer<typeof TrainerCommand>

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
  StepTimes.extend({ type: z.literal('steps-timed') }),
  z.strictObject({ type: z.literal('cancelled') }),
  z.strictObject({
    type: z.literal('failed'),
    reason: z.enum(['bad-input', 'out-of-memory', 'disk-full', 'error']),
    text: z.string(),
  }),
])
export type TrainerEvent = z.infer<typeof TrainerEvent>
