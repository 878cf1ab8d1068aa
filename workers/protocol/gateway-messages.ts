import { z } from 'zod'
import { Outcome, ReportItem, SlotState } from '../../core/contracts/work-report.ts'
import { Assignment } from '../../core/contracts/work-request.ts'

/** Supervisor <-> server: the WorkerGateway. Every call is answered; IPC now, HTTP for other machines later. */

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
