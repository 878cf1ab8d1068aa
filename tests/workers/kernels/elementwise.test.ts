import { beforeAll, describe, expect, test } from 'vitest'
import type { Kernels } from '../../../workers/kernels/register.ts'
import { computeOn, largestDifference, startTensors, tf, uniform } from '../../support/tensors.ts'

let kernels: Kernels

beforeAll(async () => {
  kernels = await startTensors()
})

describe('Sum over leading axes', () => {
  test.each([
    { shape: [1, 1], axis: [0] },
    { shape: [33, 70], axis: [0] },
    { shape: [128, 16], axis: [0] },
    { shape: [5, 15], axis: [0] },
    { shape: [64, 10], axis: [0] },
    { shape: [3, 4, 5, 7], axis: [0, 1, 2] },
    { shape: [2, 9, 19], axis: [-3, 1] },
    { shape: [1000, 3], axis: [0] },
  ])('of $shape equals the cpu backend', async ({ shape, axis }) => {
    const values = uniform(
      shape.reduce((product, size) => product * size, 1),
      'sum',
      ...shape,
    )
    for (const keepDims of [false, true]) {
      const compute = ([x]: tf.Tensor[]): tf.Tensor => tf.sum(x as tf.Tensor, axis, keepDims)
      const own = await computeOn('wasm', [{ shape, values }], compute)
      const reference = await computeOn('cpu', [{ shape, values }], compute)
      expect(own.shape).toEqual(reference.shape)
      expect(largestDifference(own.values, reference.values)).toBeLessThan(1e-6)
    }
  })

  test.each([{ axis: [1] }, { axis: [0, 1, 2] }, { axis: [0, 2] }])(
    'leaves axes $axis to tfjs',
    async ({ axis }) => {
      const inputs = [{ shape: [4, 5, 6], values: uniform(120, 'other axes') }]
      const compute = ([x]: tf.Tensor[]): tf.Tensor => tf.sum(x as tf.Tensor, axis)
      const own = await computeOn('wasm', inputs, compute)
      const reference = await computeOn('cpu', inputs, compute)
      expect(own.shape).toEqual(reference.shape)
      expect(largestDifference(own.values, reference.values)).toBeLessThan(1e-6)
    },
  )
})

describe('Identity', () => {
  test('shares its data, and each of the two tensors can go first', () => {
    for (const first of ['original', 'copy'] as const) {
      const before = tf.memory().numDataBuffers
      const original = tf.tensor1d([1, 2, 3])
      const copy = tf.clone(original)
      expect(copy.dataId).toBe(original.dataId)
      const [gone, kept] = first === 'original' ? [original, copy] : [copy, original]
      gone.dispose()
      expect([...kept.dataSync()]).toEqual([1, 2, 3])
      kept.dispose()
      expect(tf.memory().numDataBuffers).toBe(before)
    }
  })
})

describe('the gradient of ReLU', () => {
  test.each([1, 3, 4, 5, 231, 1024])('of %i numbers is scale times dy where y is above 0', (count) => {
    const [dy, y] = [uniform(count, 'dy'), uniform(count, 'y').map((value) => Math.max(value, 0))]
    const [tensorDy, tensorY] = [tf.tensor1d(dy.slice()), tf.tensor1d(y.slice())]
    const dx = kernels.reluGradient(tensorDy, tensorY, 2)
    expect([...dx.dataSync()]).toEqual([...dy].map((value, i) => ((y[i] ?? 0) > 0 ? value * 2 : 0)))
    tf.dispose([tensorDy, tensorY, dx])
  })

  test('is the gradient of tf.relu on wasm, and other backends keep their own', async () => {
    const inputs = [
      { shape: [7, 5], values: uniform(35, 'x') },
      { shape: [7, 5], values: uniform(35, 'dy') },
    ]
    const compute = ([x, dy]: tf.Tensor[]): tf.Tensor =>
      tf.grad((input: tf.Tensor) => tf.relu(input))(x as tf.Tensor, dy as tf.Tensor)
    const own = await computeOn('wasm', inputs, compute)
    const reference = await computeOn('cpu', inputs, compute)
    expect(largestDifference(own.values, reference.values)).toBe(0)
    expect([...own.values].some((value) => value !== 0)).toBe(true)
  })
})

test('the memory grows by far more than it had, and tensors from before keep their numbers', () => {
  const early = tf.tensor1d([4, 5, 6])
  const large = tf.ones<tf.Rank.R2>([6000, 6000])
  const sums = tf.sum(large, 0)
  expect([...early.dataSync()]).toEqual([4, 5, 6])
  expect(sums.dataSync()[5999]).toBe(6000)
  tf.dispose([early, large, sums])
})
