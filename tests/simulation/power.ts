import { halfWidth } from '../../core/statistics/variance/interval.ts'
import { powerOfEquivalence, powerToDetect } from '../../core/statistics/planning/power.ts'
import { createNormal } from './create-normal.ts'
import { gaussianTable } from './gaussian-design.ts'
import { createTally, rowOf, type Row, shareOf, type Study } from './study.ts'

const study = 'power'
const examples = 400

interface Point {
  seeds: number
  /** M */
  family: number
  /** Standard deviations of the draws. */
  seed: number
  example: number
  effect: number
  /** Set where the interval has to lie within ±margin. */
  margin?: number
}

const points: readonly Point[] = [
  { seeds: 3, family: 1, seed: 0.2, example: 0, effect: 0.6 },
  { seeds: 5, family: 1, seed: 0.2, example: 1, effect: 0.3 },
  { seeds: 5, family: 4, seed: 0.2, example: 1, effect: 0.5 },
  { seeds: 8, family: 4, seed: 0.3, example: 1, effect: 0.5 },
  { seeds: 10, family: 1, seed: 0.1, example: 2, effect: 0.3 },
  { seeds: 10, family: 4, seed: 0.3, example: 0, effect: 0.35 },
  { seeds: 10, family: 1, seed: 0.2, example: 1, effect: 0, margin: 0.3 },
  { seeds: 8, family: 4, seed: 0.2, example: 1, effect: 0.1, margin: 0.5 },
]

const nameOf = ({ family, seed, example, effect, margin }: Point): string =>
  margin === undefined
    ? `seed sd ${seed}, example sd ${example}, M=${family}: power to detect ${effect}`
    : `seed sd ${seed}, example sd ${example}, M=${family}: power to show less than ${margin} at ${effect}`

/** What the formula is told: the spread of a seed's mean holds its share of the noise, sd 1. */
const expectedPower = ({ seeds, family, seed, example, effect, margin }: Point): number => {
  const spread = {
    seedSd: Math.sqrt(seed ** 2 + 1 / examples),
    exampleVariance: example ** 2 / examples,
    units: examples,
    range: 0,
  }
  const design = { spread, seeds, alpha: 0.05 / family, effect }
  return margin === undefined ? powerToDetect(design) : powerOfEquivalence({ ...design, margin })
}

/** The power that the formula promises against the share of experiments that find the difference. */
export const powerStudy: Study = {
  name: study,
  title: `Power, N = ${examples}`,
  cells: points.map((point) => ({
    name: nameOf(point),
    replicates: 10_000,
    short: 1000,
    simulate: (random, replicates) => {
      const tally = createTally()
      const { seeds, seed, example, effect, margin } = point
      const spread = { seed, example, noise: 1 }
      const table = gaussianTable(spread, [seeds, examples], createNormal(random))
      for (let r = 0; r < replicates; r++) {
        table.draw()
        const parts = table.parts(seeds)
        const estimate = parts.estimate + effect
        const half = halfWidth(parts, 0.05 / point.family)
        tally.add('found', margin === undefined ? estimate - half > 0 : Math.abs(estimate) + half < margin)
      }
      return tally.sums
    },
  })),
  judge: (results, judging) =>
    points.flatMap((point): Row[] => {
      const result = results.get(nameOf(point))
      if (result === undefined) return []
      const expected = expectedPower(point)
      const limits = { nominal: expected, low: expected - 0.015, high: expected + 0.015 }
      return [
        rowOf({ study, name: nameOf(point), seeds: point.seeds }, shareOf(result, 'found'), limits, judging),
      ]
    }),
}
