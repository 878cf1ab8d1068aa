/** FNV-1a over one row. */
const hashRow = (bytes: Uint8Array, from: number, size: number): number => {
  let hash = 0x811c9dc5
  for (let i = from; i < from + size; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193)
  return hash
}

const rowsEqual = (a: Uint8Array, fromA: number, b: Uint8Array, fromB: number, size: number): boolean => {
  for (let i = 0; i < size; i++) if (a[fromA + i] !== b[fromB + i]) return false
  return true
}

const countRows = (name: string, bytes: Uint8Array, size: number): number => {
  if (bytes.length % size !== 0) {
    throw new RangeError(`findCopies: ${name} has ${bytes.length} bytes, not a multiple of ${size}`)
  }
  return bytes.length / size
}

/**
 * Rows of `examples` that equal some row of `of`, byte by byte: the copies of test examples in a training set.
 * @param examples rows of `size` bytes. @param of rows of `size` bytes.
 * @returns ascending row indices into `examples`.
 * @throws RangeError where size is not a positive integer or the bytes are no whole rows.
 */
export const findCopies = (examples: Uint8Array, size: number, of: Uint8Array): Int32Array => {
  if (!Number.isInteger(size) || size < 1)
    throw new RangeError(`findCopies: size ${size} is not a positive integer`)
  const rows = countRows('examples', examples, size)
  const others = countRows('of', of, size)
  const first = new Map<number, number>()
  // Rows with the same hash are chained; the hash alone decides nothing.
  const next = new Int32Array(others).fill(-1)
  for (let row = 0; row < others; row++) {
    const hash = hashRow(of, row * size, size)
    next[row] = first.get(hash) ?? -1
    first.set(hash, row)
  }
  const copies: number[] = []
  for (let row = 0; row < rows; row++) {
    let candidate = first.get(hashRow(examples, row * size, size)) ?? -1
    while (candidate >= 0 && !rowsEqual(examples, row * size, of, candidate * size, size)) {
      candidate = next[candidate] ?? -1
    }
    if (candidate >= 0) copies.push(row)
  }
  return Int32Array.from(copies)
}
