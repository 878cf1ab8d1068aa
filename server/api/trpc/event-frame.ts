import type { LiveEvent } from '../../../core/contracts/views.ts'
import type { NumberedEvent } from '../../platform/live-bus.ts'

/** What goes to a reader in one piece, so that it can go on only after a whole one. */
export interface EventFrame {
  /** Of the newest event in it. */
  id: string
  events: LiveEvent[]
}

/** Points of one run in one frame; with more, the curves are cheaper to fetch than to follow. */
const mostPoints = 2_000
/** Other events in one frame; a reader that falls further behind starts over. */
const mostEvents = 5_000

type MetricsEvent = Extract<LiveEvent, { type: 'metrics' }>

/**
 * Gathers events into a frame of bounded size: points of a run become one event, of its progress the newest is kept.
 * Events of different kinds say nothing of each other's order.
 */
export function createFrame(): { add(event: NumberedEvent): void; take(): EventFrame | null } {
  let id: string | null = null
  let others: LiveEvent[] = []
  let points = new Map<string, MetricsEvent>()
  let progress = new Map<string, LiveEvent>()
  let flooded = new Map<string, LiveEvent>()
  let startsOver = false

  const clear = (): void => {
    others = []
    points = new Map()
    progress = new Map()
    flooded = new Map()
  }

  function addPoints(event: MetricsEvent): void {
    const { runId, experimentId } = event
    if (flooded.has(runId)) return
    const before = points.get(runId)
    if ((before?.points.length ?? 0) + event.points.length > mostPoints) {
      points.delete(runId)
      flooded.set(runId, { type: 'many-points', experimentId, runId })
    } else if (before === undefined) {
      // A copy: readers share the event.
      points.set(runId, { ...event, points: [...event.points] })
    } else {
      before.points.push(...event.points)
    }
  }

  return {
    add: (numbered) => {
      const { event } = numbered
      id = numbered.id
      if (startsOver) return
      if (event.type === 'metrics') addPoints(event)
      else if (event.type === 'progress') progress.set(event.runId, event)
      else others.push(event)
      if (others.length > mostEvents || points.size > mostEvents) {
        startsOver = true
        clear()
      }
    },
    take: () => {
      if (id === null) return null
      const events: LiveEvent[] = startsOver
        ? [{ type: 'resync' }]
        : [...points.values(), ...flooded.values(), ...progress.values(), ...others]
      const frame = { id, events }
      id = null
      startsOver = false
      clear()
      return frame
    },
  }
}
