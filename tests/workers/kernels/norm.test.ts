import { beforeAll, describe, expect, test } from 'vitest'
import type { Kernels } from '../../../workers/kernels/register.ts'
import { startTensors, tf, uniform } from '../../support/tensors.ts'

let kernels: Kernels

beforeAll(async () => {
  kernels = await startTensors()
})

const counts = [1, 2, 3, 4, 5, 7, 8, 103, 4096]

const sumOf = (values: Float32Array): number => {
  const tensor = tf.tensor1d(values)
  const sum = kernels.norm.sumOfSquares(tensor)
  tensor.dispose()
  return sum
}

/** The order of the kernel, longhand: four sums of every fourth element, two by two, then the rest. */
function inOrder(values: Float32Array): number {
  const [s, whole] = [[0, 0, 0, 0], values.length - (values.length % 4)]
  for (let i = 0; i < whole; i++) s[i % 4] = (s[i % 4] ?? 0) + (values[i] ?? 0) ** 2
  const [a = 0, b = 0, c = 0, d = 0] = s
  return values.subarray(whole).reduce((sum, value) => sum + value * value, a + c + (b + d))
}

describe('the sum of squares', () => {
  test.each(counts)('is that of float64 in its order, bit for bit, for %i numbers', (count) => {
    const values = uniform(count, 'squares', count)
    expect(sumOf(values)).toBe(inOrder(values))
  })

  test('neither overflows nor loses small numbers where float32 would', () => {
    const huge = Math.fround(3e38)
    expect(sumOf(new Float32Array(9).fill(huge))).toBe(9 * huge ** 2)
    const tiny = Math.fround(1e-30)
    expect(sumOf(Float32Array.from([tiny, tiny]))).toBe(2 * tiny ** 2)
  })

  test('is not finite where a number is not', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
      for (const at of [0, 3, 8]) {
        const values = new Float32Array(9)
        values[at] = value
        expect(Number.isFinite(sumOf(values))).toBe(false)
      }
  })
})

describe('scaling', () => {
  test.each(counts)('multiplies each of %i numbers in float32 and leaves them as they were', (count) => {
    const values = uniform(count, 'scale', count)
    const factor = Math.fround(0.3)
    const tensor = tf.tensor(values.slice(), [count, 1])
    const scaled = kernels.norm.scale(tensor, factor)
    expect(scaled.shape).toEqual([count, 1])
    expect(scaled.dataSync()).toEqual(values.map((value) => value * factor))
    expect(tensor.dataSync()).toEqual(values)
    tf.dispose([tensor, scaled])
  })
})

test('both leave no tensor behind but the result', () => {
  const tensor = tf.tensor1d(uniform(103, 'leak'))
  const before = tf.memory().numTensors
  for (let i = 0; i < 50; i++) {
    kernels.norm.sumOfSquares(tensor)
    kernels.norm.scale(tensor, 0.5).dispose()
  }
  expect(tf.memory().numTensors).toBe(before)
  tensor.dispose()
})
