import { setTimeout as wait } from 'node:timers/promises'
import type { LiveBus } from '../../platform/live-bus.ts'
import { createFrame, type EventFrame } from './event-frame.ts'

/** From one frame to the next, so that a burst costs few: the first event of a quiet time goes at once. */
const frameMs = 5

/**
 * What is published, in order and once: what came after `lastEventId` first, then live. A reader whose place is no
 * longer known (a restart, a long sleep) is told to fetch everything again.
 */
export async function* streamEvents(
  bus: LiveBus,
  lastEventId: string | null,
  signal: AbortSignal | undefined,
): AsyncGenerator<EventFrame> {
  const waiting = createFrame()
  let wakeUp: () => void = () => undefined
  const wake = (): void => wakeUp()
  // Before the subscription: what is published from here on comes through it.
  const missed = lastEventId === null ? [] : bus.since(lastEventId)
  const position = bus.position()
  const unsubscribe = bus.subscribe((event) => {
    waiting.add(event)
    wake()
  })
  signal?.addEventListener('abort', wake)
  try {
    if (missed === null) yield { id: position, events: [{ type: 'resync' }] }
    else for (const event of missed) waiting.add(event)
    while (signal?.aborted !== true) {
      const frame = waiting.take()
      if (frame === null) {
        await new Promise<void>((resolve) => {
          wakeUp = resolve
        })
      } else {
        yield frame
        // A reader that leaves is noticed at once.
        await wait(frameMs, undefined, signal === undefined ? {} : { signal }).catch(() => undefined)
      }
    }
  } finally {
    unsubscribe()
    signal?.removeEventListener('abort', wake)
  }
}
