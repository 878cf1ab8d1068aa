import { niceStep, paddedDomain } from '../scale/ticks.ts'
import type { Domain } from '../scale/ticks.ts'

/** The first tenth of a training climbs far; it may leave the axis so that the rest can be told apart. */
const EARLY = 0.1

/**
 * A y axis for curves: spans the values after the first tenth of `xMax` (all values when there are none after it),
 * its ends at round values inside `bounds`. null without a finite value.
 */
export function focusDomain(
  points: readonly (readonly [x: number, y: number])[],
  xMax: number,
  bounds: Domain,
): Domain | null {
  const later = points.filter(([x]) => x >= xMax * EARLY).map(([, y]) => y)
  const values = later.some(Number.isFinite) ? later : points.map(([, y]) => y)
  const largest = Math.max(...values.filter(Number.isFinite).map(Math.abs), 0)
  const domain = paddedDomain(values, 0.03, Math.max(largest * 0.01, 1e-9))
  if (!domain) return null
  const step = niceStep((domain[1] - domain[0]) / 7)
  const low = Math.floor(domain[0] / step + 1e-9) * step
  const high = Math.ceil(domain[1] / step - 1e-9) * step
  return [Number(Math.max(bounds[0], low).toPrecision(12)), Number(Math.min(bounds[1], high).toPrecision(12))]
}

/** The same for a logarithmic axis: only positive values count, the ends are those values with some air. */
export function focusLogDomain(
  points: readonly (readonly [x: number, y: number])[],
  xMax: number,
): Domain | null {
  const positive = points.filter(([, y]) => y > 0 && Number.isFinite(y))
  const later = positive.filter(([x]) => x >= xMax * EARLY)
  const domain = paddedDomain(
    (later.length > 0 ? later : positive).map(([, y]) => Math.log10(y)),
    0.05,
    0.05,
  )
  return domain && [10 ** domain[0], 10 ** domain[1]]
}
