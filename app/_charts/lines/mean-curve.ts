import { meanInterval } from '../../../core/statistics/mean-interval.ts'

/** The seeds of one arm at one step; `half` is half of the 95 % interval of the mean, null for a single seed. */
export interface MeanPoint {
  step: number
  mean: number
  half: number | null
  n: number
}

/** The mean over seeds at every step that any of them has logged, ascending. Values that are not finite are left out. */
export function meanCurve(
  seeds: readonly { points: readonly (readonly [step: number, value: number])[] }[],
): MeanPoint[] {
  const bySteps = new Map<number, number[]>()
  for (const { points } of seeds) {
    for (const [step, value] of points) {
      if (!Number.isFinite(value)) continue
      const values = bySteps.get(step)
      if (values) values.push(value)
      else bySteps.set(step, [value])
    }
  }
  return [...bySteps].sort((a, b) => a[0] - b[0]).map(([step, values]) => ({ step, ...meanInterval(values) }))
}
