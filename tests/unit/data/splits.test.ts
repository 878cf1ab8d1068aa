import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { labelledSubset } from '../../../core/data/labelled-subset.ts'
import { holdOut, stratifiedSplit } from '../../../core/data/stratified-split.ts'

const labelled = fc
  .array(fc.integer({ min: 0, max: 6 }), { minLength: 2, maxLength: 200 })
  .map((labels) => Int32Array.from(labels))
const seeds = fc.integer({ min: 0, max: 1000 })

const sharesOff = (labels: Int32Array, chosen: Int32Array): number => {
  const whole = new Float64Array(7)
  const own = new Float64Array(7)
  for (const label of labels) whole[label] = (whole[label] ?? 0) + 1
  for (const index of chosen) {
    const label = labels[index] ?? -1
    own[label] = (own[label] ?? 0) + 1
  }
  return Math.max(
    ...own.map((count, c) => Math.abs(count - ((whole[c] ?? 0) * chosen.length) / labels.length)),
  )
}

const covers = (parts: Int32Array[], total: number): boolean => {
  const all = parts.flatMap((part) => Array.from(part)).sort((a, b) => a - b)
  return all.length === total && all.every((index, i) => index === i)
}

describe('labelledSubset', () => {
  test('every size is stratified within less than one example', () => {
    fc.assert(
      fc.property(labelled, seeds, (labels, seed) => {
        for (let count = 1; count <= labels.length; count++) {
          expect(sharesOff(labels, labelledSubset(labels, 7, count, seed))).toBeLessThan(1)
        }
      }),
      { numRuns: 30 },
    )
  })

  test('a smaller subset is contained in a larger one of the same seed', () => {
    fc.assert(
      fc.property(labelled, seeds, fc.nat(), fc.nat(), (labels, seed, a, b) => {
        const [small, large] = [1 + (a % labels.length), 1 + (b % labels.length)].sort((x, y) => x - y)
        const inner = labelledSubset(labels, 7, small ?? 1, seed)
        const outer = new Set(labelledSubset(labels, 7, large ?? 1, seed))
        expect(inner.every((index) => outer.has(index))).toBe(true)
      }),
    )
  })

  test('indices are distinct, and all examples are there at full size', () => {
    fc.assert(
      fc.property(labelled, seeds, (labels, seed) => {
        expect(covers([labelledSubset(labels, 7, labels.length, seed)], labels.length)).toBe(true)
      }),
    )
  })

  test('it is fixed by its seed and differs between seeds', () => {
    const labels = Int32Array.from({ length: 400 }, (_, i) => i % 4)
    expect(labelledSubset(labels, 4, 40, 1)).toEqual(labelledSubset(labels, 4, 40, 1))
    expect(new Set(labelledSubset(labels, 4, 40, 1))).not.toEqual(new Set(labelledSubset(labels, 4, 40, 2)))
  })

  test('each example of a class is equally likely to be chosen', () => {
    const labels = Int32Array.from({ length: 20 }, (_, i) => i % 2)
    const counts = new Float64Array(20)
    for (let seed = 0; seed < 2000; seed++) {
      for (const index of labelledSubset(labels, 2, 10, seed)) counts[index] = (counts[index] ?? 0) + 1
    }
    // Half of the seeds each; four standard deviations of a binomial share.
    for (const count of counts) expect(Math.abs(count / 2000 - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 2000))
  })

  test('impossible arguments are refused with what is wrong', () => {
    const labels = Int32Array.of(0, 1, 0)
    expect(() => labelledSubset(labels, 2, 4, 1)).toThrow(/count 4 is not an integer from 1 to 3/)
    expect(() => labelledSubset(labels, 2, 0, 1)).toThrow(RangeError)
    expect(() => labelledSubset(labels, 1, 2, 1)).toThrow(/label 1 of example 1 is outside 0 to 0/)
    expect(() => labelledSubset(Int32Array.of(-1), 2, 1, 1)).toThrow(/label -1/)
  })
})

describe('stratifiedSplit', () => {
  test('parts are disjoint, cover everything, are sorted and stratified', () => {
    fc.assert(
      fc.property(labelled, seeds, fc.nat(), (labels, seed, cut) => {
        fc.pre(labels.length >= 3)
        const train = 1 + (cut % (labels.length - 2))
        const sizes = { train, validation: 1, test: labels.length - train - 1 }
        const split = stratifiedSplit(labels, { seed, sizes })
        const parts = [split.train, split.validation, split.test]
        expect(parts.map((part) => part.length)).toEqual(Object.values(sizes))
        expect(covers(parts, labels.length)).toBe(true)
        for (const part of parts) {
          expect(part.every((index, i) => i === 0 || index > (part[i - 1] ?? -1))).toBe(true)
          expect(sharesOff(labels, part)).toBeLessThan(2)
        }
      }),
    )
  })

  test('sizes that do not add up are refused', () => {
    const labels = Int32Array.of(0, 1, 0)
    expect(() => stratifiedSplit(labels, { seed: 1, sizes: { a: 1, b: 1 } })).toThrow(
      /add up to 2, there are 3/,
    )
    expect(() => stratifiedSplit(labels, { seed: 1, sizes: { a: 0, b: 3 } })).toThrow(/size 0 of a/)
  })
})

describe('holdOut', () => {
  test('the held part is stratified and the rest is kept', () => {
    fc.assert(
      fc.property(labelled, seeds, fc.nat(), (labels, seed, cut) => {
        const count = 1 + (cut % (labels.length - 1))
        const { kept, held } = holdOut(labels, count, seed)
        expect(held.length).toBe(count)
        expect(covers([kept, held], labels.length)).toBe(true)
        expect(sharesOff(labels, held)).toBeLessThan(1)
      }),
    )
  })

  test('holding out everything is refused', () => {
    expect(() => holdOut(Int32Array.of(0, 1), 2, 1)).toThrow(/count 2 is not an integer from 1 to 1/)
  })
})
