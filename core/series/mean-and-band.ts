import { meanInterval } from '../mathematics/mean-interval.ts'

export type Point = readonly [step: number, value: number]

export interface BandPoint {
  step: number
  /** Over the seeds that have this step. */
  mean: number
  /** 95 % t-interval of the mean; null with fewer than two seeds. */
  low: number | null
  high: number | null
  /** Seeds that have this step. */
  n: number
}

/**
 * Mean over seeds at each step with its pointwise 95 % t-interval. Seeds are aligned on steps, not on positions: a seed
 * that lacks a step is left out there and `n` says so; nothing is interpolated. Values that are not finite are gaps.
 * Where a seed logs a step twice, the later value counts.
 * @param seeds one list of points a seed, in any order.
 * @returns ascending steps.
 */
export const meanAndBand = (seeds: readonly (readonly Point[])[]): BandPoint[] => {
  const byStep = new Map<number, number[]>()
  for (const points of seeds) {
    for (const [step, value] of new Map(points)) {
      if (!Number.isFinite(value)) continue
      const values = byStep.get(step)
      if (values === undefined) byStep.set(step, [value])
      else values.push(value)
    }
  }
  return [...byStep]
    .sort(([a], [b]) => a - b)
    .map(([step, values]) => {
      const { mean, half, n } = meanInterval(values)
      return {
        step,
        mean,
        low: half === null ? null : mean - half,
        high: half === null ? null : mean + half,
        n,
      }
    })
}
