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
  const free = page.slots.map((slot) => now + (slot.current?.etaMs ?? 0))
  page.slots.forEach((slot, index) => {
    if (slot.current === null) return
    const { attemptId, label, runId, startedAt, kind, etaMs } = slot.current
    const shared = { label, runId }
    const done = { ...shared, start: Math.max(0, at(startedAt)), end: at(now) }
    if (kind === 'profile') {
      across.push({ ...done, id: attemptId, look: 'latency' })
      return
    }
    lanes[index]?.push({ ...done, id: attemptId, look: 'done' })
    if (etaMs !== null && etaMs > 0) {
      const end = Math.min(1, at(now + etaMs))
      lanes[index]?.push({ ...shared, id: `${attemptId}-rest`, look: 'expected', start: at(now), end })
    }
  })
  placePlans(page, free, now + reach, (core, job, start, end) => {
    lanes[core]?.push({
      id: job.jobId,
      look: 'plan',
      start: at(start),
      end: Math.min(1, at(end)),
      label: job.label,
      runId: job.runId,
    })
  })
  return { lanes, across, now: at(now), ticks: laneTicks(reach) }
}

/** Each training that could start goes to the core that is free first, as the queue does. */
function placePlans(
  page: Pick<WorkersPage, 'waiting'>,
  free: number[],
  until: number,
  place: (core: number, job: WorkersPage['waiting'][number], start: number, end: number) => void,
): void {
  for (const job of page.waiting) {
    if (!job.ready || job.takesMs === null) continue
    const start = Math.min(...free)
    if (!(start < until)) return
    const core = free.indexOf(start)
    free[core] = start + job.takesMs
    place(core, job, start, start + job.takesMs)
  }
}

function timeWindow(page: Pick<WorkersPage, 'slots' | 'past'>, now: number): number {
  const started = [
    ...page.past.map((past) => past.startedAt),
    ...page.slots.flatMap((slot) => (slot.current === null ? [] : [slot.current.startedAt])),
  ]
  const ahead = page.slots.map((slot) => slot.current?.etaMs ?? 0)
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
