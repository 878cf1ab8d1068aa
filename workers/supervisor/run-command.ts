import { TrainerEvent, type TrainerCommand } from '../protocol/trainer-messages.ts'
import { giveWay } from '../protocol/give-way.ts'
import { residentBytes } from './resident-bytes.ts'
import { timings } from './timings.ts'
import { isEndEvent, type TrainerEnd } from './trainer-end.ts'
import type { TrainerProcess } from './trainer-process.ts'

export interface CommandLimits {
  silenceMs: number
  memoryLimitBytes: number
}

export interface CommandWatcher {
  /** Everything between the command and its end. */
  onEvent: (event: TrainerEvent) => void
  onResident: (bytes: number) => void
  /** Aborted when the command is no longer wanted. */
  stop: AbortSignal
}

/**
 * Gives a trainer one command and follows it to its end. Never rejects. After an end of type `answered` with
 * `trained`, `diverged`, `fidelity-measured`, `profiled` or `cancelled` the trainer is fit for the next command;
 * after any other it is gone or has to go.
 */
export const runCommand = async (
  trainer: TrainerProcess,
  command: TrainerCommand,
  limits: CommandLimits,
  watcher: CommandWatcher,
): Promise<TrainerEnd> => {
  let heardAt = performance.now()
  let resident: number | null = null
  let over = false
  let onStop = (): void => {}
  const timers: NodeJS.Timeout[] = []

  const end = await new Promise<TrainerEnd>((resolve) => {
    const killFor = (reason: TrainerEnd): void => {
      resolve(reason)
      void trainer.end()
    }

    trainer.listen((raw) => {
      heardAt = performance.now()
      const parsed = TrainerEvent.safeParse(raw)
      if (!parsed.success) {
        killFor({ type: 'incomprehensible', text: parsed.error.message })
        return
      }
      const event = parsed.data
      if (event.type === 'ready') {
        if (event.engine.name !== trainer.engine) {
          killFor({ type: 'wrong-engine', asked: trainer.engine, found: event.engine.name })
          return
        }
        trainer.isReady = true
        // Loaded at full speed; a measurement of latency stays there.
        if (command.type !== 'profile' && trainer.pid !== undefined) giveWay(trainer.pid)
        if (!watcher.stop.aborted) trainer.send(command)
      } else if (isEndEvent(event)) resolve({ type: 'answered', event })
      else watcher.onEvent(event)
    })

    const followExit = async (): Promise<void> => {
      const exit = await trainer.exited
      if ('failedToStart' in exit) resolve({ type: 'not-started', text: exit.failedToStart })
      else if (watcher.stop.aborted) resolve({ type: 'stopped' })
      else resolve({ type: 'exited', exit, residentBytes: resident })
    }
    void followExit()

    const look = async (): Promise<void> => {
      if (trainer.pid !== undefined) resident = (await residentBytes(trainer.pid)) ?? resident
      if (over) return
      if (resident !== null) watcher.onResident(resident)
      if (resident !== null && resident > limits.memoryLimitBytes) {
        trainer.kill('SIGKILL')
        resolve({ type: 'over-memory', residentBytes: resident, limitBytes: limits.memoryLimitBytes })
      }
      if (performance.now() - heardAt > limits.silenceMs) {
        killFor({ type: 'silent', silenceMs: limits.silenceMs, tail: trainer.tail() })
      }
    }
    timers.push(setInterval(() => void look(), Math.min(timings.sampleMs, limits.silenceMs / 2)))

    onStop = () => {
      if (!trainer.isReady) {
        killFor({ type: 'stopped' })
        return
      }
      trainer.send({ type: 'cancel' })
      timers.push(setTimeout(() => void trainer.end(), timings.cancelMs))
    }
    if (watcher.stop.aborted) onStop()
    else watcher.stop.addEventListener('abort', onStop, { once: true })

    if (trainer.isReady && !watcher.stop.aborted) trainer.send(command)
  })

  over = true
  trainer.listen(null)
  watcher.stop.removeEventListener('abort', onStop)
  for (const timer of timers) clearTimeout(timer)
  return end
}

/** Whether a trainer can take another command after this end. */
export const isFitAfter = (end: TrainerEnd): boolean => end.type === 'answered' && end.event.type !== 'failed'
