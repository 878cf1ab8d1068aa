import { EventEmitter } from 'node:events'
import type { LiveEvent } from '../../core/contracts/views.ts'

export interface NumberedEvent {
  /** `<boot>:<number>`: tells a reader after a restart that the numbers began anew. */
  id: string
  event: LiveEvent
}

export interface LiveBus {
  /** Takes an event, or what builds one: that is called only where somebody reads, or did so a moment ago. */
  publish(event: LiveEvent | (() => LiveEvent)): void
  /** What came after `lastId`, or null when that is no longer known: the reader must fetch everything again. */
  since(lastId: string): NumberedEvent[] | null
  subscribe(listener: (event: NumberedEvent) => void): () => void
  listeners(): number
  /** The id of the newest event. */
  position(): string
}

/** Events and points that are kept for readers that come back. */
const remembered = 10_000
/** A reader that is away for less finds what it missed; after that nothing is built or kept for it. */
const returnsWithinMs = 30_000

/**
 * @param boot differs from one start of the server to the next.
 * @param elapsedMs a clock that is never set, for how long the last reader is away.
 */
export function createLiveBus(boot: string, elapsedMs: () => number = () => performance.now()): LiveBus {
  const emitter = new EventEmitter()
  emitter.setMaxListeners(0)
  let next = 1
  let ring: NumberedEvent[] = []
  let weight = 0
  let lastLeftAt = -Infinity

  const isWanted = (): boolean =>
    emitter.listenerCount('event') > 0 || elapsedMs() - lastLeftAt < returnsWithinMs

  function forgetOldest(): void {
    let oldest = 0
    while (weight > remembered) weight -= weightOf(ring[oldest++]?.event)
    ring.splice(0, oldest)
  }

  return {
    publish: (event) => {
      if (!isWanted()) {
        next += 1
        if (ring.length > 0) ring = []
        weight = 0
        return
      }
      // Built before it is numbered: one that cannot be built leaves no gap among the numbers.
      const built = typeof event === 'function' ? event() : event
      const numbered = { id: `${boot}:${next}`, event: built }
      next += 1
      ring.push(numbered)
      weight += weightOf(numbered.event)
      // Seldom and by halves: to take from the front costs as much as the ring is long.
      if (weight > remembered * 2) forgetOldest()
      emitter.emit('event', numbered)
    },
    since: (lastId) => {
      const [ofBoot, number] = lastId.split(':')
      const last = Number(number)
      if (ofBoot !== boot || !Number.isInteger(last) || last >= next) return null
      const firstKept = next - ring.length
      return last + 1 < firstKept ? null : ring.slice(last + 1 - firstKept)
    },
    subscribe: (listener) => {
      emitter.on('event', listener)
      return () => {
        emitter.off('event', listener)
        lastLeftAt = elapsedMs()
      }
    },
    listeners: () => emitter.listenerCount('event'),
    position: () => `${boot}:${next - 1}`,
  }
}

const weightOf = (event: LiveEvent | undefined): number =>
  event?.type === 'metrics' ? 1 + event.points.length : 1
