import type { RunPage } from '../../../core/contracts/views.ts'
import { downsample } from '../../../core/series/downsample.ts'
import { mergePoints } from './merge-series.ts'

type Logged = RunPage['logged']
type Series = Logged['series'][number]

/** A series that grew longer keeps its shape in fewer points. */
const MOST_POINTS = 1_000
const KEPT_POINTS = 400
const MOST_KEYS = 24

/**
 * What clients logged with new points in it. A point of a known step takes the place of the older one, so that points
 * which a fetch has brought already change nothing. Metrics that are not shown are left to the next fetch.
 */
export function patchLogged(
  logged: Logged,
  points: readonly { key: string; step: number; value: number }[],
): Logged {
  const added = new Map<string, [step: number, value: number][]>()
  for (const { key, step, value } of points) added.set(key, [...(added.get(key) ?? []), [step, value]])
  const series = logged.series.map((one) => {
    const more = added.get(one.key)
    added.delete(one.key)
    return more === undefined ? one : grow(one, more)
  })
  // With metrics that are not shown a name may be one of those.
  const allShown = logged.keys === logged.series.length
  if (added.size === 0 || !allShown) return { ...logged, series }
  const fresh = [...added].map(([key, more]) => grow({ key, steps: 0, points: [] }, more))
  return {
    keys: logged.keys + fresh.length,
    series: [...series, ...fresh].sort((a, b) => (a.key < b.key ? -1 : 1)).slice(0, MOST_KEYS),
  }
}

function grow(series: Series, more: Series['points']): Series {
  const isWhole = series.points.length === series.steps
  const points = mergePoints(series.points, more)
  const last = series.points.at(-1)?.[0] ?? -Infinity
  const beyond = new Set(more.map(([step]) => step).filter((step) => step > last)).size
  return {
    key: series.key,
    steps: isWhole ? points.length : series.steps + beyond,
    points:
      points.length <= MOST_POINTS
        ? points
        : downsample(points, KEPT_POINTS).map(([step, value]) => [step, value]),
  }
}
