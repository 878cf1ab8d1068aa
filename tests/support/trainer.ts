import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { TrainerEvent } from '../../workers/protocol/trainer-messages.ts'
import type { TrainerCommand } from '../../workers/protocol/trainer-messages.ts'
import { trainerEnvironment } from '../../workers/protocol/trainer-environment.ts'
import { testEngine } from './engines.ts'
import { ensureKernels } from './kernels.ts'
import { watchEvents } from './still-moving.ts'

type EventType = TrainerEvent['type']
const ends: readonly EventType[] = [
  'trained',
  'diverged',
  'fidelity-measured',
  'profiled',
  'cancelled',
  'failed',
]

export interface TestTrainer {
  child: ChildProcess
  /** All events so far, parsed. */
  events: TrainerEvent[]
  /** The first event of this type at or after `from` in `events`, waiting for it. */
  waitFor<T extends EventType>(type: T, from?: number): Promise<Extract<TrainerEvent, { type: T }>>
  /** Sends a command and waits for its end; `events` are those of this command, the end last. */
  run(command: TrainerCommand): Promise<{ end: TrainerEvent; events: TrainerEvent[] }>
  send(command: TrainerCommand): void
  /** Exit code and signal, waiting for the end of the process. */
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  stop(): Promise<void>
}

/** Forks the real trainer from source, on `testEngine`. It is killed by `stop`, which a test calls in `finally` or `afterEach`. */
export async function startTrainer(
  options: { env?: Record<string, string>; nodeFlags?: string[] } = {},
): Promise<TestTrainer> {
  await ensureKernels()
  const main = join(import.meta.dirname, '..', '..', 'workers', 'trainer', 'main.ts')
  const child = fork(main, [], {
    execArgv: ['--import', 'tsx', ...(options.nodeFlags ?? [])],
    env: { ...trainerEnvironment(process.env, testEngine), NODE_ENV: 'test', ...options.env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const events: TrainerEvent[] = []
  const listeners = new Set<() => void>()
  const wake = (): void => listeners.forEach((listener) => listener())
  child.on('message', (message) => {
    events.push(TrainerEvent.parse(message))
    wake()
  })
  let gone: { code: number | null; signal: NodeJS.Signals | null } | null = null
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.on('exit', (code, signal) => {
      gone = { code, signal }
      wake()
      resolve(gone)
    })
  })
  const find = async <E extends TrainerEvent>(
    matches: (event: TrainerEvent) => event is E,
    from: number,
  ): Promise<E> =>
    await new Promise((resolve, reject) => {
      const stillness = watchEvents(() => {
        listeners.delete(look)
        reject(new Error(`The trainer says nothing more after ${JSON.stringify(events.at(-1))}`))
      })
      const look = (): void => {
        stillness.moved()
        const found = events.slice(from).find(matches)
        if (!found && !gone) return
        stillness.end()
        listeners.delete(look)
        if (found) resolve(found)
        else
          reject(
            new Error(`The trainer ended (${JSON.stringify(gone)}) after ${JSON.stringify(events.at(-1))}`),
          )
      }
      listeners.add(look)
      look()
    })
  const trainer: TestTrainer = {
    child,
    events,
    exited,
    waitFor: (type, from = 0) =>
      find((event): event is Extract<TrainerEvent, { type: typeof type }> => event.type === type, from),
    send: (command) => void child.send(command),
    async run(command) {
      const from = events.length
      child.send(command)
      const end = await find((event): event is TrainerEvent => ends.includes(event.type), from)
      return { end, events: events.slice(from) }
    },
    async stop() {
      if (!gone) child.kill('SIGKILL')
      await exited
    },
  }
  await trainer.waitFor('ready')
  return trainer
}
