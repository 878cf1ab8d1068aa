type Points = [step: number, value: number][]

/**
 * Adds points to a series that is sorted by step. A point replaces an older one of the same step: a run that went
 * on from a checkpoint logs some steps again.
 */
export function mergePoints(series: Points, points: Points): Points {
  if (points.length === 0) return series
  const merged = new Map(series)
  for (const [step, value] of points) merged.set(step, value)
  return [...merged].sort((a, b) => a[0] - b[0])
}
