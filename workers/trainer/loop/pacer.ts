import { setImmediate } from 'node:timers/promises'
import type { TrainerEvent } from '../../protocol/trainer-messages.ts'
import { Cancelled } from '../failure.ts'

const yieldMs = 40
const progressMs = 500

/** Keeps a long computation polite: it lets messages in, reports progress, and ends when cancelled. */
export interface Pacer {
  /** A gradient step (number of steps done) took so long. */
  stepDone(step: number, durationMs: number): void
  /** True once the event loop has waited long enough; ask often, it is cheap. */
  isDue(): boolean
  /** Gives way to the event loop. @throws Cancelled */
  breathe(): Promise<void>
}

export function createPacer(options: {
  steps: number
  send: (event: TrainerEvent) => void
  isCancelled: () => boolean
  countTensors: () => number
}): Pacer {
  const { steps, send, isCancelled, countTensors } = options
  let step = 0
  let stepsTimed = 0
  let timedMs = 0
  let yieldedAt = performance.now()
  let reportedAt = Number.NEGATIVE_INFINITY
  return {
    stepDone(done, durationMs) {
      step = done
      stepsTimed++
      timedMs += durationMs
    },
    isDue: () => performance.now() - yieldedAt >= yieldMs,
    async breathe() {
      const now = performance.now()
      if (now - reportedAt >= progressMs) {
        const stepMs = stepsTimed > 0 ? timedMs / stepsTimed : null
        send({ type: 'progress', step, steps, stepMs, tensors: countTensors() })
        reportedAt = now
        stepsTimed = 0
        timedMs = 0
      }
      await setImmediate()
      yieldedAt = performance.now()
      if (isCancelled()) throw new Cancelled()
    },
  }
}
