import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeNpy, encodeNpy, type NpyArray } from '../../../core/data/npy.ts'

const asBytes = (header: string, data: number[] = []): Uint8Array =>
  Uint8Array.from([
    0x93,
    ...new TextEncoder().encode('NUMPY'),
    1,
    0,
    header.length,
    0,
    ...new TextEncoder().encode(header),
    ...data,
  ])

const header = (descr: string, order: string, shape: string): string =>
  `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }\n`

const arrays: fc.Arbitrary<NpyArray> = fc
  .tuple(
    fc.integer({ min: 0, max: 5 }),
    fc.integer({ min: 1, max: 5 }),
    fc.boolean(),
    fc.integer({ min: 0, max: 3 }),
  )
  .chain(([rows, columns, flat, kind]) => {
    const shape = flat ? [rows * columns] : [rows, columns]
    const length = { minLength: rows * columns, maxLength: rows * columns }
    const options: fc.Arbitrary<NpyArray>[] = [
      fc.float32Array(length).map((data) => ({ dtype: 'float32', shape, data })),
      fc.float64Array(length).map((data) => ({ dtype: 'float64', shape, data })),
      fc.int32Array(length).map((data) => ({ dtype: 'int32', shape, data })),
      fc.uint8Array(length).map((data) => ({ dtype: 'uint8', shape, data })),
    ]
    return options[kind] ?? fc.constant({ dtype: 'uint8', shape: [0], data: new Uint8Array(0) } as const)
  })

describe('npy', () => {
  test('what is encoded is decoded again, at any offset of its buffer', () => {
    fc.assert(
      fc.property(arrays, fc.integer({ min: 0, max: 9 }), (array, offset) => {
        const encoded = encodeNpy(array)
        const moved = new Uint8Array(offset + encoded.length)
        moved.set(encoded, offset)
        expect(decodeNpy(moved.subarray(offset))).toEqual(array)
      }),
    )
  })

  test('the bytes are those of numpy.save', () => {
    // numpy.save of numpy.array([[1, 2, 3], [4, 5, 6]], dtype='<i4') with NumPy 1.24.2 writes these bytes.
    const text = "{'descr': '<i4', 'fortran_order': False, 'shape': (2, 3), }"
    const bytes = encodeNpy({ dtype: 'int32', shape: [2, 3], data: Int32Array.of(1, 2, 3, 4, 5, 6) })
    expect(Array.from(bytes.subarray(0, 10))).toEqual([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0])
    expect(new TextDecoder().decode(bytes.subarray(10, 128))).toBe(`${text.padEnd(117)}\n`)
    expect(Array.from(bytes.subarray(128, 136))).toEqual([1, 0, 0, 0, 2, 0, 0, 0])
    expect(bytes.length).toBe(128 + 24)
  })

  test('data begin at a multiple of 64 and a shape of one axis has its comma', () => {
    const bytes = encodeNpy({ dtype: 'uint8', shape: [3], data: Uint8Array.of(7, 8, 9) })
    expect((bytes.length - 3) % 64).toBe(0)
    expect(new TextDecoder().decode(bytes)).toContain("'shape': (3,)")
  })

  test('decoding does not copy aligned data', () => {
    const bytes = encodeNpy({ dtype: 'float64', shape: [2], data: Float64Array.of(1, 2) })
    expect(decodeNpy(bytes).data.buffer).toBe(bytes.buffer)
  })

  test('a file of format 2.0 is read', () => {
    const one = encodeNpy({ dtype: 'uint8', shape: [2], data: Uint8Array.of(7, 8) })
    const two = Uint8Array.from([
      ...one.subarray(0, 6),
      2,
      0,
      ...one.subarray(8, 10),
      0,
      0,
      ...one.subarray(10),
    ])
    expect(decodeNpy(two)).toEqual({ dtype: 'uint8', shape: [2], data: Uint8Array.of(7, 8) })
  })

  test.each([
    ['fortran order', asBytes(header('<f4', 'True', '(2, 2)')), /fortran order/],
    ['big-endian data', asBytes(header('>f4', 'False', '(2,)')), /big-endian data \('>f4'\)/],
    ['an unknown dtype', asBytes(header('<c8', 'False', '(2,)')), /unknown dtype '<c8'/],
    [
      'a structured dtype',
      asBytes("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }\n"),
      /without a plain dtype/,
    ],
    ['rank 3', asBytes(header('|u1', 'False', '(1, 1, 1)'), [0]), /rank 3/],
    ['rank 0', asBytes(header('|u1', 'False', '()'), [0]), /rank 0/],
    ['a shape of words', asBytes(header('|u1', 'False', '(a,)'), [0]), /not made of sizes/],
    ['a header without shape', asBytes("{'descr': '|u1', 'fortran_order': False, }\n"), /without a shape/],
    [
      'a header without an order',
      asBytes("{'descr': '|u1', 'shape': (1,), }\n", [0]),
      /without fortran_order/,
    ],
    [
      'cut data',
      asBytes(header('<f4', 'False', '(2,)'), [0, 0, 0, 0]),
      /truncated: shape \(2\) takes 8 bytes, found 4/,
    ],
    ['bytes after the data', asBytes(header('|u1', 'False', '(1,)'), [0, 0]), /too long/],
    [
      'a cut header',
      asBytes(header('<f4', 'False', '(2,)')).subarray(0, 30),
      /truncated: the header ends early/,
    ],
    ['a few bytes', Uint8Array.of(0x93, 0x4e), /truncated: 2 bytes/],
    ['another file', new TextEncoder().encode('PNG and what follows'), /wrong magic/],
    ['a later version', Uint8Array.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 9, 0, 0, 0]), /version 9/],
  ])('%s is refused with what is wrong', (_, bytes, message) => {
    expect(() => decodeNpy(bytes)).toThrow(RangeError)
    expect(() => decodeNpy(bytes)).toThrow(message)
  })

  test('a shape that does not fit its data is not written', () => {
    expect(() => encodeNpy({ dtype: 'uint8', shape: [2, 2], data: new Uint8Array(3) })).toThrow(
      /takes 4 elements, found 3/,
    )
    expect(() => encodeNpy({ dtype: 'uint8', shape: [1, 1, 3], data: new Uint8Array(3) })).toThrow(/rank 3/)
  })
})
