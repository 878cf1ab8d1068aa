import { describe, expect, it } from 'vitest'
import { chiSquareQuantile, tQuantile } from '../../../core/mathematics/quantiles.ts'
import { powerToDetect } from '../../../core/statistics/planning/power.ts'

/** scipy 1.17, stats.chi2.ppf. */
const expected: [p: number, degreesOfFreedom: number, quantile: number][] = [
  [0.001, 1001, 868.4100116208655],
  [0.2, 1001, 963.1614880566252],
  [0.3, 1001, 977.0618637884745],
  [0.8, 1001, 1038.4497078264858],
  [0.9996, 1001, 1157.8771684565763],
  [0.001, 2400, 2191.5888021018236],
  [0.2, 2400, 2341.5048334515495],
  [0.3, 2400, 2363.190815188258],
  [0.8, 2400, 2458.1063075373936],
  [0.9996, 2400, 2639.137835840943],
  [0.001, 3000.5, 2766.79953649846],
  [0.2, 3000.5, 2935.1160289190348],
  [0.3, 3000.5, 2959.3984712598167],
  [0.8, 3000.5, 3065.495104212241],
  [0.9996, 3000.5, 3267.0751762433424],
  [0.001, 9999, 9567.690346556727],
  [0.2, 9999, 9879.792451142132],
  [0.3, 9999, 9924.361718138498],
  [0.8, 9999, 10117.818660012563],
  [0.9996, 9999, 10479.971521556907],
]

describe('chiSquareQuantile with many degrees of freedom', () => {
  it.each(expected)('at p = %f and ν = %f is that of SciPy to a relative 1e-9', (p, v, quantile) => {
    expect(Math.abs(chiSquareQuantile(p, v) / quantile - 1)).toBeLessThan(1e-9)
  })

  it('has no step where the expansion takes over', () => {
    for (const p of [1e-4, 0.2, 0.5, 0.9996]) {
      const [before, at, after] = [999, 1000, 1001].map((v) => chiSquareQuantile(p, v))
      expect((after ?? 0) - (at ?? 0)).toBeCloseTo((at ?? 0) - (before ?? 0), 4)
    }
  })

  it('gives plans with thousands of seeds the power of the noncentral t', () => {
    // scipy 1.17: stats.nct.sf(stats.t.isf(.005, S - 1), S - 1, effect sqrt(S) / sd).
    const spread = { seedSd: 1.5, exampleVariance: 0, units: 1_000_000_000, range: 0 }
    const power = powerToDetect({ spread, seeds: 2400, alpha: 0.01, effect: 0.1 })
    expect(power).toBeCloseTo(0.7542416774, 5)
  })
})

describe("quantiles of Student's t beside the median", () => {
  it('are as long as the density at 0 says, on either side', () => {
    // 1 / stats.t.pdf(0, 9), scipy 1.17.
    const slope = 2.5770877236478777
    for (const away of [1e-4, 1e-6, 1e-7, 1e-9]) {
      expect(tQuantile(0.5 + away, 9) / away / slope).toBeCloseTo(1, 6)
      expect(tQuantile(0.5 - away, 9) / away / slope).toBeCloseTo(-1, 6)
    }
  })
})
