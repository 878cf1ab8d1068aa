import { setTimeout as wait } from 'node:timers/promises'
import type { SteadyClock } from '../../core/time/steady-clock.ts'
import type { WorkerGateway } from '../protocol/gateway-messages.ts'
import { createBackOff } from './back-off.ts'
import { textOf } from './text-of.ts'
import { GatewayRefusal } from './ipc-gateway.ts'
import { createReportQueue, type ReportEvent } from './report-queue.ts'
import { timings } from './timings.ts'

/** `now` dates what is reported; `elapsed` says for how long something was waited for. */
export type WorkerClock = Pick<SteadyClock, 'now' | 'elapsed'>

export interface Reporter {
  add(event: ReportEvent): void
  /** Resolves when every report was acknowledged, or is no longer wanted. */
  drain(): Promise<void>
}

export interface ReporterOptions {
  attemptId: string
  gateway: Pick<WorkerGateway, 'report'>
  clock: WorkerClock
  /** The server no longer wants this attempt. */
  onStop: () => void
  /** The server refused the reports for too long; they are dropped. */
  onRefused: (text: string) => void
  giveUpMs?: number
}

/**
 * Sends the reports of one attempt in order, one batch at a time, and sends again what was not acknowledged.
 * An answer that never comes is waited out for as long as the server lives; refusals only for `giveUpMs`.
 */
export const createReporter = (options: ReporterOptions): Reporter => {
  const { attemptId, gateway, clock, onStop, onRefused, giveUpMs = timings.giveUpMs } = options
  const queue = createReportQueue()
  let timer: NodeJS.Timeout | null = null
  let sending: Promise<void> | null = null
  let stopped = false
  let refused = false

  const sendAll = async (): Promise<void> => {
    const backOff = createBackOff()
    let refusedSince: number | null = null
    while (queue.size > 0) {
      const items = queue.oldest(timings.flushItems)
      try {
        const answer = await gateway.report({ attemptId, items })
        refusedSince = null
        const moved = queue.acknowledge(answer.acknowledged)
        if (answer.stop && !stopped) {
          stopped = true
          onStop()
        }
        // An attempt that is not wanted and not acknowledged either will not be.
        if (answer.stop && queue.size > 0 && !moved) queue.clear()
        if (moved) backOff.reset()
        else if (queue.size > 0) await wait(backOff.next())
      } catch (error) {
        if (error instanceof GatewayRefusal) refusedSince ??= clock.elapsed()
        if (refusedSince !== null && clock.elapsed() - refusedSince >= giveUpMs) {
          refused = true
          queue.clear()
          onRefused(textOf(error))
          return
        }
        await wait(backOff.next())
      }
    }
  }

  const send = (): Promise<void> => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    sending ??= sendAll().finally(() => {
      sending = null
    })
    return sending
  }

  return {
    add(event) {
      if (refused) return
      queue.add(event, clock.now())
      if (queue.size >= timings.flushItems) void send()
      else timer ??= setTimeout(() => void send(), timings.flushMs)
    },
    async drain() {
      do await send()
      while (queue.size > 0)
    },
  }
}
