import type { LiveBus, NumberedEvent } from '../../platform/live-bus.ts'

/** A reader that falls further behind starts over. */
const mostWaiting = 5_000

/**
 * What is published, in order and once: what came after `lastEventId` first, then live. A reader whose place is no
 * longer known (a restart, a long sleep) is told to fetch everything again.
 */
export async function* streamEvents(
  bus: LiveBus,
  lastEventId: string | null,
  signal: AbortSignal | undefined,
): AsyncGenerator<NumberedEvent> {
  const waiting: NumberedEvent[] = []
  let wakeUp: () => void = () => undefined
  const unsubscribe = bus.subscribe((event) => {
    if (waiting.length >= mostWaiting) {
      waiting.length = 0
      waiting.push({ id: event.id, event: { type: 'resync' } })
    } else {
      waiting.push(event)
    }
    wakeUp()
  })
  const stop = (): void => wakeUp()
  signal?.addEventListener('abort', stop)
  try {
    if (lastEventId !== null) {
      const missed = bus.since(lastEventId)
      if (missed === null) yield { id: bus.position(), event: { type: 'resync' } }
      else yield* missed
    }
    while (signal?.aborted !== true) {
      const next = waiting.shift()
      if (next === undefined) {
        await new Promise<void>((resolve) => {
          wakeUp = resolve
        })
      } else {
        yield next
      }
    }
  } finally {
    unsubscribe()
    signal?.removeEventListener('abort', stop)
  }
}
