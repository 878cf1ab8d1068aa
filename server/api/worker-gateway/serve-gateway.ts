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
import { diskFullText, isDiskFull } from '../../platform/disk.ts'
import { DomainError } from '../../platform/domain-error.ts'

const heldMs = 1_000
const mostHeld = 25
const noAnswer = Symbol('no answer')

export interface GatewaySettings {
  heartbeatMs: number
  silenceMs: number
  memoryLimitBytes: number
}

export interface GatewayHooks {
  onHello(hello: GatewayInput<'hello'>): void
  onHeartbeat(slots: Map<string, LiveSlot>): void
}

/** Answers the calls of one supervisor over its IPC channel. */
export function serveGateway(
  ctx: Context,
  supervisor: ChildProcess,
  settings: GatewaySettings,
  hooks: GatewayHooks,
): void {
  const verbs: {
    [C in GatewayCallName]: (input: GatewayInput<C>) => GatewayOutput<C> | Promise<GatewayOutput<C>>
  } = {
    hello: (input) => {
      hooks.onHello(input)
      return settings
    },
    claim: (input) => claimJobs(ctx, input),
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

  let gone = false
  supervisor.once('exit', () => {
    gone = true
  })

  /** A call that cannot be stored on a full disk is held, because a refusal would end the run that made it. */
  async function answerWithRoom<C extends GatewayCallName>(
    call: C,
    input: unknown,
  ): Promise<GatewayOutput<C> | typeof noAnswer> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await answer(call, input)
      } catch (error) {
        if (!isDiskFull(error)) throw error
        if (attempt === 1) ctx.log.error({ call }, diskFullText(ctx.folder.root))
        // Its sender asks again when nothing was answered.
        if (attempt === mostHeld || gone) return noAnswer
        await wait(heldMs)
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
    answerWithRoom(call, input).then(
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
