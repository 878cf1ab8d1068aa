import { describe, expect, test } from 'vitest'
import { planPower } from '../../../core/statistics/planning/plan-power.ts'
import { poolSpread } from '../../../core/statistics/planning/pool-spread.ts'
import { guessSpread } from '../../../core/judging/guess-spread.ts'
import { powerToDetect } from '../../../core/statistics/planning/power.ts'
import { manyExamples } from '../../support/designs.ts'

// docs/statistics.md, seeds needed: sqrt(C) = 0.2 points, margin 1 point, one of four comparisons; sd in points.
const published: [sd: number, seeds: number][] = [
  [0.2, 4],
  [0.4, 7],
  [0.6, 11],
  [0.8, 16],
]
const spreadOf = (seedSd: number, exampleVariance = 0.002 ** 2) => ({
  ...manyExamples,
  seedSd,
  seedSdLow: seedSd / 2,
  seedSdHigh: seedSd * 1.5,
  seedSdUpper: seedSd * 1.2,
  exampleVariance,
})
const quarter = { level: 0.05 / 4, margin: 0.01 }

describe('the power of a plan', () => {
  test.each(published)('with a spread of %d points needs %i seeds', (sd, seeds) => {
    expect(planPower({ ...quarter, spread: spreadOf(sd / 100), seeds: 8 }).needed?.seeds).toBe(seeds)
  })

  test('is enough from the seeds needed on, and there the curve is within the margin', () => {
    for (const seeds of [10, 11]) {
      const power = planPower({ ...quarter, spread: spreadOf(0.006), seeds })
      expect(power.enough).toBe(seeds === 11)
      expect(power.detectable <= 0.01).toBe(seeds === 11)
      expect(power.curve.find((one) => one.seeds === seeds)?.detectable).toBe(power.detectable)
    }
  })

  test('the smallest detectable difference is seen in 4 cases of 5', () => {
    const spread = spreadOf(0.006)
    const { detectable } = planPower({ ...quarter, spread, seeds: 6 })
    expect(powerToDetect({ spread, seeds: 6, alpha: quarter.level, effect: detectable })).toBeCloseTo(0.8, 6)
  })

  test('the curve falls, its band holds it, and it reaches the seeds that are asked for', () => {
    const { curve } = planPower({ ...quarter, spread: spreadOf(0.006), seeds: 31 })
    expect(curve.map((one) => one.seeds)).toEqual(Array.from({ length: 29 }, (_, index) => 3 + index))
    curve.forEach((one, index) => {
      expect(one.low).toBeLessThan(one.detectable)
      expect(one.high).toBeGreaterThan(one.detectable)
      expect(one.detectable).toBeLessThan(curve[index - 1]?.detectable ?? Infinity)
    })
  })

  test('where the test set is too small no number of seeds is named, but a factor is', () => {
    const power = planPower({ ...quarter, spread: spreadOf(0.004, 0.004 ** 2), seeds: 8 })
    expect(power.needed).toBeNull()
    // (z of 1 − 0.0125/2, 2.4977, and z of 0.8, 0.8416): (3.3393 · 0.4)² = 1.784
    expect(power.testSetFactor).toBeCloseTo(1.784, 3)
    expect(power.enough).toBe(false)
  })

  test('more seeds than can be planned are no number', () => {
    const power = planPower({ ...quarter, spread: spreadOf(0.03, 0), seeds: 8, mostSeeds: 100 })
    expect(power.needed).toBeNull()
    expect(power.testSetFactor).toBeNull()
  })

  test.each([2, 3.5])('%d seeds are refused by name', (seeds) => {
    expect(() => planPower({ ...quarter, spread: spreadOf(0.006), seeds })).toThrow(/^seeds/)
  })

  test('a margin of 0 is refused by name', () => {
    expect(() => planPower({ ...quarter, margin: 0, spread: spreadOf(0.006), seeds: 8 })).toThrow(/^margin/)
  })
})

describe('the spread to plan with', () => {
  const seen = (seedSd: number, exampleVariance: number, units = 1000) => ({
    seedSd,
    exampleVariance,
    units,
    degreesOfFreedom: 4,
  })

  test('is the median of what was seen, with its range', () => {
    const pooled = poolSpread([seen(0.4, 1e-6), seen(0.9, 3e-6), seen(0.5, 2e-6)], { units: 1000, range: 0 })
    expect(pooled).toMatchObject({ seedSd: 0.5, seedSdLow: 0.4, seedSdHigh: 0.9 })
    expect(pooled.exampleVariance).toBeCloseTo(2e-6, 15)
    // 1.56 at five seeds (docs/statistics.md).
    expect((pooled.seedSdUpper ?? 0) / 0.5).toBeCloseTo(1.56, 2)
  })

  test('of an even number lies in the middle of the two in the middle', () => {
    expect(poolSpread([seen(0.4, 0), seen(0.6, 0)], { units: 1000, range: 0 }).seedSd).toBeCloseTo(0.5, 12)
  })

  test('a test set ten times as large has a tenth of the shared variance', () => {
    expect(poolSpread([seen(0.4, 1e-6, 1000)], { units: 10_000, range: 0 }).exampleVariance).toBeCloseTo(
      1e-7,
      15,
    )
  })

  test('of right and wrong is scaled without what is unseen, which the plan has of its own', () => {
    const before = 1e-6 + 4 / 1000 ** 2
    const { exampleVariance } = poolSpread([seen(0.4, before, 1000)], { units: 400, range: 1 })
    expect(exampleVariance).toBeCloseTo(2.5e-6 + 4 / 400 ** 2, 15)
  })

  test('guessed at 10,000 examples is 0.6 points, with 0.09 points of the test set', () => {
    const guess = guessSpread('accuracy', 10_000)
    expect(guess.seedSd).toBeCloseTo(0.006, 12)
    expect(Math.sqrt(guess.exampleVariance - 4 / 10_000 ** 2)).toBeCloseTo(0.0009, 12)
    expect(guessSpread('nll', 10_000).seedSd).toBeCloseTo(0.02, 12)
  })

  test('guessed for a hundredth of the examples is ten times as wide', () => {
    const [small, large] = [guessSpread('nll', 100), guessSpread('nll', 10_000)]
    expect(small.seedSd / large.seedSd).toBeCloseTo(10, 9)
    expect(small.exampleVariance / large.exampleVariance).toBeCloseTo(100, 9)
  })

  test('without any comparison is refused', () => {
    expect(() => poolSpread([], { units: 100, range: 0 })).toThrow(RangeError)
  })
})
