import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  calibrationDifference,
  exampleGroups,
  wholeExampleGroups,
} from '../../../core/statistics/calibration/calibration-difference.ts'
import {
  type CalibrationRow,
  debiasedCalibration,
} from '../../../core/statistics/calibration/debiased-calibration.ts'
import { tQuantile } from '../../../core/mathematics/quantiles.ts'
import { near } from '../../support/designs.ts'
import { planning } from '../../support/golden-planning.ts'

const rowOf = (N: number): fc.Arbitrary<CalibrationRow> =>
  fc
    .array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 1 })), {
      minLength: N,
      maxLength: N,
    })
    .map((cells) => ({
      confidence: Float64Array.from(cells, ([p]) => p),
      correct: Uint8Array.from(cells, ([, c]) => c),
    }))

const problems = fc
  .tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 2, max: 4 }), fc.integer({ min: 20, max: 60 }))
  .chain(([S, R, N]) =>
    fc.record({
      arm: fc.array(rowOf(N), { minLength: S, maxLength: S }),
      same: fc.array(rowOf(N), { minLength: S, maxLength: S }),
      other: fc.array(rowOf(N), { minLength: R, maxLength: R }),
      groups: fc.integer({ min: 2, max: 10 }).map((J) => exampleGroups(N, 7, J)),
    }),
  )

/** By definition, bin after bin. */
const longhand = ({ confidence, correct }: CalibrationRow, bins: number): number => {
  let sum = 0
  for (let b = 0; b < bins; b++) {
    const own = [...confidence.keys()].filter((i) => {
      const p = confidence[i] ?? 0
      return (p > b / bins || (b === 0 && p === 0)) && p <= (b + 1) / bins
    })
    const n = own.length
    if (n < 2) continue
    const acc = own.reduce((total, i) => total + (correct[i] ?? 0), 0) / n
    const conf = own.reduce((total, i) => total + (confidence[i] ?? 0), 0) / n
    sum += (n / confidence.length) * ((acc - conf) ** 2 - (acc * (1 - acc)) / (n - 1))
  }
  return sum
}

const without = ({ confidence, correct }: CalibrationRow, groups: Int32Array, j: number): CalibrationRow => ({
  confidence: confidence.filter((_, i) => groups[i] !== j),
  correct: correct.filter((_, i) => groups[i] !== j),
})

/** Cov(s, s') of two leave-one-group-out series. */
const covariance = (x: number[], y: number[]): number => {
  const mean = (values: number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length
  const J = x.length
  return ((J - 1) / J) * x.reduce((sum, v, j) => sum + (v - mean(x)) * ((y[j] ?? 0) - mean(y)), 0)
}

const meanOver = <T>(one: T[], two: T[], of: (a: T, b: T) => number, skip: boolean): number => {
  const all = one.flatMap((a, s) => two.flatMap((b, r) => (skip && s === r ? [] : [of(a, b)])))
  return all.reduce((sum, v) => sum + v, 0) / all.length
}

describe('debiasedCalibration', () => {
  test('it gives the reference value', () => {
    const { conf, corr, bins, value } = planning.debiased_ce2
    near(debiasedCalibration(Float64Array.from(conf), Uint8Array.from(corr), bins), value, 1e-12)
  })

  test('it is the sum of its definition, whatever the number of bins', () => {
    fc.assert(
      fc.property(rowOf(40), fc.integer({ min: 1, max: 20 }), (row, bins) => {
        near(debiasedCalibration(row.confidence, row.correct, bins), longhand(row, bins), 1e-12)
      }),
    )
  })

  test('it is below 0 where accuracy and confidence agree in the bin', () => {
    near(debiasedCalibration(new Float64Array(4).fill(0.5), Uint8Array.of(1, 0, 1, 0)), -0.25 / 3, 1e-15)
  })

  test('impossible input is refused', () => {
    const half = Float64Array.of(0.5, 0.5)
    expect(() => debiasedCalibration(half, Uint8Array.of(1))).toThrow(/2 confidences and 1/)
    expect(() => debiasedCalibration(Float64Array.of(0.5, 1.2), Uint8Array.of(1, 0))).toThrow(
      /confidence 1.2/,
    )
    expect(() => debiasedCalibration(half, Uint8Array.of(1, 2))).toThrow(/outcome 2/)
    expect(() => debiasedCalibration(half, Uint8Array.of(1, 0), 0)).toThrow(/bins 0/)
  })
})

describe('exampleGroups', () => {
  test('sizes differ by at most one, and the seed alone decides', () => {
    const groups = exampleGroups(1007, 3)
    const sizes = new Int32Array(50)
    for (const group of groups) sizes[group] = (sizes[group] ?? 0) + 1
    expect(Math.max(...sizes) - Math.min(...sizes)).toBe(1)
    expect(exampleGroups(1007, 3)).toEqual(groups)
    expect(exampleGroups(1007, 4)).not.toEqual(groups)
    expect(new Set(exampleGroups(12, 1)).size).toBe(12)
  })

  test('fewer than two examples or groups are refused', () => {
    expect(() => exampleGroups(1, 0)).toThrow(/examples 1/)
    expect(() => exampleGroups(10, 0, 1)).toThrow(/groups 1/)
  })
})

describe('wholeExampleGroups', () => {
  test('examples of one observation stand in one group, and the groups are nearly equal in observations', () => {
    const together = Array.from({ length: 1200 }, (_, i) => (i < 200 ? 7 : Math.floor(i / 3)))
    const groups = wholeExampleGroups(together, 3)
    const groupOf = new Map(together.map((one, i) => [one, groups[i] ?? -1]))
    expect(together.map((one) => groupOf.get(one))).toEqual(Array.from(groups))
    const sizes = new Int32Array(50)
    for (const group of groupOf.values()) sizes[group] = (sizes[group] ?? 0) + 1
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
  })

  test('observations of one example each are as examples are', () => {
    const alone = Array.from({ length: 300 }, (_, i) => 1000 - i)
    expect(wholeExampleGroups(alone, 5)).toEqual(exampleGroups(300, 5))
  })
})

describe('calibrationDifference', () => {
  const settings = { alpha: 0.05, corrected: 3, bins: 5 }

  test('paired, A and C equal those of the naive jackknife', () => {
    fc.assert(
      fc.property(problems, ({ arm, same, groups }) => {
        const J = Math.max(...groups) + 1
        const theta = (s: number, j: number | null): number => {
          const of = (row: CalibrationRow | undefined): number =>
            row === undefined
              ? Number.NaN
              : longhand(j === null ? row : without(row, groups, j), settings.bins)
          return of(same[s]) - of(arm[s])
        }
        const S = arm.length
        const values = arm.map((_, s) => theta(s, null))
        const series = arm.map((_, s) => Array.from({ length: J }, (__, j) => theta(s, j)))
        const D = values.reduce((sum, v) => sum + v, 0) / S
        const A = values.reduce((sum, v) => sum + (v - D) ** 2, 0) / (S - 1) / S
        const C = Math.max(meanOver(series, series, covariance, true), 0)
        const found = calibrationDifference({ ...settings, arm, control: same, paired: true, groups })
        near(found.estimate, D, 1e-12)
        near(found.seedVariance, A, 1e-12)
        near(found.exampleVariance, C, 1e-12)
        expect(found.degreesOfFreedom).toBe(S - 1)
        const half = (alpha: number): number =>
          Math.sqrt(tQuantile(1 - alpha / 2, S - 1) ** 2 * A + tQuantile(1 - alpha / 2, J - 1) ** 2 * C)
        near(found.individual[1], D + half(0.05), 1e-7)
        near(found.simultaneous[0], D - half(0.05 / 3), 1e-7)
      }),
      { numRuns: 50 },
    )
  })

  test('unpaired, C is the covariance within the arms less twice that between them', () => {
    fc.assert(
      fc.property(problems, ({ arm, other, groups }) => {
        const J = Math.max(...groups) + 1
        const seriesOf = (rows: CalibrationRow[]): number[][] =>
          rows.map((row) =>
            Array.from({ length: J }, (_, j) => longhand(without(row, groups, j), settings.bins)),
          )
        const [a, b] = [seriesOf(arm), seriesOf(other)]
        const C =
          meanOver(a, a, covariance, true) +
          meanOver(b, b, covariance, true) -
          2 * meanOver(a, b, covariance, false)
        const found = calibrationDifference({ ...settings, arm, control: other, paired: false, groups })
        near(found.exampleVariance, Math.max(C, 0), 1e-12)
        expect(found.degreesOfFreedom).toBeLessThanOrEqual(arm.length + other.length - 2 + 1e-9)
      }),
      { numRuns: 50 },
    )
  })

  test('swapping the arms negates the estimate and leaves the parts', () => {
    fc.assert(
      fc.property(problems, fc.boolean(), ({ arm, same, groups }, paired) => {
        const one = calibrationDifference({ ...settings, arm, control: same, paired, groups })
        const two = calibrationDifference({ ...settings, arm: same, control: arm, paired, groups })
        near(one.estimate, -two.estimate, 1e-12)
        near(one.seedVariance, two.seedVariance, 1e-12)
        near(one.exampleVariance, two.exampleVariance, 1e-12)
      }),
      { numRuns: 30 },
    )
  })

  test('the better calibrated arm has a positive estimate', () => {
    const N = 400
    const row = (confidence: number, s: number): CalibrationRow => ({
      confidence: new Float64Array(N).fill(confidence),
      correct: Uint8Array.from({ length: N }, (_, i) => ((i + s) % 10 < 7 ? 1 : 0)),
    })
    const arm = [0, 1, 2].map((s) => row(0.7, s))
    const control = [0, 1, 2].map((s) => row(0.95, s))
    const found = calibrationDifference({
      ...settings,
      arm,
      control,
      paired: true,
      groups: exampleGroups(N, 1),
    })
    near(found.estimate, 0.25 ** 2, 1e-9)
  })

  test('impossible input is refused by name', () => {
    const row: CalibrationRow = { confidence: Float64Array.of(0.1, 0.9), correct: Uint8Array.of(0, 1) }
    const input = {
      ...settings,
      arm: [row, row],
      control: [row, row],
      paired: true,
      groups: Int32Array.of(0, 1),
    }
    expect(() => calibrationDifference({ ...input, arm: [row] })).toThrow(/arm: 1 seeds/)
    expect(() => calibrationDifference({ ...input, control: [row, row, row] })).toThrow(/control: 3 seeds/)
    expect(() => calibrationDifference({ ...input, groups: Int32Array.of(0, 2) })).toThrow(/groups/)
    expect(() => calibrationDifference({ ...input, groups: Int32Array.of(0, 0) })).toThrow(/groups/)
    expect(() => calibrationDifference({ ...input, groups: Int32Array.of(0, 1, 1) })).toThrow(/groups: 3/)
    expect(() => calibrationDifference({ ...input, alpha: 2 })).toThrow(/alpha 2/)
    expect(() => calibrationDifference({ ...input, corrected: 0 })).toThrow(/corrected 0/)
  })
})
