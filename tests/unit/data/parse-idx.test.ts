import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseIdx } from '../../../core/data/parse-idx.ts'

const idx = (shape: number[], data: number[], type = 8): Uint8Array => {
  const header = new DataView(new ArrayBuffer(4 + 4 * shape.length))
  header.setUint8(2, type)
  header.setUint8(3, shape.length)
  shape.forEach((size, axis) => header.setUint32(4 + 4 * axis, size))
  return Uint8Array.from([...new Uint8Array(header.buffer), ...data])
}

describe('parseIdx', () => {
  test('a tensor of any rank is read as it was written', () => {
    const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(shapes, fc.integer({ min: 0, max: 255 }), (shape, first) => {
        const count = shape.reduce((product, size) => product * size, 1)
        const data = Array.from({ length: count }, (_, i) => (first + i) % 256)
        const tensor = parseIdx(idx(shape, data))
        expect(tensor.shape).toEqual(shape)
        expect(Array.from(tensor.data)).toEqual(data)
      }),
    )
  })

  test('a view inside a larger buffer is read at its own offset', () => {
    const padded = Uint8Array.from([9, 9, 9, ...idx([2], [5, 6])])
    expect(Array.from(parseIdx(padded.subarray(3)).data)).toEqual([5, 6])
  })

  test.each([
    ['an empty file', new Uint8Array(0), /IDX: the file is empty/],
    ['a gzip file', Uint8Array.of(0x1f, 0x8b, 8, 0), /decompress it first/],
    ['another magic', Uint8Array.of(1, 2, 3, 4), /wrong magic 01 02 03 04/],
    ['a rank of zero', Uint8Array.of(0, 0, 8, 0), /wrong magic/],
    ['another element type', idx([1], [0, 0, 0, 0], 0x0d), /elements are float32/],
    ['a cut magic', Uint8Array.of(0, 0, 8), /truncated: 3 bytes/],
    ['a cut header', idx([2, 2], []).subarray(0, 9), /truncated: 9 bytes, a header of rank 2 takes 12/],
    ['cut data', idx([2, 2], [1, 2, 3]), /truncated: shape 2×2 takes 4 bytes, found 3/],
    ['bytes after the data', idx([2, 2], [1, 2, 3, 4, 5]), /too long: shape 2×2 takes 4 bytes, found 5/],
    ['a size of zero', idx([0, 2], []), /empty tensor, shape 0×2/],
  ])('%s is refused with what is wrong', (_, bytes, message) => {
    expect(() => parseIdx(bytes)).toThrow(RangeError)
    expect(() => parseIdx(bytes)).toThrow(message)
  })
})
