import type { ChildProcess } from 'node:child_process'
import { recoverJobs } from '../../domain/jobs/recover-jobs.ts'
import type { Context, LiveSlot, WorkerPort } from '../../domain/context.ts'
import type { EngineChoice } from '../../../core/contracts/protocol.ts'
import type { Env } from '../../platform/env.ts'
import { DomainError } from '../../platform/domain-error.ts'
import { trainerEnvironment } from '../../../workers/protocol/trainer-environment.ts'
import { forkWorker, stderrTail } from './fork-worker.ts'
import { probeEngine, probeSteps } from './probe-engine.ts'
import { serveGateway } from './serve-gateway.ts'

const heartbeatMs = 1_000
/** A trainer or a supervisor that says nothing for so long is taken for dead. */
const silenceMs = 30_000
/** How long a failed probe of the engine stands. */
const probeAgainMs = 10_000
const backOffMs = [200, 1_000, 5_000, 15_000]

export interface SupervisorHost extends WorkerPort {
  /** Starts the supervisor and keeps one running. */
  start(ctx: Context): void
  /** Stops the supervisor and its trainers; their checkpoints stay. */
  stop(): Promise<void>
}

/** Remembers of each attempt when its steps were first heard of. */
function withSince(
  next: ReadonlyMap<string, Omit<LiveSlot, 'since'>>,
  before: ReadonlyMap<string, LiveSlot>,
  at: number,
): ReadonlyMap<string, LiveSlot> {
  return new Map(
    [...next].map(([id, slot]) => {
      const since = before.get(id)?.since
      return [id, { ...slot, since: since !== undefined && since.step > 0 ? since : { at, step: slot.step } }]
    }),
  )
}

/** What a probe of the engine failed with, as an answer for people. */
const unavailable = (error: unknown): DomainError =>
  new DomainError('unavailable', error instanceof Error ? error.message : String(error), { cause: error })

/** Keeps one supervisor process alive and answers what it asks. */
export function createSupervisorHost(env: Env, variables: NodeJS.ProcessEnv): SupervisorHost {
  let child: ChildProcess | null = null
  let state: ReturnType<WorkerPort['state']> = 'stopped'
  let stopping = false
  let failures = 0
  /** Monotonic milliseconds: a clock that is set, or a machine that slept, is no silence. */
  let lastHeartbeat = 0
  let slots: ReadonlyMap<string, LiveSlot> = new Map()
  let heardAt = 0
  let processor = 'unknown processor'
  const engines = new Map<EngineChoice, ReturnType<WorkerPort['engine']>>()
  let timers: NodeJS.Timeout[] = []
  const workerEnv = { ...variables, STILLHOUSE_ENGINE: env.engine, STILLHOUSE_CORES: String(env.cores) }

  function launch(ctx: Context): void {
    state = 'starting'
    const supervisor = forkWorker('supervisor', workerEnv)
    const tail = stderrTail(supervisor, 20, (line) => ctx.log.warn({ supervisor: line }))
    child = supervisor
    lastHeartbeat = performance.now()
    serveGateway(
      ctx,
      supervisor,
      { heartbeatMs, silenceMs, memoryLimitBytes: env.memoryLimitBytes },
      {
        onHello: (hello) => {
          processor = hello.processor
          state = 'running'
          ctx.bus.publish({ type: 'workers' })
        },
        onHeartbeat: (next) => {
          heardAt = ctx.clock.now()
          slots = withSince(next, slots, heardAt)
          failures = 0
          lastHeartbeat = performance.now()
        },
      },
    )
    let ended = false
    const onEnd = (how: object): void => {
      if (ended) return
      ended = true
      child = null
      slots = new Map()
      state = 'stopped'
      if (stopping) return
      ctx.log.error({ ...how, stderr: tail() }, 'the supervisor ended')
      const wait = backOffMs[Math.min(failures, backOffMs.length - 1)] ?? 0
      failures += 1
      timers.push(setTimeout(() => void voidAndLaunch(ctx), wait))
    }
    supervisor.on('exit', (code, signal) => onEnd({ code, signal }))
    // One that could not be started at all says so here and never exits.
    supervisor.on('error', (error) => {
      ctx.log.error({ err: error }, 'supervisor')
      if (supervisor.pid === undefined) onEnd({ err: error })
    })
  }

  /** A lease that could not be voided (a full disk) would be nobody's: no new supervisor before that. */
  async function voidAndLaunch(ctx: Context): Promise<void> {
    try {
      await recoverJobs(ctx, 'The supervisor ended under it.')
      if (!stopping) launch(ctx)
    } catch (error) {
      ctx.log.error({ err: error }, 'leases could not be voided')
      if (!stopping) timers.push(setTimeout(() => void voidAndLaunch(ctx), heartbeatMs))
    }
  }

  /** A supervisor that hangs is ended; its exit brings the next one. */
  function watch(ctx: Context): void {
    timers.push(
      setInterval(() => {
        if (child !== null && performance.now() - lastHeartbeat > silenceMs) {
          ctx.log.error('the supervisor is silent')
          child.kill('SIGKILL')
        }
      }, heartbeatMs).unref(),
    )
  }

  return {
    cores: env.cores,
    engine: (choice = env.engine) => {
      const known = engines.get(choice)
      if (known !== undefined) return known
      const asked = probeEngine(trainerEnvironment(variables, choice)).catch((error: unknown) => {
        // Asked again after a while: somebody may have mended it.
        setTimeout(() => engines.delete(choice), probeAgainMs).unref()
        throw unavailable(error)
      })
      engines.set(choice, asked)
      return asked
    },
    timeSteps: (engine) => probeSteps(trainerEnvironment(variables, engine), env.cores),
    wake: () => {
      if (child?.connected === true) child.send({ type: 'wake' }, () => undefined)
    },
    machine: () => ({ processor, node: process.version }),
    state: () => state,
    slots: () => slots,
    heardAt: () => heardAt,
    start: (ctx) => {
      launch(ctx)
      watch(ctx)
    },
    stop: async () => {
      stopping = true
      for (const timer of timers) clearTimeout(timer)
      timers = []
      const supervisor = child
      if (supervisor === null) return
      await new Promise<void>((resolve) => {
        const force = setTimeout(() => supervisor.kill('SIGKILL'), 5_000)
        supervisor.once('exit', () => {
          clearTimeout(force)
          resolve()
        })
        if (supervisor.connected) supervisor.send({ type: 'shutdown' }, () => undefined)
        else supervisor.kill('SIGTERM')
      })
    },
  }
}
