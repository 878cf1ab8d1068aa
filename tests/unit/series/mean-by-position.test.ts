import { describe, expect, test } from 'vitest'
import { meanByPosition } from '../../../core/series/mean-by-position.ts'

describe('the mean of curves by position', () => {
  test('of nothing is nothing', () => {
    expect(meanByPosition([])).toEqual([])
    expect(meanByPosition([{ values: [], complete: true }])).toEqual([])
  })

  test('keeps the last value of a training that has ended before the others', () => {
    const curves = [
      { values: [1, 3], complete: true },
      { values: [3, 5, 7, 9], complete: false },
    ]
    expect(meanByPosition(curves)).toEqual([2, 4, 5, 6])
  })

  test('goes on without a training that is still under way', () => {
    const curves = [
      { values: [1], complete: false },
      { values: [3, 5], complete: true },
      { values: [], complete: false },
    ]
    expect(meanByPosition(curves)).toEqual([2, 5])
  })
})
