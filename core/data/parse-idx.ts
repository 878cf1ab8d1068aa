export interface IdxTensor {
  shape: number[]
  /** Row-major; a view on the bytes that were given, not a copy. */
  data: Uint8Array
}

const elementTypes: Record<number, string> = {
  0x08: 'uint8',
  0x09: 'int8',
  0x0b: 'int16',
  0x0c: 'int32',
  0x0d: 'float32',
  0x0e: 'float64',
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join(' ')

/**
 * Reads the IDX format of the MNIST files: two zero bytes, element type, rank, sizes as big-endian uint32, elements.
 * @throws RangeError that says what is wrong: empty, wrong magic, another element type, truncated, too long.
 */
export const parseIdx = (bytes: Uint8Array): IdxTensor => {
  if (bytes.length === 0) throw new RangeError('IDX: the file is empty')
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    throw new RangeError('IDX: wrong magic: the file is gzip-compressed, decompress it first')
  }
  if (bytes.length < 4) throw new RangeError(`IDX: truncated: ${bytes.length} bytes, the magic alone takes 4`)
  const type = bytes[2] ?? 0
  const rank = bytes[3] ?? 0
  const known = elementTypes[type]
  if (bytes[0] !== 0 || bytes[1] !== 0 || known === undefined || rank === 0) {
    throw new RangeError(`IDX: wrong magic ${hex(bytes.subarray(0, 4))}, expected 00 00 08 and the rank`)
  }
  if (known !== 'uint8') throw new RangeError(`IDX: elements are ${known}, only uint8 is read`)
  const headerBytes = 4 + 4 * rank
  if (bytes.length < headerBytes) {
    throw new RangeError(
      `IDX: truncated: ${bytes.length} bytes, a header of rank ${rank} takes ${headerBytes}`,
    )
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis))
  const count = shape.reduce((product, size) => product * size, 1)
  if (count === 0) throw new RangeError(`IDX: empty tensor, shape ${shape.join('×')}`)
  const found = bytes.length - headerBytes
  if (found !== count) {
    const what = found < count ? 'truncated' : 'too long'
    throw new RangeError(`IDX: ${what}: shape ${shape.join('×')} takes ${count} bytes, found ${found}`)
  }
  return { shape, data: bytes.subarray(headerBytes) }
}
