import { fork, type ChildProcess } from 'node:child_process'
import type { EngineName } from '../../core/contracts/protocol.ts'
import type { TrainerCommand } from '../protocol/trainer-messages.ts'
import { memoryKills } from './memory-kills.ts'
import { timings } from './timings.ts'
import type { TrainerExit } from './trainer-end.ts'
import { trainerEnvironment } from '../protocol/trainer-environment.ts'
import type { TrainerEntry } from './trainer-entry.ts'

const tailCharacters = 4000

/** A trainer, from its start to its exit. One command at a time. */
export interface TrainerProcess {
  readonly pid: number | undefined
  readonly engine: EngineName
  /** It has said `ready` with this engine. */
  isReady: boolean
  readonly tail: () => string
  /** Resolves with the exit, after its last message and output were read; never rejects. */
  readonly exited: Promise<TrainerExit | { failedToStart: string }>
  send(command: TrainerCommand): void
  /** One listener at a time; messages without one are dropped. */
  listen(listener: ((message: unknown) => void) | null): void
  /** SIGTERM, and SIGKILL if it is still there some seconds later. Resolves when it is gone. */
  end(): Promise<void>
  kill(signal: NodeJS.Signals): void
}

/** Starts a trainer with only the allowed environment. It leaves by itself when this process is gone. */
export const startTrainer = (entry: TrainerEntry, engine: EngineName): TrainerProcess => {
  const child = fork(entry.path, [], {
    execArgv: entry.execArgv,
    env: trainerEnvironment(process.env, engine),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A Ctrl-C in the terminal is for the server, which then says `shutdown`.
    detached: true,
  })
  let tail = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      tail = (tail + text).slice(-tailCharacters)
    })
  }
  let listener: ((message: unknown) => void) | null = null
  child.on('message', (message) => listener?.(message))
  const killsBefore = memoryKills()
  let gone = false
  const exited = exitOf(child).then(async (end) => {
    gone = true
    if ('failedToStart' in end) return end
    return { ...end, tail, memoryKill: (await memoryKills()) > (await killsBefore) }
  })
  const kill = (signal: NodeJS.Signals): void => {
    if (!gone) child.kill(signal)
  }
  return {
    pid: child.pid,
    engine,
    isReady: false,
    tail: () => tail,
    exited,
    send(command) {
      // A channel that is closing rejects; the exit that follows tells the story.
      if (child.connected) child.send(command, () => {})
    },
    listen(next) {
      listener = next
    },
    async end() {
      kill('SIGTERM')
      const timer = setTimeout(() => kill('SIGKILL'), timings.killMs)
      await exited
      clearTimeout(timer)
    },
    kill,
  }
}

type RawExit = { code: number | null; signal: NodeJS.Signals | null } | { failedToStart: string }

/** `close` comes after the last output; the channel's last messages come with `disconnect`. */
const exitOf = async (child: ChildProcess): Promise<RawExit> => {
  const disconnected = new Promise<void>((resolve) => child.once('disconnect', () => resolve()))
  const end = await new Promise<RawExit>((resolve) => {
    child.on('error', (error) => {
      if (child.pid === undefined) resolve({ failedToStart: error.message })
    })
    child.once('close', (code, signal) => resolve({ code, signal }))
  })
  if (!('failedToStart' in end) && child.connected) await disconnected
  return end
}
