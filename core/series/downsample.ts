import type { Point } from './mean-and-band.ts'

/**
 * At most `limit` of the points, chosen so that the drawn line keeps its shape: largest-triangle-three-buckets
 * (Steinarsson 2013). First and last are always kept, chosen points are original ones, in order. Of each bucket the
 * point is taken that spans the largest triangle with the point chosen before and the mean of the next bucket.
 * @param points ascending in step, finite values.
 * @throws RangeError for a limit below 2.
 */
export const downsample = (points: readonly Point[], limit: number): Point[] => {
  if (!Number.isInteger(limit) || limit < 2)
    throw new RangeError(`downsample: limit ${limit} is not an integer of 2 or more`)
  const first = points[0]
  const last = points.at(-1)
  if (points.length <= limit || first === undefined || last === undefined) return [...points]
  const chosen: Point[] = [first]
  const width = (points.length - 2) / (limit - 2)
  const edge = (bucket: number): number => 1 + Math.floor(bucket * width)
  let previous = first
  for (let bucket = 0; bucket < limit - 2; bucket++) {
    const from = edge(bucket)
    const to = edge(bucket + 1)
    const [meanStep, meanValue] = bucketMean(points, to, Math.min(edge(bucket + 2), points.length))
    let largest = -1
    let best = previous
    for (let i = from; i < to; i++) {
      const point = points[i] ?? last
      const area = Math.abs(
        (previous[0] - meanStep) * (point[1] - previous[1]) -
          (previous[0] - point[0]) * (meanValue - previous[1]),
      )
      if (area > largest) {
        largest = area
        best = point
      }
    }
    chosen.push(best)
    previous = best
  }
  chosen.push(last)
  return chosen
}

const bucketMean = (points: readonly Point[], from: number, to: number): [step: number, value: number] => {
  let step = 0
  let value = 0
  for (let i = from; i < to; i++) {
    step += points[i]?.[0] ?? 0
    value += points[i]?.[1] ?? 0
  }
  const count = Math.max(to - from, 1)
  return [step / count, value / count]
}
