import { fraction, linearTicks, paddedDomain } from '../../_charts/scale/ticks.ts'
import type { Domain } from '../../_charts/scale/ticks.ts'
import type { ArmLine } from './run-groups.ts'

export interface StripAxis {
  domain: Domain
  ticks: { at: number; value: number }[]
}

export type StripMark =
  | { kind: 'tick'; at: number }
  | { kind: 'point'; at: number; interval: [number, number] | null; cut: [left: boolean, right: boolean] }
  /** Beyond the axis. */
  | { kind: 'arrow'; side: 'left' | 'right' }

/** Arms that leave the axis, as with a diverged run, end in an arrow instead of flattening the rest. */
const MOST_SPREAD = 6

/**
 * One axis for the differences of all arms and seeds, in the metric's own units, with 0 on it. It spans what the arms
 * show, but no more than `MOST_SPREAD` times the median distance from 0.
 */
export function stripAxis(lines: readonly ArmLine[]): StripAxis {
  const estimates = lines.flatMap((line) => (line.difference ? [line.difference.estimate] : []))
  const seeds = lines.flatMap((line) =>
    line.children.flatMap(({ run }) => (run.difference === null ? [] : [run.difference])),
  )
  const sizes = [...estimates, ...seeds].map(Math.abs).sort((a, b) => a - b)
  const typical = sizes[Math.floor(sizes.length / 2)] ?? 0
  const most = Math.max(typical * MOST_SPREAD, 0.005)
  const ends = lines.flatMap((line) => line.difference?.interval ?? [])
  const reach = [...estimates, ...seeds, ...ends].filter((value) => Math.abs(value) <= most)
  const domain = paddedDomain([0, ...reach], 0.12, 0.01) ?? [-0.01, 0.01]
  return {
    domain,
    ticks: linearTicks(domain, 3).map((value) => ({ value, at: fraction(value, domain) })),
  }
}

/** An arm on the axis: its estimate with its interval, cut where it leaves. */
export function armMark(axis: StripAxis, difference: ArmLine['difference']): StripMark | null {
  if (difference === null) return null
  const at = fraction(difference.estimate, axis.domain)
  if (at < 0 || at > 1) return { kind: 'arrow', side: at < 0 ? 'left' : 'right' }
  const ends = difference.interval
  if (ends === null) return { kind: 'point', at, interval: null, cut: [false, false] }
  const [low, high] = [fraction(ends[0], axis.domain), fraction(ends[1], axis.domain)]
  return {
    kind: 'point',
    at,
    interval: [Math.max(0, low), Math.min(1, high)],
    cut: [low < 0, high > 1],
  }
}

/** A seed on the axis. */
export function seedMark(axis: StripAxis, difference: number | null): StripMark | null {
  if (difference === null) return null
  const at = fraction(difference, axis.domain)
  if (at < 0 || at > 1) return { kind: 'arrow', side: at < 0 ? 'left' : 'right' }
  return { kind: 'tick', at }
}
