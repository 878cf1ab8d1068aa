import { expect, it } from 'vitest'
import { fewerLabels } from '../../../core/planning/fewer-labels.ts'

it('a quarter of the labels has as many of each class, and never none of one', () => {
  expect(fewerLabels(2_000, 10)).toBe(500)
  expect(fewerLabels(100, 10)).toBe(30)
  expect(fewerLabels(11, 10)).toBe(10)
})

it('fewer labels than one of each class are none to try', () => {
  expect(fewerLabels(10, 10)).toBeNull()
})
