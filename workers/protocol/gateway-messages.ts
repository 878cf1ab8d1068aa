import { z } from 'zod'
import {
  ArtifactReport,
  EvaluationFigures,
  FidelityRequest,
  LatencyFigures,
  MetricPoint,
  ProfileRequest,
  TrainRequest,
} from './trainer-messages.ts'
import { NetworkSpec } from '../../core/contracts/network.ts'
import { EngineName } from '../../core/contracts/protocol.ts'

/** Supervisor <-> server: the WorkerGateway. Every call is answered; IPC now, HTTP for other machines later. */

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

export const Outcome = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('trained'),
    steps: z.int(),
    epochs: z.number(),
    parameters: z.int(),
    sizeBytes: z.int(),
    macs: z.int(),
    weightsSha256: z.string(),
    figures: EvaluationFigures,
  }),
  z.strictObject({ type: z.literal('diverged'), step: z.int(), epochs: z.number(), text: z.string() }),
  z.strictObject({
    type: z.literal('fidelity-measured'),
    runs: z.array(z.strictObject({ runId: z.string(), figures: EvaluationFigures })),
  }),
  z.strictObject({ type: z.literal('profiled') }),
  z.strictObject({ type: z.literal('cancelled') }),
  /** The trainer could not do it; `lost` (crash, kill, no heartbeat) is tried once more, the others are not. */
  z.strictObject({
    type: z.literal('failed'),
    reason: z.enum(['bad-input', 'out-of-memory', 'disk-full', 'error', 'lost']),
    text: z.string(),
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

/** Calls by name: what goes in, what comes out. */
export const gatewayCalls = {
  hello: {
    input: z.strictObject({
      pid: z.int(),
      cores: z.int().min(1),
      processor: z.string(),
      memoryBytes: z.int(),
    }),
    output: z.strictObject({
      heartbeatMs: z.int(),
      /** A trainer that says nothing for so long is killed. */
      silenceMs: z.int(),
      memoryLimitBytes: z.int(),
    }),
  },
  claim: {
    /** `free` slots now, `busy` ones beside them. */
    input: z.strictObject({ free: z.int().min(1), busy: z.int().min(0) }),
    output: z.array(Assignment),
  },
  report: {
    input: z.strictObject({ attemptId: z.string(), items: z.array(ReportItem) }),
    /** Committed up to here. `stop`: the attempt is cancelled or no longer the newest. */
    output: z.strictObject({ acknowledged: z.int(), stop: z.boolean() }),
  },
  heartbeat: {
    input: z.strictObject({ slots: z.array(SlotState) }),
    output: z.strictObject({ stop: z.array(z.string()) }),
  },
  finish: {
    /** After all reports of the attempt were acknowledged. */
    input: z.strictObject({ attemptId: z.string(), outcome: Outcome }),
    output: z.strictObject({ accepted: z.boolean() }),
  },
} as const

export type GatewayCalls = typeof gatewayCalls
export type GatewayCallName = keyof GatewayCalls
export type GatewayInput<C extends GatewayCallName> = z.infer<GatewayCalls[C]['input']>
export type GatewayOutput<C extends GatewayCallName> = z.infer<GatewayCalls[C]['output']>

/** What the supervisor needs of a server, whatever carries it. Every call rejects when the server is gone or refuses. */
export type WorkerGateway = {
  [C in GatewayCallName]: (input: GatewayInput<C>) => Promise<GatewayOutput<C>>
}

/** IPC envelopes. */
export const SupervisorToServer = z.strictObject({
  id: z.int(),
  call: z.enum(['hello', 'claim', 'report', 'heartbeat', 'finish']),
  input: z.unknown(),
})
export type SupervisorToServer = z.infer<typeof SupervisorToServer>

export const ServerToSupervisor = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('answer'), id: z.int(), output: z.unknown() }),
  z.strictObject({ type: z.literal('refusal'), id: z.int(), code: z.string(), text: z.string() }),
  /** There may be work to claim, or something to cancel. */
  z.strictObject({ type: z.literal('wake') }),
  /** Finish nothing, stop the trainers (their checkpoints stay) and exit. */
  z.strictObject({ type: z.literal('shutdown') }),
])
export type ServerToSupervisor = z.infer<typeof ServerToSupervisor>
