import type { LiveEvent } from '../../../core/contracts/views.ts'

/**
 * Gathers events and hands them over together, `waitMs` after the first of them: a burst of points costs one
 * drawing, and a page is never further behind than that.
 */
export function collectEvents(
  waitMs: number,
  flush: (events: LiveEvent[]) => void,
): { add: (event: LiveEvent) => void; stop: () => void } {
  let waiting: LiveEvent[] = []
  let timer: ReturnType<typeof setTimeout> | null = null
  return {
    add: (event) => {
      waiting.push(event)
      timer ??= setTimeout(() => {
        const events = waiting
        waiting = []
        timer = null
        flush(events)
      }, waitMs)
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer)
      timer = null
      waiting = []
    },
  }
}
