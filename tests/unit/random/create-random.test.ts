import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../core/random/create-random.ts'
import { mixSeed } from '../../../core/random/mix-seed.ts'
import { seedOf } from '../../../core/random/seed-of.ts'

const draws = (seed: number | string, count: number): number[] => {
  const random = createRandom(seed)
  return Array.from({ length: count }, () => random.nextUint32())
}

/** xoroshiro128+ as published, on 64-bit integers; returns the lower half of each output. */
const published = (state: [number, number, number, number], count: number): number[] => {
  const mask = (1n << 64n) - 1n
  const join = (high: number, low: number): bigint => (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)
  const rotate = (x: bigint, k: bigint): bigint => ((x << k) | (x >> (64n - k))) & mask
  let s0 = join(state[0], state[1])
  let s1 = join(state[2], state[3])
  return Array.from({ length: count }, () => {
    const out = Number((s0 + s1) & 0xffffffffn)
    s1 ^= s0
    s0 = rotate(s0, 24n) ^ s1 ^ ((s1 << 16n) & mask)
    s1 = rotate(s1, 37n)
    return out
  })
}

describe('createRandom', () => {
  test('a stream is the golden one', () => {
    expect(draws(1, 5)).toEqual([2583105241, 1888707814, 1648803818, 3220609895, 1685767059])
    expect(draws(seedOf('init', 1), 5)).toEqual([126420823, 763353012, 3375685591, 3948663335, 638179717])
    expect(Array.from(createRandom(1).shuffle(Int32Array.from({ length: 10 }, (_, i) => i)))).toEqual([
      0, 1, 2, 4, 6, 8, 5, 3, 7, 9,
    ])
    const uniform = new Float32Array(3)
    createRandom(1).fillUniform(uniform, -1, 1)
    expect(Array.from(uniform)).toEqual([0.2028520107269287, -0.12050199508666992, -0.2322160005569458])
  })

  test('the generator is xoroshiro128+ as published', () => {
    expect(draws(7, 200)).toEqual(published(mixSeed('#7'), 200))
  })

  test('the same seed gives the same stream and another seed another', () => {
    expect(draws(3, 50)).toEqual(draws(3, 50))
    expect(draws(3, 50)).not.toEqual(draws(4, 50))
    expect(draws(3, 50)).not.toEqual(draws('3', 50))
  })

  test('neighbouring seeds start uncorrelated streams', () => {
    const first = Array.from({ length: 4000 }, (_, seed) => createRandom(seed).nextFloat() - 0.5)
    const lagged = first.slice(1).reduce((sum, value, i) => sum + value * (first[i] ?? 0), 0) / 3999
    const mean = first.reduce((sum, value) => sum + value, 0) / 4000
    // Four standard errors of a product and of a mean of uniform variables.
    expect(Math.abs(lagged)).toBeLessThan((4 / 12) * Math.sqrt(1 / 3999))
    expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(1 / 12 / 4000))
  })

  test('bits of the first draw flip half of the time when the seed changes by one', () => {
    let flipped = 0
    for (let seed = 0; seed < 2000; seed++) {
      let changed = (draws(seed, 1)[0] ?? 0) ^ (draws(seed + 1, 1)[0] ?? 0)
      for (; changed !== 0; changed &= changed - 1) flipped++
    }
    expect(flipped / 64_000).toBeCloseTo(0.5, 2)
  })

  test('floats fill [0, 1) evenly', () => {
    const random = createRandom('floats')
    const bins = new Int32Array(20)
    for (let i = 0; i < 40_000; i++) {
      const value = random.nextFloat()
      expect(value >= 0 && value < 1).toBe(true)
      const bin = Math.floor(value * 20)
      bins[bin] = (bins[bin] ?? 0) + 1
    }
    const chiSquare = bins.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0)
    expect(chiSquare).toBeLessThan(43.8) // 99.9 % of chi-square with 19 degrees of freedom
  })

  test('integers stay below their bound and each is equally likely', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 32 }), fc.integer(), (bound, seed) => {
        const drawn = createRandom(seed).nextInt(bound)
        return Number.isInteger(drawn) && drawn >= 0 && drawn < bound
      }),
    )
    const random = createRandom('integers')
    const counts = new Int32Array(6)
    for (let i = 0; i < 60_000; i++) {
      const drawn = random.nextInt(6)
      counts[drawn] = (counts[drawn] ?? 0) + 1
    }
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)
    expect(chiSquare).toBeLessThan(20.5) // 99.9 % of chi-square with 5 degrees of freedom
  })

  test('all orders of three are equally likely after a shuffle', () => {
    const random = createRandom('shuffle')
    const counts = new Map<string, number>()
    for (let i = 0; i < 12_000; i++) {
      const order = random.shuffle(Int32Array.of(0, 1, 2)).join('')
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    expect(counts.size).toBe(6)
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0)
    expect(chiSquare).toBeLessThan(20.5)
  })

  test('fillUniform stays within its limits', () => {
    const out = new Float32Array(10_000)
    createRandom(5).fillUniform(out, -0.25, 0.75)
    expect(Math.min(...out)).toBeGreaterThanOrEqual(-0.25)
    expect(Math.max(...out)).toBeLessThan(0.75)
    expect(out.reduce((sum, value) => sum + value, 0) / out.length).toBeCloseTo(0.25, 1)
  })

  test('impossible arguments are refused by name', () => {
    expect(() => createRandom(1.5)).toThrow(/seed 1.5/)
    expect(() => createRandom(Number.NaN)).toThrow(RangeError)
    expect(() => createRandom(1).nextInt(0)).toThrow(/bound 0/)
    expect(() => createRandom(1).nextInt(2 ** 32 + 1)).toThrow(RangeError)
    expect(() => createRandom(1).fillUniform(new Float32Array(1), 1, 1)).toThrow(/low 1/)
  })
})

describe('seedOf', () => {
  test('different parts give different seeds', () => {
    const seeds = [
      seedOf('a', 1),
      seedOf('a', '1'),
      seedOf('a1'),
      seedOf(1, 'a'),
      seedOf('a', 11),
      seedOf('a', 1, 1),
    ]
    expect(new Set(seeds).size).toBe(seeds.length)
  })

  test('no part and fractions are refused', () => {
    expect(() => seedOf()).toThrow(RangeError)
    expect(() => seedOf('a', 0.5)).toThrow(/0.5/)
  })
})
