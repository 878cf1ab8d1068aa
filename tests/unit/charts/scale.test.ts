import { describe, expect, test } from 'vitest'
import { along, linearScale, logScale, tickLabels } from '../../../app/_charts/scale/axis-scale.ts'
import { pushApart } from '../../../app/_charts/scale/push-apart.ts'
import { linearTicks, logTicks, niceStep, paddedDomain } from '../../../app/_charts/scale/ticks.ts'

describe('linear ticks', () => {
  test('are round and lie inside the axis', () => {
    expect(linearTicks([88.5, 95], 7)).toEqual([89, 90, 91, 92, 93, 94, 95])
    expect(linearTicks([0.163, 0.329], 4)).toEqual([0.2, 0.25, 0.3])
    expect(linearTicks([-0.8, 0.7], 3)).toEqual([-0.5, 0, 0.5])
  })
  test('refuse an axis without length', () => {
    expect(() => linearTicks([1, 1], 5)).toThrow(RangeError)
    expect(() => linearTicks([0, Number.NaN], 5)).toThrow(RangeError)
  })
})

describe('logarithmic ticks', () => {
  test('are as dense as there is room for', () => {
    expect(logTicks([1.2, 13.4], 7)).toEqual([1.5, 2, 3, 4, 6, 8, 10].slice(0, 7))
    expect(logTicks([1.2, 13.4], 5)).toEqual([2, 3, 5, 8, 10])
    expect(logTicks([1, 1e6], 4)).toEqual([1, 100, 10_000, 1_000_000])
  })
  test('fall back to even steps where the axis spans no round values', () => {
    expect(logTicks([4.1, 4.9], 5)).toEqual([4.2, 4.4, 4.6, 4.8])
  })
  test('refuse zero and below', () => {
    expect(() => logTicks([0, 10], 5)).toThrow(RangeError)
  })
})

test('a step is the next of 1, 2, 5', () => {
  expect([0.011, 0.2, 3, 7].map(niceStep)).toEqual([0.02, 0.2, 5, 10])
})

test('a padded domain has air on both sides, and a floor under its length', () => {
  expect(paddedDomain([1, 3], 0.25, 0)).toEqual([0.5, 3.5])
  expect(paddedDomain([2], 0, 1)).toEqual([1.5, 2.5])
  expect(paddedDomain([Number.NaN], 0.1, 1)).toBeNull()
})

test('tick labels share their decimals, with a true minus and commas', () => {
  expect(tickLabels([-0.5, 0, 0.5])).toEqual(['−0.5', '0.0', '0.5'])
  expect(tickLabels([0, 500, 1000])).toEqual(['0', '500', '1,000'])
})

test('a value lies along its axis by its logarithm or by itself', () => {
  expect(along(linearScale('', [0, 10], 5), 4)).toBeCloseTo(0.4)
  expect(along(logScale('', [1, 100], 5), 10)).toBeCloseTo(0.5)
  expect(along(logScale('', [1, 100], 5), 0)).toBeNaN()
})

describe('pushing apart', () => {
  test('leaves what has room where it is', () => {
    expect(pushApart([10, 40, 90], 16, 0, 100)).toEqual([10, 40, 90])
  })
  test('spreads a crowd around its mean', () => {
    expect(pushApart([50, 50, 50], 10, 0, 100)).toEqual([40, 50, 60])
  })
  test('answers in the order of the input and keeps the order on the line', () => {
    expect(pushApart([52, 50], 10, 0, 100)).toEqual([56, 46])
  })
  test('stays inside, and shrinks the gap when there is no room for all', () => {
    expect(pushApart([99, 100], 10, 0, 100)).toEqual([90, 100])
    expect(pushApart([0, 0, 0], 60, 0, 100)).toEqual([0, 50, 100])
  })
  test('keeps every gap for many random positions', () => {
    const positions = Array.from({ length: 14 }, (_, index) => ((index * 7919) % 101) / 2)
    const placed = pushApart(positions, 12, 0, 400).sort((a, b) => a - b)
    placed
      .slice(1)
      .forEach((at, index) => expect(at - (placed[index] ?? 0)).toBeGreaterThanOrEqual(12 - 1e-9))
    expect(placed[0]).toBeGreaterThanOrEqual(0)
  })
  test('of nothing is nothing', () => {
    expect(pushApart([], 10, 0, 100)).toEqual([])
  })
})
