import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'
import { mixSeed } from './mix-seed.ts'

export interface Random {
  /** Uniform over 0 … 2^32 − 1. */
  nextUint32(): number
  /** Uniform over [0, 1), 53 bits. */
  nextFloat(): number
  /** Uniform over 0 … bound − 1 without bias. RangeError unless bound is an integer from 1 to 2^32. */
  nextInt(bound: number): number
  /** Fisher–Yates in place; every order is equally likely. Returns its argument. */
  shuffle(values: Int32Array): Int32Array
  /** Fills `out` with low + u (high − low), u uniform over [0, 1) on 24 bits, rounded to float32. */
  fillUniform(out: Float32Array, low: number, high: number): void
}

const two24 = 2 ** -24
const two53 = 2 ** -53

/**
 * A seeded stream: xoroshiro128+ (Blackman and Vigna 2018, pure-rand's implementation) whose 128 bits of state
 * are mixed from the whole seed. Only integer arithmetic and exact products of powers of two, so the stream
 * is the same on every machine. The generator's lowest bits are weak: floats and integers are cut from the upper ones.
 * @param seed a safe integer or any text; see `seedOf` for seeds of several parts.
 * @throws RangeError for a number that is not a safe integer.
 */
export const createRandom = (seed: number | string): Random => {
  if (typeof seed === 'number' && !Number.isSafeInteger(seed)) {
    throw new RangeError(`createRandom: seed ${seed} is not a safe integer`)
  }
  const generator = xoroshiro128plusFromState(mixSeed(typeof seed === 'number' ? `#${seed}` : `"${seed}`))

  const nextUint32 = (): number => generator.next() >>> 0

  const nextFloat = (): number => {
    const high = generator.next() >>> 5
    const low = generator.next() >>> 6
    return (high * 2 ** 26 + low) * two53
  }

  const nextInt = (bound: number): number => {
    if (!Number.isInteger(bound) || bound < 1 || bound > 2 ** 32) {
      throw new RangeError(`nextInt: bound ${bound} is not an integer from 1 to 2^32`)
    }
    if (bound === 1) return 0
    // As many upper bits as the bound needs; values beyond it are drawn again.
    const shift = Math.clz32(bound - 1)
    for (;;) {
      const drawn = generator.next() >>> shift
      if (drawn < bound) return drawn
    }
  }

  const shuffle = (values: Int32Array): Int32Array => {
    for (let i = values.length - 1; i > 0; i--) {
      const j = nextInt(i + 1)
      const kept = values[i] ?? 0
      values[i] = values[j] ?? 0
      values[j] = kept
    }
    return values
  }

  const fillUniform = (out: Float32Array, low: number, high: number): void => {
    if (!(Number.isFinite(low) && Number.isFinite(high) && low < high)) {
      throw new RangeError(`fillUniform: low ${low} must be below high ${high}`)
    }
    const scale = (high - low) * two24
    for (let i = 0; i < out.length; i++) out[i] = low + (generator.next() >>> 8) * scale
  }

  return { nextUint32, nextFloat, nextInt, shuffle, fillUniform }
}
