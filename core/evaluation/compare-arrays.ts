import type { ArrayDifference } from '../contracts/verification.ts'

export interface NamedArray {
  name: string
  values: Float32Array
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)

/**
 * Where two lists of arrays part, bit by bit: −0 is not 0, and a NaN equals the same NaN.
 * @returns null where all bits are equal
 * @throws RangeError where the lists or their arrays have different lengths
 */
export function compareArrays(
  stored: readonly NamedArray[],
  found: readonly NamedArray[],
): ArrayDifference | null {
  let first: FirstDifference | null = null
  let differing = 0
  let elements = 0
  let largest = 0
  if (stored.length !== found.length)
    throw new RangeError(`compareArrays: ${stored.length} and ${found.length} arrays`)
  for (const [at, { name, values }] of stored.entries()) {
    const others = found[at]?.values
    if (others?.length !== values.length)
      throw new RangeError(`compareArrays: ${name} has ${values.length} and ${others?.length} elements`)
    const bits = bitsOf(values)
    const otherBits = bitsOf(others)
    elements += values.length
    for (let i = 0; i < values.length; i++) {
      if (bits[i] === otherBits[i]) continue
      const a = values[i] ?? Number.NaN
      const b = others[i] ?? Number.NaN
      differing += 1
      // NaN where either is not finite, and it stays so.
      largest = Number.isFinite(a - b) ? Math.max(largest, Math.abs(a - b)) : Number.NaN
      first ??= { array: name, index: i, stored: finite(a), found: finite(b) }
    }
  }
  return first === null ? null : { ...first, differing, elements, largest: finite(largest) }
}

type FirstDifference = Pick<ArrayDifference, 'array' | 'index' | 'stored' | 'found'>

const bitsOf = ({ buffer, byteOffset, length }: Float32Array): Uint32Array =>
  new Uint32Array(buffer, byteOffset, length)
