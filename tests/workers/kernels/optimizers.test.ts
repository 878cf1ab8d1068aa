import { beforeAll, describe, expect, test } from 'vitest'
import type { Kernels } from '../../../workers/kernels/register.ts'
import { largestDifference, startTensors, tf, uniform } from '../../support/tensors.ts'

let kernels: Kernels

beforeAll(async () => {
  kernels = await startTensors()
})

const counts = [1, 3, 4, 5, 8, 103]
const steps = 12
const beta1 = 0.9
const beta2 = 0.999
const epsilon = 1e-7
const gradientAt = (count: number, step: number): Float32Array => uniform(count, 'gradient', step)

function fusedAdam(count: number, learningRate: number, decay: number): Float32Array {
  let weight: tf.Tensor = tf.tensor1d(uniform(count, 'weights'))
  const [first, second] = [tf.zeros([count]), tf.zeros([count])]
  for (let t = 1; t <= steps; t++) {
    const gradient = tf.tensor1d(gradientAt(count, t))
    const next = kernels.optimizers.adam(weight, gradient, first, second, {
      rate: learningRate / (1 - beta1 ** t),
      beta1,
      beta2,
      correction2: 1 / (1 - beta2 ** t),
      epsilon,
      decay,
    })
    tf.dispose([weight, gradient])
    weight = next
  }
  const values = Float32Array.from(weight.dataSync())
  tf.dispose([weight, first, second])
  return values
}

function fusedMomentum(
  count: number,
  learningRate: number,
  momentum: number,
  decay: number,
  kind: 'momentum' | 'nesterov' = 'momentum',
): Float32Array {
  let weight: tf.Tensor = tf.tensor1d(uniform(count, 'weights'))
  const velocity = tf.zeros([count])
  for (let t = 1; t <= steps; t++) {
    const gradient = tf.tensor1d(gradientAt(count, t))
    const next = kernels.optimizers[kind](weight, gradient, velocity, {
      rate: learningRate,
      momentum,
      decay,
    })
    tf.dispose([weight, gradient])
    weight = next
  }
  const values = Float32Array.from(weight.dataSync())
  tf.dispose([weight, velocity])
  return values
}

/** tfjs' own optimiser on the cpu backend. */
async function withTfjs(count: number, optimizer: tf.Optimizer): Promise<Float32Array> {
  await tf.setBackend('cpu')
  const variable = tf.variable(tf.tensor1d(uniform(count, 'weights')))
  for (let t = 1; t <= steps; t++)
    tf.tidy(() => optimizer.applyGradients({ [variable.name]: tf.tensor1d(gradientAt(count, t)) }))
  const values = Float32Array.from(variable.dataSync())
  variable.dispose()
  optimizer.dispose()
  await tf.setBackend('wasm')
  return values
}

describe('fused Adam', () => {
  test.each(counts)('equals tfjs for %i weights', async (count) => {
    const expected = await withTfjs(count, tf.train.adam(0.01, beta1, beta2, epsilon))
    expect(largestDifference(fusedAdam(count, 0.01, 0), expected)).toBeLessThan(2e-6)
  })

  test.each(counts)('with an L2 penalty equals the algorithm longhand in float64 for %i weights', (count) => {
    const decay = 0.3
    const [w, m, v] = [
      Float64Array.from(uniform(count, 'weights')),
      new Float64Array(count),
      new Float64Array(count),
    ]
    for (let t = 1; t <= steps; t++) {
      const raw = gradientAt(count, t)
      for (let i = 0; i < count; i++) {
        const g = (raw[i] ?? 0) + decay * (w[i] ?? 0)
        m[i] = beta1 * (m[i] ?? 0) + (1 - beta1) * g
        v[i] = beta2 * (v[i] ?? 0) + (1 - beta2) * g * g
        const [mHat, vHat] = [(m[i] ?? 0) / (1 - beta1 ** t), (v[i] ?? 0) / (1 - beta2 ** t)]
        w[i] = (w[i] ?? 0) - (0.01 * mHat) / (Math.sqrt(vHat) + epsilon)
      }
    }
    expect(largestDifference(fusedAdam(count, 0.01, decay), w)).toBeLessThan(2e-6)
  })
})

describe('fused SGD with momentum', () => {
  test.each(counts)('equals tfjs for %i weights', async (count) => {
    const expected = await withTfjs(count, tf.train.momentum(0.05, 0.9))
    expect(largestDifference(fusedMomentum(count, 0.05, 0.9, 0), expected)).toBeLessThan(2e-6)
  })

  test.each(counts)(
    'without momentum and with an L2 penalty is w − rate (g + decay w) for %i weights',
    (count) => {
      const w = Float64Array.from(uniform(count, 'weights'))
      for (let t = 1; t <= steps; t++) {
        const g = gradientAt(count, t)
        for (let i = 0; i < count; i++) w[i] = (w[i] ?? 0) - 0.05 * ((g[i] ?? 0) + 0.3 * (w[i] ?? 0))
      }
      expect(largestDifference(fusedMomentum(count, 0.05, 0, 0.3), w)).toBeLessThan(2e-6)
    },
  )
})

describe('fused SGD with Nesterov momentum', () => {
  test.each(counts)('equals tfjs for %i weights', async (count) => {
    const expected = await withTfjs(count, tf.train.momentum(0.05, 0.9, true))
    expect(largestDifference(fusedMomentum(count, 0.05, 0.9, 0, 'nesterov'), expected)).toBeLessThan(2e-6)
  })

  test.each(counts)('with an L2 penalty equals the formula of PyTorch in float64 for %i weights', (count) => {
    const [w, v] = [Float64Array.from(uniform(count, 'weights')), new Float64Array(count)]
    for (let t = 1; t <= steps; t++) {
      const raw = gradientAt(count, t)
      for (let i = 0; i < count; i++) {
        const g = (raw[i] ?? 0) + 0.3 * (w[i] ?? 0)
        v[i] = 0.8 * (v[i] ?? 0) + g
        w[i] = (w[i] ?? 0) - 0.05 * (g + 0.8 * (v[i] ?? 0))
      }
    }
    expect(largestDifference(fusedMomentum(count, 0.05, 0.8, 0.3, 'nesterov'), w)).toBeLessThan(2e-6)
  })

  test.each(counts)('is plain SGD without momentum, bit for bit, for %i weights', (count) => {
    expect(fusedMomentum(count, 0.05, 0, 0.3, 'nesterov')).toEqual(fusedMomentum(count, 0.05, 0, 0.3))
  })
})

test('a step leaves the old weights as they were, and upstream kernels see the new ones', () => {
  const weight = tf.tensor2d([1, 2, 3, 4], [2, 2])
  const gradient = tf.ones([2, 2])
  const velocity = tf.zeros([2, 2])
  const next = kernels.optimizers.momentum(weight, gradient, velocity, { rate: 1, momentum: 0, decay: 0 })
  expect([...weight.dataSync()]).toEqual([1, 2, 3, 4])
  expect([...next.dataSync()]).toEqual([0, 1, 2, 3])
  const shifted = tf.add(next, 1)
  expect([...shifted.dataSync()]).toEqual([1, 2, 3, 4])
  tf.dispose([weight, gradient, velocity, next, shifted])
})

test('a hundred steps leave as many tensors as they found', () => {
  fusedAdam(10, 0.01, 0)
  fusedMomentum(10, 0.01, 0.9, 0, 'nesterov')
  const before = tf.memory()
  for (let i = 0; i < 50; i++) fusedAdam(10, 0.01, 0)
  for (let i = 0; i < 50; i++) fusedMomentum(10, 0.01, 0.9, 0, 'nesterov')
  expect(tf.memory().numTensors).toBe(before.numTensors)
  expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers)
})
