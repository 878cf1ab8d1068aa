import { expect, test } from 'vitest'
import { crossedVariance } from '../../../core/statistics/variance/crossed-variance.ts'
import { intervals } from '../../../core/statistics/variance/interval.ts'
import { pValue } from '../../../core/statistics/tests/p-value.ts'
import { readInterval } from '../../../core/judging/word.ts'
import { near, toRows } from '../../support/designs.ts'
import { planning } from '../../support/golden-planning.ts'

// Student's sleep data (1908), R datasets::sleep; every subject is a seed whose examples are all alike.
const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2]
const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
const alike = (values: number[]): Float64Array[] => toRows(values.map((x) => [x, x, x]))
const parts = crossedVariance(alike(first), alike(second), 0)
const margin = 3

test('the larger one-sided p against the two margins is that of the published equivalence test', () => {
  const oneSided = [parts.estimate + margin, margin - parts.estimate].map(
    (estimate) => (pValue({ ...parts, estimate }) ?? Number.NaN) / 2,
  )
  near(Math.max(...oneSided), planning.published.sleep_tost_pm3, 1e-9)
})

test('the word is no practical difference exactly where alpha is above twice that p', () => {
  const p = 2 * planning.published.sleep_tost_pm3
  const word = (alpha: number): string => readInterval(intervals(parts, alpha, 1).individual, margin).word
  expect(word(p * 1.001)).toBe('no practical difference')
  expect(word(p * 0.999)).not.toBe('no practical difference')
})
