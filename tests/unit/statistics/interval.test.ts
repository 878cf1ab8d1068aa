import { describe, expect, test } from 'vitest'
import { crossedVariance } from '../../../core/statistics/variance/crossed-variance.ts'
import { fixedSeedsVariance } from '../../../core/statistics/variance/fixed-seeds-variance.ts'
import { halfWidth, intervals } from '../../../core/statistics/variance/interval.ts'
import { meanInterval } from '../../../core/mathematics/mean-interval.ts'
import { tQuantile, zQuantile } from '../../../core/mathematics/quantiles.ts'
import { twoWay } from '../../../core/mathematics/two-way.ts'
import { unpairedVariance } from '../../../core/statistics/variance/unpaired-variance.ts'
import { golden, near, toRows } from '../../support/designs.ts'

describe('intervals', () => {
  test('the paired intervals are the reference ones', () => {
    golden.expected.forEach((expected, m) => {
      const parts = crossedVariance(toRows(golden.methods[m] ?? []), toRows(golden.control), 1)
      const { individual, simultaneous } = intervals(parts, golden.alpha, golden.corrected)
      expected.ci_95.forEach((end, k) => near(individual[k] ?? null, end))
      expected.ci_simultaneous.forEach((end, k) => near(simultaneous[k] ?? null, end))
    })
  })

  // Student's sleep data (1908), R datasets::sleep; every subject is a seed whose examples are all alike.
  const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2]
  const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
  const alike = (values: number[]): Float64Array[] => toRows(values.map((x) => [x, x, x]))

  test("without example variance the paired interval is Student's", () => {
    const { ci, t, df } = golden.published.sleep.paired
    const parts = crossedVariance(alike(first), alike(second), 0)
    const { individual } = intervals(parts, 0.05, 1)
    near(individual[0], ci[0])
    near(individual[1], ci[1])
    near(parts.estimate / Math.sqrt(parts.seedVariance), t)
    expect(parts.degreesOfFreedom).toBe(df)
  })

  test("without example variance the unpaired interval is Welch's", () => {
    const { ci, t, df } = golden.published.sleep.welch
    const parts = unpairedVariance(twoWay(alike(first), null), twoWay(alike(second), null), 0)
    const { individual } = intervals(parts, 0.05, 1)
    near(individual[0], ci[0])
    near(individual[1], ci[1])
    near(parts.estimate / Math.sqrt(parts.seedVariance), t)
    near(parts.degreesOfFreedom, df, 1e-7)
  })

  test('the joint interval contains the single one', () => {
    const parts = { seedVariance: 1, exampleVariance: 2, degreesOfFreedom: 4, exampleDegreesOfFreedom: 9 }
    expect(halfWidth(parts, 0.05 / 5)).toBeGreaterThan(halfWidth(parts, 0.05))
  })
})

describe('fixedSeedsVariance', () => {
  test("one seed of right and wrong is McNemar's comparison", () => {
    const { table: counts, chi2 } = golden.published.performance_mcnemar
    const cells: [first: number, second: number, count: number][] = [
      [1, 1, counts[0][0]],
      [1, 0, counts[0][1]],
      [0, 1, counts[1][0]],
      [0, 0, counts[1][1]],
    ]
    const column = (which: 0 | 1): number[] =>
      cells.flatMap((cell) => Array.from({ length: cell[2] }, () => cell[which]))
    const found = fixedSeedsVariance(toRows([column(0)]), toRows([column(1)]), 0)
    const n = 1600
    near(found.estimate, (86 - 150) / n)
    // McNemar's variance is taken under equality, Wald's at the estimate: w/(1 + w/n) leads from one to the other.
    const wald = found.estimate ** 2 / ((found.exampleVariance * (n - 1)) / n)
    near(wald / (1 + wald / n), chi2, 1e-6)
    expect(found.seedVariance).toBeNull()
    expect(found.degreesOfFreedom).toBeNull()
  })
})

describe('quantiles', () => {
  test("they are R's", () => {
    const { t975, t9975_df2 } = golden.published.quantiles
    for (const [key, expected] of Object.entries(t975))
      near(tQuantile(0.975, Number(key.slice(2))), expected, 1e-9)
    near(tQuantile(0.9975, 2), t9975_df2, 1e-9)
    near(zQuantile(0.975), 1.959963984540054, 1e-12)
  })

  test('impossible arguments are refused', () => {
    expect(() => tQuantile(0.975, 0)).toThrow(RangeError)
    expect(() => tQuantile(1, 3)).toThrow(RangeError)
    expect(() => zQuantile(Number.NaN)).toThrow(RangeError)
  })
})

describe('meanInterval', () => {
  test("it is Student's interval of one sample", () => {
    const { ci } = golden.published.sleep.paired
    const differences = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2].map(
      (x, i) => x - ([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4][i] ?? 0),
    )
    const { mean, half, n } = meanInterval(differences)
    near(mean - (half ?? 0), ci[0])
    near(mean + (half ?? 0), ci[1])
    expect(n).toBe(10)
  })

  test('one value has no interval and none is refused', () => {
    expect(meanInterval([3])).toEqual({ mean: 3, half: null, n: 1 })
    expect(() => meanInterval([])).toThrow(RangeError)
    expect(() => meanInterval([1, Number.NaN])).toThrow(/not finite/)
  })
})
