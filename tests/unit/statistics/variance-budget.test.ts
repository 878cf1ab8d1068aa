import { describe, expect, test } from 'vitest'
import { crossedVariance } from '../../../core/statistics/variance/crossed-variance.ts'
import { twoWay } from '../../../core/mathematics/two-way.ts'
import { unpairedVariance } from '../../../core/statistics/variance/unpaired-variance.ts'
import { pairedBudget, unpairedBudget } from '../../../core/statistics/variance/variance-budget.ts'
import { golden, near, toRows } from '../../support/designs.ts'

const control = toRows(golden.control)

describe('pairedBudget', () => {
  test('its shares follow from the reference mean squares and add up to A + C', () => {
    golden.expected.forEach(({ paired: { MSs, MSr, A, C } }, m) => {
      const { seed, noise, testSet } = pairedBudget(twoWay(toRows(golden.methods[m] ?? []), control), 1)
      near(seed, (MSs - MSr) / 300)
      near(noise, MSr / 300)
      near(testSet, C)
      near(seed + noise + testSet, A + C)
    })
  })

  test('without seed share the noise exceeds the floored A', () => {
    const arm = toRows([
      [1, 0, 0, 0],
      [0, 1, 0, 0],
    ])
    const base = toRows([
      [0, 1, 0, 0],
      [1, 0, 0, 0],
    ])
    const { seed, noise } = pairedBudget(twoWay(arm, base), 0)
    expect(seed).toBe(0)
    near(crossedVariance(arm, base, 0).seedVariance, noise / 10, 1e-15)
  })
})

describe('unpairedBudget', () => {
  test('it sums over the arms and adds up to A + C', () => {
    golden.methods.forEach((method) => {
      const [a, b] = [twoWay(toRows(method), null), twoWay(control, null)]
      const { seed, noise, testSet } = unpairedBudget(a, b, 1)
      const { seedVariance, exampleVariance } = unpairedVariance(a, b, 1)
      near(noise, (a.msResidual + b.msResidual) / 300)
      near(testSet, exampleVariance)
      // Each arm's MS_s is above its MS_r here only where seed is the whole rest.
      if (a.msSeed > a.msResidual && b.msSeed > b.msResidual) near(seed + noise, seedVariance)
      else expect(seed + noise).toBeGreaterThan(seedVariance)
    })
  })
})
