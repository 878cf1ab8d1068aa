import type { z } from 'zod'
import {
  gatewayCalls,
  ServerToSupervisor,
  type GatewayCallName,
  type SupervisorToServer,
  type WorkerGateway,
} from '../protocol/gateway-messages.ts'
import { timings } from './timings.ts'

/** The server answered, and said no. */
export class GatewayRefusal extends Error {
  override name = 'GatewayRefusal'
  readonly code: string
  constructor(code: string, text: string) {
    super(text)
    this.code = code
  }
}

/** The part of `process` (in a forked child) or of a ChildProcess that carries messages. */
export interface IpcChannel {
  send?: ((message: object, sent: (error: Error | null) => void) => boolean) | undefined
  on(event: 'message', listener: (message: unknown) => void): unknown
  on(event: 'disconnect', listener: () => void): unknown
  connected: boolean
}

export interface IpcGatewayOptions {
  onWake: () => void
  onShutdown: () => void
  answerMs?: number
}

interface Pending {
  resolve: (output: unknown) => void
  reject: (error: Error) => void
  timer: NodeJS.Timeout | null
}

/**
 * The WorkerGateway over Node's IPC channel. Calls reject with GatewayRefusal when the server says no, and with Error
 * when no answer comes within `answerMs` or the channel is closed. `claim` alone waits without limit: an answer that
 * came too late would leave its assignments with nobody.
 */
export const createIpcGateway = (channel: IpcChannel, options: IpcGatewayOptions): WorkerGateway => {
  const { onWake, onShutdown, answerMs = timings.answerMs } = options
  const pending = new Map<number, Pending>()
  let lastId = 0

  const take = (id: number): Pending | undefined => {
    const call = pending.get(id)
    if (call !== undefined) {
      pending.delete(id)
      if (call.timer !== null) clearTimeout(call.timer)
    }
    return call
  }

  channel.on('message', (raw) => {
    const parsed = ServerToSupervisor.safeParse(raw)
    if (!parsed.success) {
      process.stderr.write(`A message of the server was not understood: ${parsed.error.message}\n`)
      return
    }
    const message = parsed.data
    switch (message.type) {
      case 'answer':
        take(message.id)?.resolve(message.output)
        return
      case 'refusal':
        take(message.id)?.reject(new GatewayRefusal(message.code, message.text))
        return
      case 'wake':
        onWake()
        return
      case 'shutdown':
        onShutdown()
        return
    }
  })
  channel.on('disconnect', () => {
    for (const id of pending.keys()) take(id)?.reject(new Error('The server is gone.'))
  })

  const call = async <O>(name: GatewayCallName, input: unknown, output: z.ZodType<O>): Promise<O> => {
    lastId += 1
    const id = lastId
    const raw = await new Promise<unknown>((resolve, reject) => {
      if (channel.send === undefined || !channel.connected) {
        reject(new Error('The server is gone.'))
        return
      }
      const timer =
        name === 'claim'
          ? null
          : setTimeout(
              () => take(id)?.reject(new Error(`The server did not answer "${name}" within ${answerMs} ms.`)),
              answerMs,
            )
      pending.set(id, { resolve, reject, timer })
      const message: SupervisorToServer = { id, call: name, input }
      channel.send(message, (error) => {
        if (error !== null) take(id)?.reject(error)
      })
    })
    return output.parse(raw)
  }

  return {
    hello: (input) => call('hello', input, gatewayCalls.hello.output),
    claim: (input) => call('claim', input, gatewayCalls.claim.output),
    report: (input) => call('report', input, gatewayCalls.report.output),
    heartbeat: (input) => call('heartbeat', input, gatewayCalls.heartbeat.output),
    finish: (input) => call('finish', input, gatewayCalls.finish.output),
  }
}
