import { EventEmitter } from 'node:events'
import type { LiveEvent } from '../../core/contracts/views.ts'

export interface NumberedEvent {
  /** `<boot>:<number>`: tells a reader after a restart that the numbers began anew. */
  id: string
  event: LiveEvent
}

export interface LiveBus {
  publish(event: LiveEvent): void
  /** What came after `lastId`, or null when that is no longer known: the reader must fetch everything again. */
  since(lastId: string): NumberedEvent[] | null
  subscribe(listener: (event: NumberedEvent) => void): () => void
  listeners(): number
  /** The id of the newest event. */
  position(): string
}

const remembered = 5_000

/** @param boot differs from one start of the server to the next. */
export function createLiveBus(boot: string): LiveBus {
  const emitter = new EventEmitter()
  emitter.setMaxListeners(0)
  let next = 1
  const ring: NumberedEvent[] = []

  return {
    publish: (event) => {
      const numbered = { id: `${boot}:${next}`, event }
      next += 1
      ring.push(numbered)
      if (ring.length > remembered * 2) ring.splice(0, ring.length - remembered)
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
      return () => emitter.off('event', listener)
    },
    listeners: () => emitter.listenerCount('event'),
    position: () => `${boot}:${next - 1}`,
  }
}
