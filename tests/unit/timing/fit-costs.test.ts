import { describe, expect, it } from 'vitest'
import { parts, priceOf, type Costs, type Work } from '../../../core/timing/costs.ts'
import { fitCosts, type Observation } from '../../../core/timing/fit-costs.ts'
import { typicalCosts } from '../../../core/timing/probe.ts'

const expected = { costs: typicalCosts, spread: 1.5 }
const times = (factor: number): Costs =>
  Object.fromEntries(parts.map((part) => [part, typicalCosts[part] * factor])) as Costs

const small: Work = { run: 1, layer: 2_000, mac: 1e8, weight: 1e6, cell: 4e6 }
const large: Work = { run: 1, layer: 3_000, mac: 1e12, weight: 1e9, cell: 3e8 }
const seen = (work: Work, durationMs: number, shape = 'a', weight = 1): Observation => ({
  work,
  durationMs,
  shape,
  weight,
})

describe('the fit of prices', () => {
  it('stays with the expected ones where nothing was measured', () => {
    const { costs } = fitCosts(expected, [])
    for (const part of parts) expect(costs[part]).toBeCloseTo(typicalCosts[part], 9)
  })

  it('finds a machine that is three times as slow in all, small and large', () => {
    const slow = times(3)
    const { costs, factors } = fitCosts(expected, [
      seen(small, priceOf(small, slow), 'small'),
      seen(large, priceOf(large, slow), 'large'),
    ])
    for (const [work, shape] of [
      [small, 'small'],
      [large, 'large'],
    ] as const) {
      const ratio = (priceOf(work, costs) * (factors.get(shape) ?? 1)) / priceOf(work, slow)
      expect(ratio).toBeGreaterThan(0.95)
      expect(ratio).toBeLessThan(1.05)
    }
  })

  it('tells what does not grow with the steps from what does', () => {
    const truth: Costs = { ...typicalCosts, run: 2_000, layer: 0.01 }
    const works = [1_000, 10_000, 400_000].map((layer): Work => ({ run: 1, layer }))
    const { costs } = fitCosts(
      expected,
      works.map((work) => seen(work, priceOf(work, truth))),
    )
    expect(Math.abs(Math.log(costs.run / truth.run))).toBeLessThan(0.1)
    expect(Math.abs(Math.log(costs.layer / truth.layer))).toBeLessThan(0.1)
  })

  it('puts what is dear about one shape down to the shape, not to the machine', () => {
    const plain = [large, small].map((work, i) => seen(work, priceOf(work, typicalCosts), `plain ${i}`))
    const odd = seen(large, 2 * priceOf(large, typicalCosts), 'odd')
    const { costs, factors } = fitCosts(expected, [...plain, ...plain, ...plain, odd, odd, odd])
    const price = priceOf(large, costs)
    expect(((factors.get('odd') ?? 1) * price) / (2 * priceOf(large, typicalCosts))).toBeCloseTo(1, 1)
    expect(((factors.get('plain 0') ?? 1) * price) / priceOf(large, typicalCosts)).toBeCloseTo(1, 1)
  })

  it('is hardly moved by one measurement that is far off', () => {
    const usual = Array.from({ length: 6 }, () => seen(large, priceOf(large, typicalCosts)))
    const { costs, factors } = fitCosts(expected, [...usual, seen(large, 30 * priceOf(large, typicalCosts))])
    const ratio = (priceOf(large, costs) * (factors.get('a') ?? 1)) / priceOf(large, typicalCosts)
    expect(ratio).toBeLessThan(1.1)
  })
})
