import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { groupEqualRows } from '../../../core/data/group-equal-rows.ts'
import { groupedSplit } from '../../../core/data/grouped-split.ts'

const classes = 4

/** Groups of one label each: as many examples as its size says. */
const pureGroups = fc
  .array(fc.tuple(fc.integer({ min: 0, max: classes - 1 }), fc.integer({ min: 1, max: 5 })), {
    minLength: 30,
    maxLength: 120,
  })
  .map((made) => ({
    labels: Int32Array.from(made.flatMap(([label, size]) => Array<number>(size).fill(label))),
    groups: Int32Array.from(made.flatMap(([, size], group) => Array<number>(size).fill(group))),
  }))

/** Any label in any group. */
const anyGroups = fc
  .array(fc.tuple(fc.integer({ min: 0, max: classes - 1 }), fc.integer({ min: -20, max: 20 })), {
    minLength: 40,
    maxLength: 200,
  })
  .map((made) => ({
    labels: Int32Array.from(made, ([label]) => label),
    groups: Int32Array.from(made, ([, group]) => group),
  }))

const seeds = fc.integer({ min: 0, max: 1000 })

const sizesFor = (total: number): Record<'test' | 'validation' | 'train', number> => {
  const [tested, validation] = [Math.floor(total / 4), Math.floor(total / 10)]
  return { test: tested, validation, train: total - tested - validation }
}

const count = (labels: Int32Array, label: number, rows: ArrayLike<number>): number =>
  Array.from(rows).filter((row) => labels[row] === label).length

describe('groupedSplit', () => {
  test('parts are disjoint, cover everything, are sorted, and no group is torn apart', () => {
    fc.assert(
      fc.property(fc.oneof(pureGroups, anyGroups), seeds, ({ labels, groups }, seed) => {
        const split = groupedSplit(labels, groups, { seed, sizes: sizesFor(labels.length) })
        const parts = [split.test, split.validation, split.train]
        expect(parts.flatMap((part) => Array.from(part)).sort((a, b) => a - b)).toEqual([...labels.keys()])
        for (const part of parts)
          expect(part.every((row, i) => i === 0 || row > (part[i - 1] ?? -1))).toBe(true)
        const [inTest = new Set(), inValidation = new Set(), inTrain = new Set()] = parts.map(
          (part) => new Set(Array.from(part, (row) => groups[row])),
        )
        expect([...inTest].filter((group) => inValidation.has(group) || inTrain.has(group))).toEqual([])
        expect([...inValidation].filter((group) => inTrain.has(group))).toEqual([])
      }),
    )
  })

  test('classes are proportional as far as whole groups allow', () => {
    fc.assert(
      fc.property(pureGroups, seeds, ({ labels, groups }, seed) => {
        const sizes = sizesFor(labels.length)
        const split = groupedSplit(labels, groups, { seed, sizes })
        for (const [part, size] of Object.entries(sizes)) {
          const rows = part === 'test' ? split.test : part === 'train' ? split.train : split.validation
          for (let label = 0; label < classes; label++) {
            const share = (count(labels, label, [...labels.keys()]) * size) / labels.length
            const largest = Math.max(
              1,
              ...Array.from(new Set(groups), (group) =>
                count(
                  labels,
                  label,
                  [...groups.keys()].filter((row) => groups[row] === group),
                ),
              ),
            )
            const off = count(labels, label, rows) - share
            // Two of the stratified plan, and what one group (of the other two parts: two) may take too much.
            expect(off).toBeLessThan(2 + largest - 1 + 1e-9)
            expect(off).toBeGreaterThan(-2 - 2 * (largest - 1) - 1e-9)
          }
        }
      }),
      { numRuns: 40 },
    )
  })

  test('sizes are exact where single examples fill what the groups leave', () => {
    const labels = Int32Array.from({ length: 600 }, (_, i) => i % 3)
    // Twenty groups of five with one label each, beside five hundred single examples.
    const groups = Int32Array.from({ length: 600 }, (_, i) =>
      i < 300 ? (i % 3) * 100 + Math.floor(i / 15) : i + 1000,
    )
    for (let seed = 0; seed < 20; seed++) {
      const split = groupedSplit(labels, groups, { seed, sizes: { test: 120, validation: 60, train: 420 } })
      expect([split.test.length, split.validation.length, split.train.length]).toEqual([120, 60, 420])
      for (let label = 0; label < 3; label++) {
        expect(Math.abs(count(labels, label, split.test) - 40)).toBeLessThan(2)
        expect(Math.abs(count(labels, label, split.validation) - 20)).toBeLessThan(2)
      }
    }
  })

  test('an example is as likely to be tested in a group as alone', () => {
    const labels = new Int32Array(100)
    // Rows 0 to 3 are one group, the others stand alone.
    const groups = Int32Array.from(labels.keys(), (row) => (row < 4 ? 0 : row))
    const tested = new Float64Array(100)
    const draws = 3000
    for (let seed = 0; seed < draws; seed++)
      for (const row of groupedSplit(labels, groups, { seed, sizes: { test: 30, rest: 70 } }).test)
        tested[row] = (tested[row] ?? 0) + 1
    const off = 4.5 * Math.sqrt((0.3 * 0.7) / draws)
    for (const often of tested) expect(Math.abs(often / draws - 0.3)).toBeLessThan(off)
  })

  test('it is fixed by its seed and differs between seeds', () => {
    const labels = Int32Array.from({ length: 400 }, (_, i) => i % 4)
    const groups = Int32Array.from({ length: 400 }, (_, i) => Math.floor(i / 2))
    const sizes = { test: 100, rest: 300 }
    expect(groupedSplit(labels, groups, { seed: 1, sizes })).toEqual(
      groupedSplit(labels, groups, { seed: 1, sizes }),
    )
    expect(groupedSplit(labels, groups, { seed: 1, sizes }).test).not.toEqual(
      groupedSplit(labels, groups, { seed: 2, sizes }).test,
    )
  })

  test('impossible arguments are refused with what is wrong', () => {
    const labels = Int32Array.of(0, 1, 0, 1)
    const sizes = { test: 1, rest: 3 }
    expect(() => groupedSplit(labels, Int32Array.of(0, 1), { seed: 1, sizes })).toThrow(/2 groups for 4/)
    expect(() => groupedSplit(labels, labels, { seed: 1, sizes: { test: 1, rest: 1 } })).toThrow(
      /add up to 2/,
    )
    expect(() => groupedSplit(labels, new Int32Array(4), { seed: 1, sizes })).toThrow(
      /too large to leave any for test/,
    )
  })
})

describe('groupEqualRows', () => {
  test('finds the groups that a comparison of all pairs finds, whatever the labels', () => {
    const cases = fc.integer({ min: 1, max: 3 }).chain((size) =>
      fc.tuple(
        fc.constant(size),
        fc.array(
          fc.tuple(
            fc.array(fc.constantFrom(0, -0, 1, 0.1, 0.30000000000000004), {
              minLength: size,
              maxLength: size,
            }),
            fc.integer({ min: 0, max: 1 }),
          ),
          { minLength: 1, maxLength: 30 },
        ),
      ),
    )
    fc.assert(
      fc.property(cases, ([size, made]) => {
        const rows = Float64Array.from(made.flatMap(([row]) => row))
        const labels = Int32Array.from(made, ([, label]) => label)
        const found = groupEqualRows(rows, size, labels)
        const equal = (a: number, b: number): boolean =>
          (made[a]?.[0] ?? []).every((value, at) => value === made[b]?.[0][at])
        for (const a of labels.keys())
          for (const b of labels.keys()) expect(found.groups[a] === found.groups[b]).toBe(equal(a, b))
        const sets = new Map<number, number[]>()
        found.groups.forEach((group, row) => sets.set(group, [...(sets.get(group) ?? []), row]))
        const all = [...sets.values()]
        expect([...sets.keys()]).toEqual([...all.keys()])
        expect(found.count).toBe(all.length)
        expect(found.duplicated).toBe(all.filter((group) => group.length > 1).length)
        expect(found.copies).toBe(labels.length - all.length)
        expect(found.twoLabels).toBe(
          all.filter((group) => new Set(group.map((row) => labels[row])).size > 1).length,
        )
      }),
    )
  })

  test('rows that are not whole are refused', () => {
    expect(() => groupEqualRows(new Uint8Array(5), 2, new Int32Array(2))).toThrow(
      /5 numbers are not 2 rows of 2/,
    )
  })
})
