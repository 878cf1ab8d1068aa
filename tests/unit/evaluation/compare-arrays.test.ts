import { describe, expect, test } from 'vitest'
import { compareArrays } from '../../../core/evaluation/compare-arrays.ts'

const named = (...lists: number[][]) =>
  lists.map((values, at) => ({ name: `array-${at}`, values: Float32Array.from(values) }))

describe('compareArrays', () => {
  test('finds nothing between equal bits, NaN and infinities included', () => {
    const values = [[1, Number.NaN, -Infinity], [-0]]
    expect(compareArrays(named(...values), named(...values))).toBeNull()
    expect(compareArrays([], [])).toBeNull()
  })

  test('names the first element that differs, counts them all and gives the largest difference', () => {
    expect(compareArrays(named([1, 2], [3, 4, 5]), named([1, 2], [3, 4.5, 3]))).toEqual({
      array: 'array-1',
      index: 1,
      stored: 4,
      found: 4.5,
      differing: 2,
      elements: 5,
      largest: 2,
    })
  })

  test('tells −0 from 0, by a difference of 0', () => {
    expect(compareArrays(named([0]), named([-0]))).toMatchObject({ index: 0, differing: 1, largest: 0 })
  })

  test('has no largest difference where one of the two is not finite, wherever that stands', () => {
    expect(compareArrays(named([1, 1]), named([Number.NaN, 3]))).toMatchObject({
      stored: 1,
      found: null,
      differing: 2,
      largest: null,
    })
    expect(compareArrays(named([1, 1]), named([3, Infinity]))?.largest).toBeNull()
  })

  test('refuses arrays of different lengths', () => {
    expect(() => compareArrays(named([1]), named([1, 2]))).toThrow(RangeError)
    expect(() => compareArrays(named([1]), named([1], [2]))).toThrow(RangeError)
  })
})
