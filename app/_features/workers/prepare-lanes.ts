import type { WorkersPage } from '../../../core/contracts/views.ts'
import { niceStep } from '../../_charts/scale/ticks.ts'

/** Something on a lane; `start` and `end` are shares of the shown time, 0 to 1. */
export interface LaneBlock {
  id: string
  look: 'past' | 'trouble' | 'done' | 'expected' | 'plan' | 'latency'
  start: number
  end: number
  label: string
  runId: string | null
}

export interface PreparedLanes {
  /** One list a core. */
  lanes: LaneBlock[][]
  /** Across all lanes: latency jobs, which need every core idle. */
  across: LaneBlock[]
  now: number
  ticks: { at: number; label: string }[]
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const windows = [30 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE, 15 * MINUTE]

/**
 * What ran, runs and will run on each core, to scale, around `now` (ms since 1970). The shown time reaches as far back
 * as the oldest known work, and as far ahead.
 */
export function prepareLanes(
  page: Pick<WorkersPage, 'slots' | 'past' | 'waiting'>,
  now: number,
): PreparedLanes {
  const reach = timeWindow(page, now)
  const at = (time: number): number => (time - (now - reach)) / (2 * reach)
  const lanes: LaneBlock[][] = page.slots.map(() => [])
  const across: LaneBlock[] = []
  for (const [index, past] of page.past.entries()) {
    if (past.endedAt < now - reach) continue
    const trouble = past.state === 'failed' || past.state === 'diverged' || past.state === 'lost'
    const block: LaneBlock = {
      id: `past-${index}-${past.startedAt}`,
      look: past.kind === 'profile' ? 'latency' : trouble ? 'trouble' : 'past',
      start: Math.max(0, at(past.startedAt)),
      end: Math.min(at(now), at(past.endedAt)),
      label: trouble ? `${past.label}, ${past.state}` : past.label,
      runId: past.runId,
    }
    if (past.kind === 'profile') across.push(block)
    else if (past.slot !== null) lanes[past.slot]?.push(block)
  }
  page.slots.forEach((slot, index) => {
    if (slot.current === null) return
    const { attemptId, label, runId, startedAt, kind, left } = slot.current
    const shared = { label, runId }
    const done = { ...shared, start: Math.max(0, at(startedAt)), end: at(now) }
    if (kind === 'profile') {
      across.push({ ...done, id: attemptId, look: 'latency' })
      return
    }
    lanes[index]?.push({ ...done, id: attemptId, look: 'done' })
    if (left !== null && left.ms > 0) {
      const end = Math.min(1, at(now + left.ms))
      lanes[index]?.push({ ...shared, id: `${attemptId}-rest`, look: 'expected', start: at(now), end })
    }
  })
  for (const { jobId, label, runId, kind, planned } of page.waiting) {
    if (planned.startMs >= reach) continue
    const shared = { id: jobId, label, runId }
    const block = { ...shared, start: at(now + planned.startMs), end: Math.min(1, at(now + planned.endMs)) }
    if (kind === 'profile') across.push({ ...block, look: 'latency' })
    else if (planned.core !== null) lanes[planned.core]?.push({ ...block, look: 'plan' })
  }
  return { lanes, across, now: at(now), ticks: laneTicks(reach) }
}

function timeWindow(page: Pick<WorkersPage, 'slots' | 'past'>, now: number): number {
  const started = [
    ...page.past.map((past) => past.startedAt),
    ...page.slots.flatMap((slot) => (slot.current === null ? [] : [slot.current.startedAt])),
  ]
  const ahead = page.slots.map((slot) => slot.current?.left?.ms ?? 0)
  const wanted = Math.max(now - Math.min(now, ...started), ...ahead)
  return windows.find((window) => window >= wanted) ?? 15 * MINUTE
}

function laneTicks(reach: number): PreparedLanes['ticks'] {
  const minutes = reach > MINUTE
  const unit = minutes ? MINUTE : SECOND
  const step = Math.max(1, niceStep(reach / unit / 3))
  const count = Math.floor(reach / unit / step + 1e-9)
  return Array.from({ length: 2 * count + 1 }, (_, index) => index - count)
    .filter((index) => index !== 0)
    .map((index) => {
      const value = index * step
      const sign = value < 0 ? '−' : '+'
      return {
        at: 0.5 + (value * unit) / (2 * reach),
        label: `${sign}${Math.abs(value)}${index === count ? (minutes ? ' min' : ' s') : ''}`,
      }
    })
}
