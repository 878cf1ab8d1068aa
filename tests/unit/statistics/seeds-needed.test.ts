import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type PlanSpread,
  powerOfEquivalence,
  powerToDetect,
} from '../../../core/statistics/planning/power.ts'
import { detectable, seedSdUpper, seedsNeeded } from '../../../core/statistics/planning/seeds-needed.ts'
import { golden, manyExamples, near } from '../../support/designs.ts'
import { planning } from '../../support/golden-planning.ts'

/** Points of accuracy; sqrt(C) = 0.2. */
const spreadOf = (seedSd: number): PlanSpread => ({
  ...manyExamples,
  seedSd,
  exampleVariance: 0.04,
})

/** Seeds for 80 % power alone and in a family of four: effects of 1, 1.5 and 2 points, equivalence within 1 point. */
const table: [sd: number, ...cells: [alone: number, ofFour: number][]][] = [
  [0.2, [3, 4], [3, 3], [3, 3], [3, 5]],
  [0.4, [5, 7], [3, 5], [3, 4], [6, 9]],
  [0.6, [7, 11], [4, 6], [4, 5], [9, 15]],
  [0.8, [10, 16], [5, 8], [4, 6], [14, 25]],
]

describe('seedsNeeded', () => {
  test('it gives the tabulated seeds', () => {
    for (const [sd, ...cells] of table) {
      for (const [column, effect] of [1, 1.5, 2].entries()) {
        for (const [k, alpha] of [0.05, 0.0125].entries()) {
          expect(seedsNeeded({ spread: spreadOf(sd), alpha, effect })).toEqual({
            seeds: cells[column]?.[k],
            testSetFactor: null,
          })
        }
      }
    }
  })

  test('half a point is impossible with this test set, whatever the seed spread', () => {
    for (const sd of [0.2, 0.4, 0.6, 0.8]) {
      for (const alpha of [0.05, 0.0125]) {
        const { seeds, testSetFactor } = seedsNeeded({ spread: spreadOf(sd), alpha, effect: 0.5 })
        expect(seeds).toBeNull()
        expect(testSetFactor).toBeGreaterThan(1)
      }
    }
  })

  test('the worked example needs a larger test set, by the reference factor', () => {
    planning.expected.forEach(({ sd, sd80, seeds_needed_for_rope, seeds_needed_sd80 }, m) => {
      const exampleVariance = golden.expected[m]?.paired.C ?? Number.NaN
      const plan = { alpha: golden.alpha / golden.corrected, effect: golden.margin }
      const plain = seedsNeeded({
        ...plan,
        spread: { seedSd: sd, exampleVariance, units: 60, range: 1 },
      })
      const upper = seedsNeeded({
        ...plan,
        spread: { seedSd: sd80, exampleVariance, units: 60, range: 1 },
      })
      expect(plain.seeds).toBe(seeds_needed_for_rope.S)
      expect(upper.seeds).toBe(seeds_needed_sd80.S)
      near(plain.testSetFactor, seeds_needed_for_rope.N_factor, 1e-9)
      near(upper.testSetFactor, seeds_needed_sd80.N_factor, 1e-9)
    })
  })

  test('it is the first number of seeds with the power', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 3, noNaN: true }),
        fc.double({ min: 0, max: 0.05, noNaN: true }),
        fc.constantFrom(0.05, 0.05 / 4, 0.05 / 12),
        (seedSd, exampleVariance, alpha) => {
          const plan = {
            spread: { seedSd, exampleVariance, ...manyExamples },
            alpha,
            effect: 1,
          }
          const { seeds } = seedsNeeded(plan)
          expect(seeds).not.toBeNull()
          if (seeds === null) return
          expect(powerToDetect({ ...plan, seeds })).toBeGreaterThanOrEqual(0.8)
          if (seeds > 3) expect(powerToDetect({ ...plan, seeds: seeds - 1 })).toBeLessThan(0.8)
        },
      ),
      { numRuns: 40 },
    )
  })

  test('a test set larger by more than the factor makes the effect reachable, one of the factor does not', () => {
    const plan = {
      spread: { seedSd: 0.1, exampleVariance: 0.25, ...manyExamples },
      alpha: 0.05,
      effect: 1,
    }
    const factor = seedsNeeded(plan).testSetFactor ?? Number.NaN
    const enlarged = (by: number): ReturnType<typeof seedsNeeded> =>
      seedsNeeded({
        ...plan,
        spread: { seedSd: 0.1, exampleVariance: 0.25 / (factor * by), ...manyExamples },
      })
    expect(enlarged(1.001).seeds).not.toBeNull()
    expect(enlarged(0.999).seeds).toBeNull()
    expect(enlarged(0.999).testSetFactor).toBeGreaterThan(1)
  })

  test('a search that ends at its limit gives neither seeds nor a factor', () => {
    const plan = {
      spread: { seedSd: 10, exampleVariance: 0, ...manyExamples },
      alpha: 0.05,
      effect: 1,
    }
    expect(seedsNeeded({ ...plan, mostSeeds: 100 })).toEqual({ seeds: null, testSetFactor: null })
    expect(seedsNeeded(plan).seeds).toBeGreaterThan(100)
  })

  test('impossible arguments are refused by name', () => {
    const plan = {
      spread: { seedSd: 1, exampleVariance: 0, ...manyExamples },
      alpha: 0.05,
      effect: 1,
    }
    expect(() => seedsNeeded({ ...plan, effect: 0 })).toThrow(/effect 0/)
    expect(() => seedsNeeded({ ...plan, mostSeeds: 2 })).toThrow(/mostSeeds 2/)
    expect(() => seedsNeeded({ ...plan, alpha: 0 })).toThrow(/alpha 0/)
  })
})

describe('powerOfEquivalence', () => {
  test('the tabulated seeds are the fewest that are enough', () => {
    for (const [sd, ...cells] of table) {
      for (const [k, alpha] of [0.05, 0.0125].entries()) {
        const plan = { spread: spreadOf(sd), alpha, margin: 1 }
        const seeds = cells[3]?.[k] ?? Number.NaN
        expect(powerOfEquivalence({ ...plan, seeds })).toBeGreaterThanOrEqual(0.8)
        if (seeds > 3) expect(powerOfEquivalence({ ...plan, seeds: seeds - 1 })).toBeLessThan(0.8)
      }
    }
  })

  test('with a test set that is too small no number of seeds is enough', () => {
    const spread = { seedSd: 0.01, exampleVariance: 0.1, ...manyExamples }
    expect(powerOfEquivalence({ spread, alpha: 0.05, margin: 1, seeds: 10_000 })).toBeLessThan(0.8)
  })
})

describe('seedSdUpper', () => {
  test('the worked example has its reference limits', () => {
    for (const { sd, sd80 } of planning.expected) near(seedSdUpper(sd, 4), sd80, 1e-12)
  })

  test('it is 2.12, 1.56 and 1.29 times the estimate with 3, 5 and 10 seeds', () => {
    expect([2, 4, 9].map((nu) => seedSdUpper(1, nu).toFixed(2))).toEqual(['2.12', '1.56', '1.29'])
  })

  test('impossible arguments are refused', () => {
    expect(() => seedSdUpper(-1, 4)).toThrow(/seedSd -1/)
    expect(() => seedSdUpper(1, 0)).toThrow(/degrees of freedom 0/)
  })
})

describe('detectable', () => {
  test('the difference it gives has exactly the power', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 3, noNaN: true }),
        fc.double({ min: 1e-6, max: 0.5, noNaN: true }),
        fc.integer({ min: 2, max: 40 }),
        fc.constantFrom(0.5, 0.8, 0.95),
        (seedSd, exampleVariance, seeds, power) => {
          const plan = {
            spread: { seedSd, exampleVariance, ...manyExamples },
            seeds,
            alpha: 0.0125,
          }
          near(powerToDetect({ ...plan, effect: detectable({ ...plan, power }) }), power, 1e-7)
        },
      ),
    )
  })

  test('it falls with the seeds, and is 0 where nothing varies', () => {
    const plan = { spread: spreadOf(0.6), alpha: 0.0125 }
    const found = Array.from({ length: 20 }, (_, k) => detectable({ ...plan, seeds: k + 2 }))
    for (let k = 1; k < found.length; k++) expect(found[k] ?? 9).toBeLessThan(found[k - 1] ?? 0)
    expect(
      detectable({
        spread: { seedSd: 0, exampleVariance: 0, ...manyExamples },
        alpha: 0.05,
        seeds: 3,
      }),
    ).toBe(0)
  })

  test('a power that no difference could have is refused', () => {
    const plan = { spread: spreadOf(0.6), alpha: 0.05, seeds: 5 }
    expect(() => detectable({ ...plan, power: 1 })).toThrow(/power 1/)
    expect(() => detectable({ ...plan, power: 0.02 })).toThrow(/power 0.02/)
  })
})
