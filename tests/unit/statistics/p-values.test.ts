import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { crossedVariance } from '../../../core/statistics/variance/crossed-variance.ts'
import { holmAdjusted } from '../../../core/statistics/tests/holm.ts'
import { halfWidth, intervals } from '../../../core/statistics/variance/interval.ts'
import { nextRunBeats } from '../../../core/statistics/tests/next-run-beats.ts'
import { pValue } from '../../../core/statistics/tests/p-value.ts'
import { signFlipP } from '../../../core/statistics/tests/sign-flip.ts'
import { twoWay } from '../../../core/mathematics/two-way.ts'
import { unpairedVariance } from '../../../core/statistics/variance/unpaired-variance.ts'
import type { VarianceParts } from '../../../core/statistics/variance/variance-parts.ts'
import { golden, near, toRows } from '../../support/designs.ts'

const partsOf = (
  estimate: number,
  seedVariance: number | null,
  exampleVariance: number,
  degreesOfFreedom: number | null,
  exampleDegreesOfFreedom = 1_000_000_000,
): VarianceParts => ({
  estimate,
  seedVariance,
  exampleVariance,
  degreesOfFreedom,
  exampleDegreesOfFreedom,
  floored: false,
  perSeed: new Float64Array(),
})

const variance = fc.double({ min: 1e-8, max: 1, noNaN: true })
/** With and without a seed part. */
const anyParts = fc
  .tuple(fc.option(variance), variance, fc.double({ min: 1, max: 40, noNaN: true }))
  .map(([a, c, nu]) => partsOf(0, a, c, a === null ? null : nu))
const level = fc.double({ min: 1e-6, max: 0.999, noNaN: true })

// Student's sleep data (1908), R datasets::sleep; every subject is a seed whose examples are all alike.
const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2]
const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
const alike = (values: number[]): Float64Array[] => toRows(values.map((x) => [x, x, x]))
const sleepDifferences = first.map((x, s) => x - (second[s] ?? 0))

describe('pValue', () => {
  test('the worked example has its reference p', () => {
    golden.expected.forEach((expected, m) => {
      near(pValue(crossedVariance(toRows(golden.methods[m] ?? []), toRows(golden.control), 1)), expected.p)
    })
  })

  test("without example variance it is that of Student's and of Welch's test", () => {
    const { paired, welch } = golden.published.sleep
    near(pValue(crossedVariance(alike(first), alike(second), 0)), paired.p)
    near(pValue(unpairedVariance(twoWay(alike(first), null), twoWay(alike(second), null), 0)), welch.p)
  })

  test('without a seed part it is that of z, whose square has one degree of freedom', () => {
    const { chi2, p } = golden.published.performance_mcnemar
    near(pValue(partsOf(Math.sqrt(chi2), null, 1, null)), p)
  })

  test('it is alpha where the interval ends at 0', () => {
    fc.assert(
      fc.property(anyParts, level, (parts, alpha) => {
        const half = halfWidth(parts, alpha)
        for (const estimate of [half, -half]) near((pValue({ ...parts, estimate }) ?? 0) / alpha, 1, 1e-7)
      }),
    )
  })

  test('it is at most alpha exactly where the interval is on one side of 0', () => {
    fc.assert(
      fc.property(anyParts, fc.double({ min: -3, max: 3, noNaN: true }), level, (parts, estimate, alpha) => {
        const p = pValue({ ...parts, estimate }) ?? Number.NaN
        const [low, high] = intervals({ ...parts, estimate }, alpha, 1).individual
        if (Math.min(Math.abs(low), Math.abs(high)) < 1e-7) return
        expect(p < alpha).toBe(low > 0 || high < 0)
      }),
    )
  })

  test('it falls as the difference grows, and the sign does not matter', () => {
    const size = fc.double({ min: 0, max: 5, noNaN: true })
    fc.assert(
      fc.property(anyParts, size, size, (parts, a, b) => {
        const p = (estimate: number): number => pValue({ ...parts, estimate }) ?? Number.NaN
        expect(p(Math.max(a, b))).toBeLessThanOrEqual(p(Math.min(a, b)))
        expect(p(-a)).toBe(p(a))
      }),
    )
    expect(pValue(partsOf(0.2, 0.01, 0.01, 4))).toBeLessThan(pValue(partsOf(0.1, 0.01, 0.01, 4)) ?? 0)
  })

  test('it is 1 for no difference and absent where nothing varies', () => {
    expect(pValue(partsOf(0, 0, 0, 4))).toBe(1)
    expect(pValue(partsOf(0, 1, 1, 4))).toBe(1)
    expect(pValue(partsOf(0.1, 0, 0, 4))).toBeNull()
  })

  test('beyond the reach of the quantiles it is given as 1e-12', () => {
    expect(pValue(partsOf(50, null, 1, null))).toBe(1e-12)
    expect(pValue(partsOf(1e4, 1, 0, 9))).toBe(1e-12)
  })
})

describe('holmAdjusted', () => {
  test("it is the reference's", () => {
    const { p, holm } = golden.published.holm
    holmAdjusted(p, 5).forEach((found, k) => near(found, holm[k] ?? Number.NaN, 1e-12))
  })

  test('a comparison without a p counts as 1 in M', () => {
    expect(holmAdjusted([0.01, null, 0.02], 4)).toEqual([0.04, null, 0.06])
    expect(holmAdjusted([0.01, 0.02, 1, 1], 4).slice(0, 2)).toEqual([0.04, 0.06])
  })

  test('it keeps the order, is never below p or above M p, and does not depend on the order given', () => {
    const ps = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(ps, fc.integer({ min: 0, max: 4 }), (values, more) => {
        const M = values.length + more
        const adjusted = holmAdjusted(values, M).map((p) => p ?? Number.NaN)
        values.forEach((p, k) => {
          expect(adjusted[k]).toBeGreaterThanOrEqual(p)
          expect(adjusted[k]).toBeLessThanOrEqual(Math.min(1, M * p))
          values.forEach((q, j) => {
            if (p < q) expect(adjusted[k]).toBeLessThanOrEqual(adjusted[j] ?? Number.NaN)
          })
        })
        expect(holmAdjusted(values.toReversed(), M).toReversed()).toEqual(adjusted)
      }),
    )
  })

  test('impossible arguments are refused', () => {
    expect(() => holmAdjusted([0.1, 0.2], 1)).toThrow(/corrected 1/)
    expect(() => holmAdjusted([0.1], 1.5)).toThrow(RangeError)
    expect(() => holmAdjusted([Number.NaN], 1)).toThrow(/p NaN/)
    expect(() => holmAdjusted([1.1], 1)).toThrow(RangeError)
  })
})

describe('signFlipP', () => {
  test("it is the reference's for Student's sleep data", () => {
    near(signFlipP(sleepDifferences), golden.published.sleep.signflip_p, 1e-12)
  })

  test('differences of one sign reach the smallest p that there is', () => {
    for (const S of [3, 5, 6, 20]) {
      expect(signFlipP(Array.from({ length: S }, (_, s) => 0.1 + s * 0.01))).toBe(2 ** (1 - S))
    }
  })

  test('it equals the count over all patterns, one by one', () => {
    // Whole numbers, so that ties are exact.
    const whole = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 9 })
    fc.assert(
      fc.property(whole, (d) => {
        const total = Math.abs(d.reduce((sum, x) => sum + x, 0))
        let extreme = 0
        for (let pattern = 0; pattern < 2 ** d.length; pattern++) {
          const sum = d.reduce((so, x, s) => so + ((pattern >> s) & 1 ? -x : x), 0)
          if (Math.abs(sum) >= total) extreme++
        }
        expect(signFlipP(d)).toBe(extreme / 2 ** d.length)
        expect(signFlipP(d.map((x) => x / 10_000))).toBe(extreme / 2 ** d.length)
      }),
    )
  })

  test('it is a multiple of 2^(1−S) that neither the order nor the sign of all changes', () => {
    const real = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 10 })
    fc.assert(
      fc.property(real, (d) => {
        const p = signFlipP(d)
        expect(Number.isInteger(p * 2 ** (d.length - 1))).toBe(true)
        expect(p).toBeGreaterThan(0)
        expect(signFlipP(d.toReversed())).toBe(p)
        expect(signFlipP(d.map((x) => -x))).toBe(p)
      }),
    )
  })

  test('impossible arguments are refused', () => {
    expect(() => signFlipP([])).toThrow(RangeError)
    expect(() => signFlipP(new Float64Array(21))).toThrow(/21 differences/)
    expect(() => signFlipP([0.1, Number.NaN])).toThrow(/difference 1 is NaN/)
  })
})

describe('nextRunBeats', () => {
  test('it counts the pairs won, ties half', () => {
    expect(nextRunBeats([3, 4], [1, 2])).toBe(1)
    expect(nextRunBeats([1, 2], [3, 4])).toBe(0)
    expect(nextRunBeats([1, 2, 3], [2])).toBe(0.5)
    expect(nextRunBeats([2, 3], [2, 4])).toBe(0.375)
  })

  test('both directions add to 1', () => {
    const runs = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 8 })
    fc.assert(fc.property(runs, runs, (a, b) => near(nextRunBeats(a, b) + nextRunBeats(b, a), 1, 1e-12)))
  })

  test('no runs are refused', () => {
    expect(() => nextRunBeats([], [1])).toThrow(RangeError)
  })
})
