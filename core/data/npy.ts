/** A C-order array of rank 1 or 2 as NumPy stores it. */
export type NpyArray =
  | { dtype: 'float32'; shape: number[]; data: Float32Array }
  | { dtype: 'float64'; shape: number[]; data: Float64Array }
  | { dtype: 'int32'; shape: number[]; data: Int32Array }
  | { dtype: 'uint8'; shape: number[]; data: Uint8Array }

type Dtype = NpyArray['dtype']

const descriptions: Record<Dtype, string> = { float32: '<f4', float64: '<f8', int32: '<i4', uint8: '|u1' }
const itemBytes: Record<Dtype, number> = { float32: 4, float64: 8, int32: 4, uint8: 1 }
const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59] // "\x93NUMPY"

const checkShape = (shape: readonly number[]): number => {
  if (shape.length !== 1 && shape.length !== 2) {
    throw new RangeError(
      `npy: shape (${shape.join(', ')}) has rank ${shape.length}, only 1 and 2 are supported`,
    )
  }
  for (const size of shape) {
    if (!Number.isSafeInteger(size) || size < 0) {
      throw new RangeError(`npy: shape (${shape.join(', ')}) is not made of sizes`)
    }
  }
  return shape.reduce((product, size) => product * size, 1)
}

/**
 * NumPy's format 1.0: magic, version, header length, a Python literal padded with spaces so that the data
 * begin at a multiple of 64 (numpy.lib.format), then the elements, little-endian in C order.
 * @throws RangeError where shape and data do not agree.
 */
export const encodeNpy = (array: NpyArray): Uint8Array<ArrayBuffer> => {
  const { dtype, shape, data } = array
  const count = checkShape(shape)
  if (count !== data.length) {
    throw new RangeError(`npy: shape (${shape.join(', ')}) takes ${count} elements, found ${data.length}`)
  }
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`
  const literal = `{'descr': '${descriptions[dtype]}', 'fortran_order': False, 'shape': ${tuple}, }`
  const start = Math.ceil((10 + literal.length + 1) / 64) * 64
  const header = `${literal.padEnd(start - 11)}\n`
  const out = new Uint8Array(start + data.byteLength)
  out.set(magic)
  out.set([1, 0, header.length & 0xff, header.length >>> 8], 6)
  out.set(new TextEncoder().encode(header), 10)
  out.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), start)
  return out
}

const readHeader = (bytes: Uint8Array): { literal: string; start: number } => {
  if (bytes.length < 10) throw new RangeError(`npy: truncated: ${bytes.length} bytes, no header`)
  if (magic.some((byte, i) => bytes[i] !== byte)) throw new RangeError('npy: wrong magic, not a .npy file')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const major = bytes[6] ?? 0
  if (major < 1 || major > 3) throw new RangeError(`npy: version ${major} is not known`)
  if (major > 1 && bytes.length < 12) throw new RangeError('npy: truncated: the header ends early')
  const begin = major === 1 ? 10 : 12
  const start = begin + (major === 1 ? view.getUint16(8, true) : view.getUint32(8, true))
  if (start > bytes.length) throw new RangeError('npy: truncated: the header ends early')
  return { literal: new TextDecoder().decode(bytes.subarray(begin, start)), start }
}

const readDtype = (literal: string): Dtype => {
  const description = /'descr'\s*:\s*'([^']*)'/.exec(literal)?.[1]
  if (description === undefined) throw new RangeError(`npy: header without a plain dtype: ${literal.trim()}`)
  if (/^>[fiu][2-8]$/.test(description)) {
    throw new RangeError(`npy: big-endian data ('${description}'), only little-endian is read`)
  }
  if (description === '<u1') return 'uint8'
  if (description === descriptions.float32) return 'float32'
  if (description === descriptions.float64) return 'float64'
  if (description === descriptions.int32) return 'int32'
  if (description === descriptions.uint8) return 'uint8'
  throw new RangeError(
    `npy: unknown dtype '${description}', known are ${Object.values(descriptions).join(', ')}`,
  )
}

const readShape = (literal: string): number[] => {
  const tuple = /'shape'\s*:\s*\(([^)]*)\)/.exec(literal)?.[1]
  if (tuple === undefined) throw new RangeError(`npy: header without a shape: ${literal.trim()}`)
  return tuple
    .split(',')
    .map((size) => size.trim())
    .filter((size) => size !== '')
    .map((size) => (/^\d+$/.test(size) ? Number(size) : Number.NaN))
}

/**
 * Reads what `encodeNpy` and `numpy.save` write (formats 1.0 to 3.0; float32, float64, int32, uint8; rank 1 or 2).
 * The data are a view on `bytes` where these are aligned for the element, else a copy.
 * @throws RangeError: truncated, too long, wrong magic, fortran order, big-endian, unknown dtype, other ranks.
 */
export const decodeNpy = (bytes: Uint8Array): NpyArray => {
  const { literal, start } = readHeader(bytes)
  const dtype = readDtype(literal)
  if (/'fortran_order'\s*:\s*True/.test(literal)) {
    throw new RangeError('npy: fortran order, only C order is read (numpy.ascontiguousarray)')
  }
  if (!/'fortran_order'\s*:\s*False/.test(literal)) throw new RangeError('npy: header without fortran_order')
  const shape = readShape(literal)
  const count = checkShape(shape)
  const expected = count * itemBytes[dtype]
  const found = bytes.length - start
  if (found !== expected) {
    const what = found < expected ? 'truncated' : 'too long'
    throw new RangeError(`npy: ${what}: shape (${shape.join(', ')}) takes ${expected} bytes, found ${found}`)
  }
  const aligned = (bytes.byteOffset + start) % itemBytes[dtype] === 0
  const source = aligned ? bytes.subarray(start) : bytes.slice(start)
  const { buffer, byteOffset } = source
  switch (dtype) {
    case 'float32':
      return { dtype, shape, data: new Float32Array(buffer, byteOffset, count) }
    case 'float64':
      return { dtype, shape, data: new Float64Array(buffer, byteOffset, count) }
    case 'int32':
      return { dtype, shape, data: new Int32Array(buffer, byteOffset, count) }
    case 'uint8':
      return { dtype, shape, data: source }
  }
}
