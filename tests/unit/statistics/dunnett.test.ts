import { describe, expect, test } from 'vitest'
import { dunnettQuantile } from '../../../core/statistics/dunnett.ts'
import { tQuantile, zQuantile } from '../../../core/statistics/quantiles.ts'
import { near } from './designs.ts'
import { planning } from './planning.ts'

describe('dunnettQuantile', () => {
  test('it has the digits of mvtnorm, whose quantiles are themselves found by random points', () => {
    const { M3_df10, M5_df4, M5_df2, M2_df20 } = planning.published.dunnett_q
    near(dunnettQuantile(3, 10), M3_df10, 1.1e-4)
    near(dunnettQuantile(5, 4), M5_df4, 5e-5)
    near(dunnettQuantile(5, 2), M5_df2, 5e-5)
    near(dunnettQuantile(2, 20), M2_df20, 5e-5)
  })

  test('it equals adaptive quadrature', () => {
    // SciPy 1.17: integrate.quad over the density of chi, a fine grid over the normal variable, brentq.
    near(dunnettQuantile(3, 10), 2.758996978, 1e-8)
    near(dunnettQuantile(5, 4), 3.994468749, 1e-8)
    near(dunnettQuantile(5, 2), 6.852314187, 1e-8)
    near(dunnettQuantile(2, 20), 2.37868998, 1e-8)
  })

  test("one method is Student's t", () => {
    for (const df of [1, 2, 5.5, 40])
      for (const level of [0.9, 0.99])
        near(dunnettQuantile(1, df, level) / tQuantile((1 + level) / 2, df), 1, 1e-7)
  })

  test('it rises with the methods and stays below Bonferroni', () => {
    for (const df of [3, 8, 30]) {
      let before = 0
      for (const methods of [1, 2, 4, 12]) {
        const found = dunnettQuantile(methods, df)
        expect(found).toBeGreaterThan(before)
        expect(found).toBeLessThanOrEqual(tQuantile(1 - 0.025 / methods, df) * (1 + 1e-7))
        before = found
      }
    }
  })

  test('with many degrees of freedom it tends to that of normals', () => {
    near(dunnettQuantile(1, 1e6), zQuantile(0.975), 1e-5)
  })

  test('impossible arguments are refused by name', () => {
    expect(() => dunnettQuantile(0, 5)).toThrow(/methods 0/)
    expect(() => dunnettQuantile(2, 0.5)).toThrow(/degrees of freedom 0.5/)
    expect(() => dunnettQuantile(2, 5, 1)).toThrow(/level 1/)
  })
})
