import type { ChildProcess } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import {
  gatewayCalls,
  SupervisorToServer,
  type GatewayCallName,
  type GatewayInput,
  type GatewayOutput,
  type ServerToSupervisor,
} from '../../../workers/protocol/gateway-messages.ts'
import { claimJobs } from '../../domain/jobs/claim-jobs.ts'
import { finishAttempt } from '../../domain/jobs/finish-attempt.ts'
import { heartbeat } from '../../domain/jobs/heartbeat.ts'
import { reportAttempt } from '../../domain/jobs/report-attempt.ts'
import type { Context, LiveSlot } from '../../domain/context.ts'
import { whyHeld } from '../../domain/why-held.ts'
import { DomainError } from '../../platform/domain-error.ts'

const heldMs = 1_000
/** With a last try, which may wait 10 s for the database, less than the 30 s after which its sender asks again. */
const longestHeldMs = 18_000
const noAnswer = Symbol('no answer')

export interface GatewaySettings {
  heartbeatMs: number
  silenceMs: number
  memoryLimitBytes: number
}

export interface GatewayHooks {
  onHello(hello: GatewayInput<'hello'>): void
  onHeartbeat(slots: ReadonlyMap<string, Omit<LiveSlot, 'since'>>): void
}

/** Answers the calls of one supervisor over its IPC channel. */
export function serveGateway(
  ctx: Context,
  supervisor: ChildProcess,
  settings: GatewaySettings,
  hooks: GatewayHooks,
): void {
  let gone = false
  supervisor.once('exit', () => {
    gone = true
  })

  const verbs: {
    [C in GatewayCallName]: (input: GatewayInput<C>) => GatewayOutput<C> | Promise<GatewayOutput<C>>
  } = {
    hello: (input) => {
      hooks.onHello(input)
      return settings
    },
    claim: (input) => claimJobs(ctx, input, () => gone),
    report: (input) => reportAttempt(ctx, input),
    heartbeat: (input) => {
      hooks.onHeartbeat(new Map(input.slots.map(({ attemptId, ...slot }) => [attemptId, slot])))
      return heartbeat(ctx, input)
    },
    finish: (input) => finishAttempt(ctx, input),
  }

  const send = (message: ServerToSupervisor): void => {
    // A supervisor that is gone reads nothing; its leases are voided by whoever sees it exit.
    if (supervisor.connected) supervisor.send(message, () => undefined)
  }

  async function answer<C extends GatewayCallName>(call: C, input: unknown): Promise<GatewayOutput<C>> {
    return await verbs[call](gatewayCalls[call].input.parse(input) as GatewayInput<C>)
  }

  /** A call that cannot be stored for now (a full disk, a locked database) is held: a refusal would end its run. */
  async function answerOrHold<C extends GatewayCallName>(
    call: C,
    input: unknown,
  ): Promise<GatewayOutput<C> | typeof noAnswer> {
    const since = performance.now()
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await answer(call, input)
      } catch (error) {
        const why = whyHeld(ctx, error)
        if (why === null) throw error
        if (attempt === 1) ctx.log.error({ call }, why)
        if (performance.now() - since >= longestHeldMs) return noAnswer
        await wait(heldMs)
        // Its leases were voided meanwhile.
        if (gone) return noAnswer
      }
    }
  }

  supervisor.on('message', (raw) => {
    // What a supervisor said before it died may be read after its leases were voided: a claim would lease to nobody.
    if (gone) return
    const parsed = SupervisorToServer.safeParse(raw)
    if (!parsed.success) {
      ctx.log.error({ issues: parsed.error.issues }, 'a message of the supervisor was not understood')
      return
    }
    const { id, call, input } = parsed.data
    answerOrHold(call, input).then(
      (output) => {
        // A claim is never asked again while it is open: an empty answer lets its sender go on.
        if (output !== noAnswer) send({ type: 'answer', id, output })
        else if (call === 'claim') send({ type: 'answer', id, output: [] })
      },
      (error: unknown) => {
        ctx.log.error({ err: error, call }, 'a call of the supervisor failed')
        const code = error instanceof DomainError ? error.code : 'error'
        send({ type: 'refusal', id, code, text: error instanceof Error ? error.message : String(error) })
      },
    )
  })
}
