import type { ChildProcess } from 'node:child_process'
import type { EngineName } from '../../core/contracts/protocol.ts'
import type { TrainRequest } from '../../core/contracts/work-request.ts'
import { trainerEnvironment } from '../../workers/protocol/trainer-environment.ts'
import { TrainerEvent } from '../../workers/protocol/trainer-messages.ts'
import { forkWorker, stderrTail } from '../api/worker-gateway/fork-worker.ts'

export type Engine = Extract<TrainerEvent, { type: 'ready' }>['engine']

/** How a training that was done once more came out. */
export type Retrained =
  | { type: 'trained'; engine: Engine }
  | { type: 'diverged'; engine: Engine; step: number }
  /** It could not be done; nothing is said about the result. */
  | { type: 'failed'; text: string }

/** A trainer process of this command alone: no queue, no supervisor, and gone with this process. */
export interface Retrainer {
  train(request: TrainRequest, onStep: (step: number) => void): Promise<Retrained>
  stop(): void
}

/** A trainer at work says something every second. */
const silenceMs = 60_000

/** Starts a trainer with the engine that a run was planned for. */
export function startRetrainer(engineName: EngineName, variables: NodeJS.ProcessEnv): Retrainer {
  const child = forkWorker('trainer', trainerEnvironment(variables, engineName))
  const tail = stderrTail(child, 10)
  const inbox = collectMessages(child, tail)
  let engine: Engine | null = null
  return {
    train: async (request, onStep) => {
      if (child.connected) child.send({ type: 'train', request }, () => undefined)
      for (;;) {
        const event = await inbox.next()
        switch (event.type) {
          case 'ready':
            engine = event.engine
            break
          case 'progress':
            onStep(event.step)
            break
          case 'trained':
            if (engine === null) return { type: 'failed', text: 'The trainer did not name its engine.' }
            return { type: 'trained', engine }
          case 'diverged':
            if (engine === null) return { type: 'failed', text: 'The trainer did not name its engine.' }
            return { type: 'diverged', engine, step: event.step }
          case 'failed':
            return { type: 'failed', text: event.text }
          case 'cancelled':
          case 'profiled':
          case 'fidelity-measured':
            return { type: 'failed', text: 'The trainer ended without a result.' }
          case 'metrics':
          case 'log':
          case 'artifact':
          case 'checkpoint':
          case 'resumed':
            break
        }
      }
    },
    stop: () => void child.kill('SIGKILL'),
  }
}

/** The trainer's messages in order, read one at a time; its end, or a long silence, is a `failed` of its own. */
function collectMessages(child: ChildProcess, tail: () => string): { next(): Promise<TrainerEvent> } {
  const waiting: TrainerEvent[] = []
  let ended: TrainerEvent | null = null
  let wake: () => void = () => undefined
  const fail = (text: string): void => {
    ended ??= { type: 'failed', text, reason: 'error' }
    wake()
  }
  child.on('message', (raw) => {
    const parsed = TrainerEvent.safeParse(raw)
    if (parsed.success) waiting.push(parsed.data)
    else fail('The trainer said what is not understood.')
    wake()
  })
  child.on('error', (error) => fail(`The trainer does not start: ${error.message}`))
  // After its last message was read.
  child.on('close', (code, signal) =>
    fail(`The trainer ended (${signal ?? `exit code ${code}`}).${tail() === '' ? '' : `\n${tail()}`}`),
  )
  return {
    next: async () => {
      for (;;) {
        const event = waiting.shift() ?? ended
        if (event !== null) return event
        await new Promise<void>((resolve) => {
          const timer = setTimeout(() => {
            child.kill('SIGKILL')
            fail(`The trainer said nothing for ${silenceMs / 1000} s and was ended.`)
          }, silenceMs)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
    },
  }
}
