import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { RunSpec } from '../../../core/contracts/run.ts'
import {
  gatewayCalls,
  SupervisorToServer,
  type GatewayInput,
  type GatewayOutput,
  type ServerToSupervisor,
} from '../../../workers/protocol/gateway-messages.ts'
import type { Assignment } from '../../../core/contracts/work-request.ts'
import type { Outcome, ReportItem } from '../../../core/contracts/work-report.ts'

const entry = fileURLToPath(new URL('../../../workers/supervisor/main.ts', import.meta.url))
export const scriptedTrainer = fileURLToPath(new URL('./scripted-trainer.js', import.meta.url))

type Settings = GatewayOutput<'hello'>
type Report = GatewayInput<'report'>

/** The server's side of a real supervisor process: hands out what is queued and keeps all it hears. */
export interface ForkedSupervisor {
  readonly child: ChildProcess
  readonly output: () => string
  /** Handed out one per free slot, in order. */
  readonly queue: Assignment[]
  readonly items: Map<string, ReportItem[]>
  readonly outcomes: Map<string, Outcome>
  readonly heartbeats: GatewayInput<'heartbeat'>[]
  readonly claims: GatewayInput<'claim'>[]
  readonly hellos: GatewayInput<'hello'>[]
  /** Attempts that are no longer wanted. */
  readonly stop: Set<string>
  /** Replaces the answer to a report. */
  onReport: ((report: Report, usual: () => GatewayOutput<'report'>) => GatewayOutput<'report'>) | null
  send(message: ServerToSupervisor): void
  /** Resolves as soon as the condition holds; it is looked at after every call of the supervisor. */
  until(condition: () => boolean): Promise<void>
  outcome(attemptId: string): Promise<Outcome>
  end(): Promise<void>
}

export const forkSupervisor = (options: {
  trainer?: string
  cores?: number
  settings?: Partial<Settings>
  env?: Record<string, string>
}): ForkedSupervisor => {
  const settings: Settings = {
    heartbeatMs: 100,
    silenceMs: 60_000,
    memoryLimitBytes: 1e9,
    ...options.settings,
  }
  const child = fork(entry, [], {
    execArgv: ['--import', 'tsx'],
    env: {
      ...process.env,
      STILLHOUSE_CORES: String(options.cores ?? 1),
      ...(options.trainer === undefined ? {} : { STILLHOUSE_TRAINER: options.trainer }),
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let output = ''
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const conditions = new Set<() => void>()

  const forked: ForkedSupervisor = {
    child,
    output: () => output,
    queue: [],
    items: new Map(),
    outcomes: new Map(),
    heartbeats: [],
    claims: [],
    hellos: [],
    stop: new Set(),
    onReport: null,
    send: (message) => void child.send(message),
    async until(condition) {
      if (condition()) return
      await new Promise<void>((resolve, reject) => {
        const look = (): void => {
          if (!condition()) return
          conditions.delete(look)
          resolve()
        }
        conditions.add(look)
        child.once('exit', () => reject(new Error(`The supervisor ended.\n${output}`)))
      })
    },
    async outcome(attemptId) {
      await forked.until(() => forked.outcomes.has(attemptId))
      const outcome = forked.outcomes.get(attemptId)
      if (outcome === undefined) throw new Error('no outcome')
      return outcome
    },
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) return
      if (child.connected) child.send({ type: 'shutdown' } satisfies ServerToSupervisor)
      await once(child, 'exit')
    },
  }

  const store = (report: Report): GatewayOutput<'report'> => {
    const stored = forked.items.get(report.attemptId) ?? []
    const last = stored.at(-1)?.sequence ?? 0
    stored.push(...report.items.filter((item) => item.sequence > last))
    forked.items.set(report.attemptId, stored)
    return { acknowledged: stored.at(-1)?.sequence ?? 0, stop: forked.stop.has(report.attemptId) }
  }

  const answer = (call: SupervisorToServer): unknown => {
    switch (call.call) {
      case 'hello':
        forked.hellos.push(gatewayCalls.hello.input.parse(call.input))
        return settings
      case 'claim': {
        const input = gatewayCalls.claim.input.parse(call.input)
        forked.claims.push(input)
        if (forked.queue[0]?.kind === 'profile') return input.busy === 0 ? [forked.queue.shift()] : []
        return forked.queue.splice(0, input.free)
      }
      case 'report': {
        const input = gatewayCalls.report.input.parse(call.input)
        return forked.onReport === null ? store(input) : forked.onReport(input, () => store(input))
      }
      case 'heartbeat':
        forked.heartbeats.push(gatewayCalls.heartbeat.input.parse(call.input))
        return { stop: [...forked.stop] }
      case 'finish': {
        const input = gatewayCalls.finish.input.parse(call.input)
        forked.outcomes.set(input.attemptId, input.outcome)
        return { accepted: true }
      }
    }
  }

  child.on('message', (raw) => {
    const call = SupervisorToServer.parse(raw)
    try {
      forked.send({ type: 'answer', id: call.id, output: answer(call) })
    } catch (error) {
      forked.send({ type: 'refusal', id: call.id, code: 'conflict', text: String(error) })
    }
    for (const look of conditions) look()
  })
  return forked
}

const spec: RunSpec = {
  schemaVersion: 1,
  armId: 'scratch',
  method: { name: 'scratch' },
  seed: 1,
  network: { kind: 'mlp', hidden: [8], dropout: 0 },
  training: {
    steps: 1000,
    batchSize: 32,
    optimizer: { name: 'sgd', momentum: 0, weightDecay: 0 },
    learningRate: 0.1,
    schedule: 'constant',
  },
  data: { hash: 'b'.repeat(64), classes: 10, inputSize: 64 },
  labels: null,
  teacherSpecHash: null,
  engine: { name: 'wasm', version: '1' },
}

/** A training whose scripted trainer behaves as `conduct` says. */
export const training = (
  attemptId: string,
  conduct: string,
  engine: 'wasm' | 'cpu' = 'wasm',
): Assignment => ({
  kind: 'train',
  attemptId,
  engine,
  request: {
    runId: conduct,
    spec,
    dataset: '/nowhere',
    scratch: '/nowhere',
    resumeFrom: null,
    teacherLogits: null,
    teacherNetwork: null,
  },
})
