import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../core/random/create-random.ts'
import { cosinePi, exp, integerPower, log } from '../../../core/mathematics/portable-math.ts'

const random = createRandom('portable math')
const relative = (actual: number, expected: number): number => Math.abs(actual / expected - 1)

describe('exp', () => {
  test('equals Math.exp to 1e-15 over its range', () => {
    for (let i = 0; i < 20_000; i++) {
      const x = (random.nextFloat() * 2 - 1) * (i % 2 === 0 ? 5 : 700)
      expect(relative(exp(x), Math.exp(x))).toBeLessThan(1e-15)
    }
  })
  test('is exact at 0 and handles the ends', () => {
    expect(exp(0)).toBe(1)
    expect(exp(-0)).toBe(1)
    expect(exp(-1e9)).toBe(0)
    expect(exp(Number.NEGATIVE_INFINITY)).toBe(0)
    expect(exp(710)).toBe(Number.POSITIVE_INFINITY)
    expect(relative(exp(709.7), Math.exp(709.7))).toBeLessThan(1e-13)
    expect(exp(Number.NaN)).toBeNaN()
  })
})

describe('log', () => {
  test('equals Math.log to 1e-15', () => {
    for (let i = 0; i < 20_000; i++) {
      const x = i % 2 === 0 ? 1 + random.nextFloat() * 50 : 2 ** ((random.nextFloat() * 2 - 1) * 1000)
      expect(Math.abs(log(x) - Math.log(x))).toBeLessThan(1e-15 * Math.max(1, Math.abs(Math.log(x))))
    }
  })
  test('is 0 at 1 and NaN where there is no answer', () => {
    expect(log(1)).toBe(0)
    for (const x of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) expect(log(x)).toBeNaN()
  })
})

test('cosinePi equals cos(πt) to 1e-15', () => {
  for (let i = 0; i <= 4000; i++)
    expect(Math.abs(cosinePi(i / 4000) - Math.cos(Math.PI * (i / 4000)))).toBeLessThan(1e-15)
  expect(cosinePi(0)).toBe(1)
  expect(cosinePi(1)).toBe(-1)
})

test('integerPower equals repeated multiplication', () => {
  expect(integerPower(0.9, 0)).toBe(1)
  expect(integerPower(2, 10)).toBe(1024)
  expect(relative(integerPower(0.999, 12_345), 0.999 ** 12_345)).toBeLessThan(1e-12)
})
