import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { firstLiveSeeds, liveBand, liveRadius } from '../../../core/statistics/tests/live-band.ts'
import { tQuantile } from '../../../core/mathematics/quantiles.ts'
import { spendAlpha } from '../../../core/statistics/tests/spend-alpha.ts'
import { near } from '../../support/designs.ts'
import { planning } from '../../support/golden-planning.ts'

const rounded = (shares: number[]): number[] => shares.map((share) => Number(share.toPrecision(12)))

describe('spendAlpha', () => {
  test('one, two and three looks spend the published shares', () => {
    expect(spendAlpha(0.05, [8])).toEqual([0.05])
    expect(rounded(spendAlpha(0.05, [5, 10]))).toEqual([0.02, 0.03])
    expect(rounded(spendAlpha(0.05, [3, 5, 10]))).toEqual([0.005, 0.015, 0.03])
  })

  test('more looks spend in triangular proportion', () => {
    expect(rounded(spendAlpha(0.2, [3, 4, 5, 6]))).toEqual([0.01, 0.03, 0.06, 0.1])
  })

  test('the shares rise and their sum is alpha', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 3, max: 200 }), { minLength: 1, maxLength: 20 }),
        fc.double({ min: 1e-4, max: 0.5, noNaN: true }),
        (looks, alpha) => {
          const shares = spendAlpha(
            alpha,
            looks.sort((a, b) => a - b),
          )
          near(
            shares.reduce((sum, share) => sum + share, 0),
            alpha,
            1e-14,
          )
          for (let k = 1; k < shares.length; k++) expect(shares[k] ?? 0).toBeGreaterThan(shares[k - 1] ?? 1)
        },
      ),
    )
  })

  test('other schedules are refused', () => {
    for (const looks of [[], [1], [2, 5], [5, 5], [5, 4], [3, 4.5], [Number.NaN]])
      expect(() => spendAlpha(0.05, looks)).toThrow(/looks/)
    expect(() =>
      spendAlpha(
        0.05,
        Array.from({ length: 21 }, (_, k) => k + 3),
      ),
    ).toThrow(/21 of them/)
    expect(() => spendAlpha(1, [5])).toThrow(/alpha 1/)
    expect(spendAlpha(0.05, [2])).toEqual([0.05])
  })
})

describe('liveRadius', () => {
  test("it is avlm's", () => {
    const { g01_n5, g01_n10, g01_n20 } = planning.published.avlm
    near(liveRadius(0.05, 5), g01_n5, 1e-8)
    near(liveRadius(0.05, 10), g01_n10, 1e-8)
    near(liveRadius(0.05, 20), g01_n20, 1e-8)
  })

  test('it is 13.2 with 3 seeds, and 7.9 with 5 seeds in a family of four', () => {
    expect(liveRadius(0.05, 3).toFixed(1)).toBe('13.2')
    expect(liveRadius(0.0125, 5).toFixed(1)).toBe('7.9')
    expect(liveRadius(0.0125, 3)).toBe(Infinity)
  })

  test('it is wider than the quantile of one look', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 500 }),
        fc.double({ min: 0.001, max: 0.3, noNaN: true }),
        (seeds, alpha) => {
          expect(liveRadius(alpha, seeds)).toBeGreaterThan(tQuantile(1 - alpha / 2, seeds - 1))
        },
      ),
    )
  })

  test('impossible arguments are refused', () => {
    expect(() => liveRadius(0, 5)).toThrow(/alpha 0/)
    expect(() => liveRadius(0.05, 1)).toThrow(/seeds 1/)
  })
})

describe('liveBand', () => {
  const parts = {
    estimate: 0.01,
    seedVariance: 0.0004,
    exampleVariance: 0.0001,
    exampleDegreesOfFreedom: 9,
  }

  test('it puts the radius on A and t of half the level on C', () => {
    const [low, high] = liveBand(parts, 5, 0.05) ?? [0, 0]
    const half = Math.sqrt(5.411513056 ** 2 * 0.0004 + 2.685010846004532 ** 2 * 0.0001)
    near(low, 0.01 - half, 1e-9)
    near(high, 0.01 + half, 1e-9)
  })

  test('there is none where the radius is infinite, and one from firstLiveSeeds on', () => {
    expect(firstLiveSeeds(0.0125)).toBe(4)
    expect(firstLiveSeeds(0.05)).toBe(3)
    for (const alpha of [0.2, 0.05, 0.0125, 0.05 / 12, 0.0005]) {
      const first = firstLiveSeeds(alpha)
      if (first > 2) expect(liveBand(parts, first - 1, alpha)).toBeNull()
      for (let seeds = first; seeds < first + 20; seeds++)
        expect(liveBand(parts, seeds, alpha)).not.toBeNull()
    }
  })
})
