import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findCopies } from '../../../core/data/find-copies.ts'

const rowsOf = (bytes: Uint8Array, size: number): string[] =>
  Array.from({ length: bytes.length / size }, (_, row) => bytes.slice(row * size, (row + 1) * size).join())

/** Two byte values only, so that copies are common. */
const table = (size: number): fc.Arbitrary<Uint8Array> =>
  fc
    .array(fc.integer({ min: 0, max: 1 }), { maxLength: 60 })
    .map((values) => Uint8Array.from(values.slice(0, values.length - (values.length % size))))

describe('findCopies', () => {
  test('it finds the rows that a comparison of all pairs finds', () => {
    const cases = fc
      .integer({ min: 1, max: 4 })
      .chain((size) => fc.tuple(fc.constant(size), table(size), table(size)))
    fc.assert(
      fc.property(cases, ([size, examples, of]) => {
        const others = rowsOf(of, size)
        const expected = rowsOf(examples, size).flatMap((row, i) => (others.includes(row) ? [i] : []))
        expect(Array.from(findCopies(examples, size, of))).toEqual(expected)
      }),
    )
  })

  test('rows with the same hash are told apart', () => {
    // Found by search: these two rows collide under 32-bit FNV-1a.
    const a = Uint8Array.of(205, 208, 0, 99, 32)
    const b = Uint8Array.of(251, 163, 1, 85, 208)
    expect(findCopies(a, a.length, b).length).toBe(0)
    expect(Array.from(findCopies(a, a.length, Uint8Array.of(...a, ...b)))).toEqual([0])
  })

  test('rows that are not whole are refused', () => {
    expect(() => findCopies(new Uint8Array(5), 2, new Uint8Array(4))).toThrow(/examples has 5 bytes/)
    expect(() => findCopies(new Uint8Array(4), 2, new Uint8Array(5))).toThrow(/of has 5 bytes/)
    expect(() => findCopies(new Uint8Array(4), 0, new Uint8Array(4))).toThrow(/size 0/)
  })
})
