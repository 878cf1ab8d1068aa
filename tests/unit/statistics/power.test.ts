import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gaussLegendre } from '../../../core/mathematics/gauss-legendre.ts'
import { powerOfEquivalence, powerToDetect } from '../../../core/statistics/planning/power.ts'
import { chiSquareQuantile, normalCdf, tQuantile } from '../../../core/mathematics/quantiles.ts'
import { golden, manyExamples, near } from '../../support/designs.ts'
import { planning } from '../../support/golden-planning.ts'

const plans = fc.record({
  spread: fc.record({
    seedSd: fc.double({ min: 0.001, max: 2, noNaN: true }),
    exampleVariance: fc.double({ min: 0, max: 0.5, noNaN: true }),
    units: fc.integer({ min: 2, max: 1000 }),
    range: fc.constantFrom(0, 1),
  }),
  seeds: fc.integer({ min: 2, max: 40 }),
  alpha: fc.double({ min: 0.001, max: 0.2, noNaN: true }),
})
const size = fc.double({ min: 0.01, max: 3, noNaN: true })

describe('gaussLegendre', () => {
  test('the two-node rule is (1 ± 1/√3)/2 with equal weights', () => {
    const { nodes, weights } = gaussLegendre(2)
    near(nodes[0] ?? null, (1 - 1 / Math.sqrt(3)) / 2, 1e-15)
    near(nodes[1] ?? null, (1 + 1 / Math.sqrt(3)) / 2, 1e-15)
    near(weights[0] ?? null, 0.5, 1e-15)
  })

  test('n nodes integrate x^k exactly up to k = 2n − 1 and not x^2n', () => {
    for (const n of [2, 3, 5, 8]) {
      const { nodes, weights } = gaussLegendre(n)
      const error = (k: number): number =>
        Math.abs(nodes.reduce((sum, x, i) => sum + (weights[i] ?? 0) * x ** k, 0) - 1 / (k + 1))
      for (let k = 0; k < 2 * n; k++) expect(error(k)).toBeLessThan(1e-14)
      expect(error(2 * n)).toBeGreaterThan(1e-12)
    }
  })

  test('64 rising nodes carry the weight 1', () => {
    const { nodes, weights } = gaussLegendre(64)
    near(
      weights.reduce((sum, w) => sum + w, 0),
      1,
      1e-13,
    )
    for (let k = 1; k < 64; k++) expect(nodes[k] ?? 0).toBeGreaterThan(nodes[k - 1] ?? 1)
    near(
      nodes.reduce((sum, x, k) => sum + (weights[k] ?? 0) * Math.exp(x), 0),
      Math.E - 1,
      1e-13,
    )
  })

  test('fewer than two nodes are refused', () => {
    expect(() => gaussLegendre(1)).toThrow(/nodes 1/)
    expect(() => gaussLegendre(2.5)).toThrow(RangeError)
  })
})

describe('chiSquareQuantile and normalCdf', () => {
  test("the chi-square quantiles are R's", () => {
    for (const [key, expected] of Object.entries(planning.published.quantiles.chi2_20))
      near(chiSquareQuantile(0.2, Number(key.slice(2))), expected, 1e-9)
  })

  test('the normal distribution function has its known values', () => {
    near(normalCdf(1.959963984540054), 0.975, 1e-14)
    expect(normalCdf(-Infinity)).toBe(0)
    expect(normalCdf(Infinity)).toBe(1)
  })

  test('impossible arguments are refused', () => {
    expect(() => chiSquareQuantile(0, 3)).toThrow(/probability 0/)
    expect(() => chiSquareQuantile(0.2, 0)).toThrow(/degrees of freedom 0/)
    expect(() => normalCdf(Number.NaN)).toThrow(RangeError)
  })
})

describe('powerToDetect', () => {
  test("without example variance it is R's power.t.test", () => {
    const found = powerToDetect({
      spread: { seedSd: 0.4, exampleVariance: 0, ...manyExamples },
      seeds: 8,
      alpha: 0.05,
      effect: 0.5,
    })
    near(found, planning.published.power.n8_d05_sd04, 1e-5)
  })

  test('the worked example has its reference power at the margin', () => {
    planning.expected.forEach(({ sd, power_at_rope }, m) => {
      const exampleVariance = golden.expected[m]?.paired.C ?? Number.NaN
      const plan = {
        spread: { seedSd: sd, exampleVariance, units: 60, range: 1 },
        seeds: 5,
        alpha: golden.alpha / golden.corrected,
      }
      near(powerToDetect({ ...plan, effect: golden.margin }), power_at_rope, 1e-6)
      near(powerToDetect({ ...plan, effect: -golden.margin }), power_at_rope, 1e-6)
    })
  })

  test('without effect it is the half of alpha that lies on one side', () => {
    for (const seeds of [2, 3, 5, 10, 30]) {
      const spread = { seedSd: 0.3, exampleVariance: 0, ...manyExamples }
      near(powerToDetect({ spread, seeds, alpha: 0.05, effect: 0 }), 0.025, 2e-5)
    }
  })

  test('without seed spread it is that of t over the examples, of z with many', () => {
    const plan = {
      spread: { seedSd: 0, exampleVariance: 0.04, ...manyExamples },
      seeds: 4,
      alpha: 0.05,
      effect: 0.5,
    }
    near(powerToDetect(plan), normalCdf(2.5 - 1.959963984540054), 1e-8)
    const few = { ...plan, spread: { ...plan.spread, units: 10 } }
    near(powerToDetect(few), normalCdf(2.5 - tQuantile(0.975, 9)), 1e-12)
  })

  test('without any spread every effect is seen, and none is none', () => {
    const plan = {
      spread: { seedSd: 0, exampleVariance: 0, ...manyExamples },
      seeds: 4,
      alpha: 0.05,
    }
    expect(powerToDetect({ ...plan, effect: 1e-9 })).toBe(1)
    expect(powerToDetect({ ...plan, effect: 0 })).toBe(0)
  })

  test('it rises with the effect and with the seeds, and not with spread', () => {
    fc.assert(
      fc.property(plans, size, (plan, effect) => {
        const power = powerToDetect({ ...plan, effect })
        expect(power).toBeGreaterThanOrEqual(0)
        expect(power).toBeLessThanOrEqual(1)
        expect(powerToDetect({ ...plan, effect: effect * 1.1 })).toBeGreaterThanOrEqual(power - 1e-12)
        const wider = { ...plan.spread, exampleVariance: plan.spread.exampleVariance + 0.1 }
        if (power > 0.5) {
          expect(powerToDetect({ ...plan, seeds: plan.seeds + 1, effect })).toBeGreaterThanOrEqual(
            power - 1e-9,
          )
          expect(powerToDetect({ ...plan, spread: wider, effect })).toBeLessThanOrEqual(power + 1e-9)
        }
      }),
    )
  })

  test('the unit does not matter', () => {
    fc.assert(
      fc.property(plans, size, (plan, effect) => {
        const scaled = {
          ...plan.spread,
          range: plan.spread.range * 100,
          seedSd: plan.spread.seedSd * 100,
          exampleVariance: plan.spread.exampleVariance * 1e4,
        }
        near(
          powerToDetect({ ...plan, spread: scaled, effect: effect * 100 }),
          powerToDetect({ ...plan, effect }),
          1e-9,
        )
      }),
    )
  })

  test('impossible arguments are refused by name', () => {
    const plan = {
      spread: { seedSd: 1, exampleVariance: 0, ...manyExamples },
      seeds: 5,
      alpha: 0.05,
      effect: 1,
    }
    expect(() => powerToDetect({ ...plan, seeds: 1 })).toThrow(/seeds 1/)
    expect(() => powerToDetect({ ...plan, alpha: 1 })).toThrow(/alpha 1/)
    expect(() => powerToDetect({ ...plan, effect: Infinity })).toThrow(/effect/)
    expect(() =>
      powerToDetect({ ...plan, spread: { seedSd: -1, exampleVariance: 0, ...manyExamples } }),
    ).toThrow(/seedSd -1/)
    expect(() =>
      powerToDetect({
        ...plan,
        spread: { seedSd: 1, exampleVariance: Number.NaN, ...manyExamples },
      }),
    ).toThrow(/exampleVariance NaN/)
  })
})

describe('powerOfEquivalence', () => {
  test('with many examples and no seed spread it is that of two one-sided z tests', () => {
    const spread = { seedSd: 0, exampleVariance: 0.04, ...manyExamples }
    const expected = 2 * normalCdf((1 - 1.959963984540054 * 0.2) / 0.2) - 1
    near(powerOfEquivalence({ spread, seeds: 9, alpha: 0.05, margin: 1 }), expected, 1e-8)
  })

  test('at the margin it is at most alpha/2, whichever end', () => {
    fc.assert(
      fc.property(plans, size, (plan, margin) => {
        const high = powerOfEquivalence({ ...plan, margin, effect: margin })
        expect(high).toBeLessThanOrEqual(plan.alpha / 2 + 2e-4)
        near(powerOfEquivalence({ ...plan, margin, effect: -margin }), high, 1e-9)
      }),
    )
  })

  test('the interval cannot lie within a margin that is narrower than it', () => {
    const half = tQuantile(0.975, 2)
    const plan = {
      spread: { seedSd: 1, exampleVariance: 1, ...manyExamples },
      seeds: 3,
      alpha: 0.05,
    }
    expect(powerOfEquivalence({ ...plan, margin: 1.9 })).toBe(0)
    expect(powerOfEquivalence({ ...plan, margin: half })).toBeGreaterThan(0)
  })

  test('without any spread it is sure within the margin and impossible outside', () => {
    const plan = {
      spread: { seedSd: 0, exampleVariance: 0, ...manyExamples },
      seeds: 3,
      alpha: 0.05,
      margin: 1,
    }
    expect(powerOfEquivalence({ ...plan, effect: 0.99 })).toBe(1)
    expect(powerOfEquivalence({ ...plan, effect: -1 })).toBe(0)
  })

  test('a margin that is not positive is refused', () => {
    const plan = {
      spread: { seedSd: 1, exampleVariance: 0, ...manyExamples },
      seeds: 3,
      alpha: 0.05,
    }
    expect(() => powerOfEquivalence({ ...plan, margin: 0 })).toThrow(/margin 0/)
    expect(() => powerOfEquivalence({ ...plan, margin: 1, effect: Number.NaN })).toThrow(/effect/)
  })
})
