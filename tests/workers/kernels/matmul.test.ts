import { beforeAll, describe, expect, test } from 'vitest'
import { computeOn, largestDifference, startTensors, tf, uniform } from '../../support/tensors.ts'
import type { Input } from '../../support/tensors.ts'

beforeAll(async () => {
  await startTensors()
})

const input = (shape: number[], ...seed: (string | number)[]): Input => ({
  shape,
  values: uniform(
    shape.reduce((product, size) => product * size, 1),
    ...shape,
    ...seed,
  ),
})

// Around the edges of the micro-kernel (5 rows, 8 columns) and of the blocks (160 rows, 320 deep, 384 columns).
const sizes = [
  [1, 1, 1],
  [1, 7, 1],
  [4, 3, 7],
  [5, 8, 8],
  [6, 9, 9],
  [10, 16, 1],
  [1, 16, 10],
  [11, 5, 16],
  [64, 33, 10],
  [33, 319, 17],
  [9, 320, 24],
  [7, 321, 15],
  [12, 641, 9],
  [159, 5, 6],
  [160, 12, 8],
  [161, 6, 9],
  [321, 4, 5],
  [6, 3, 383],
  [5, 4, 384],
  [4, 5, 385],
  [3, 322, 386],
  [165, 700, 393],
] as const

describe.each([
  [false, false],
  [true, false],
  [false, true],
  [true, true],
])('matMul with transposeA %s and transposeB %s', (transposeA, transposeB) => {
  test.each(sizes)('equals the cpu backend for %i x %i x %i', async (m, k, n) => {
    const inputs = [input(transposeA ? [k, m] : [m, k], 'a'), input(transposeB ? [n, k] : [k, n], 'b')]
    const compute = ([a, b]: tf.Tensor[]): tf.Tensor =>
      tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D, transposeA, transposeB)
    const own = await computeOn('wasm', inputs, compute)
    const reference = await computeOn('cpu', inputs, compute)
    expect(own.shape).toEqual([m, n])
    expect(largestDifference(own.values, reference.values)).toBeLessThan(1e-5)
  })

  test.each([
    { batch: [3], sizes: [7, 9, 6] },
    { batch: [2, 2], sizes: [5, 330, 11] },
    { batch: [1], sizes: [6, 5, 4] },
  ])('equals the cpu backend for batches $batch', async ({ batch, sizes: [m = 0, k = 0, n = 0] }) => {
    const inputs = [
      input([...batch, ...(transposeA ? [k, m] : [m, k])], 'a'),
      input([...batch, ...(transposeB ? [n, k] : [k, n])], 'b'),
    ]
    const compute = ([a, b]: tf.Tensor[]): tf.Tensor =>
      tf.matMul(a as tf.Tensor3D, b as tf.Tensor3D, transposeA, transposeB)
    const own = await computeOn('wasm', inputs, compute)
    const reference = await computeOn('cpu', inputs, compute)
    expect(own.shape).toEqual([...batch, m, n])
    expect(largestDifference(own.values, reference.values)).toBeLessThan(1e-5)
  })
})

describe('what the kernels leave to tfjs', () => {
  test('a broadcast batch equals the cpu backend', async () => {
    const inputs = [input([3, 4, 5], 'a'), input([1, 5, 6], 'b')]
    const compute = ([a, b]: tf.Tensor[]): tf.Tensor => tf.matMul(a as tf.Tensor3D, b as tf.Tensor3D)
    const own = await computeOn('wasm', inputs, compute)
    const reference = await computeOn('cpu', inputs, compute)
    expect(own.shape).toEqual([3, 4, 6])
    expect(largestDifference(own.values, reference.values)).toBeLessThan(1e-5)
  })
})

describe('fused matMul with bias', () => {
  test.each([
    [4, 3, 7],
    [5, 8, 8],
    [6, 9, 17],
    [33, 320, 10],
    [33, 321, 10],
    [161, 700, 385],
  ])('equals product, sum and activation of the cpu backend for %i x %i x %i', async (m, k, n) => {
    const inputs = [input([m, k], 'a'), input([k, n], 'b'), input([n], 'bias')]
    for (const activation of ['linear', 'relu'] as const) {
      const own = await computeOn('wasm', inputs, ([a, b, bias]) =>
        tf.fused.matMul({
          a: a as tf.Tensor2D,
          b: b as tf.Tensor2D,
          transposeA: false,
          transposeB: false,
          bias: bias as tf.Tensor1D,
          activation,
        }),
      )
      const reference = await computeOn('cpu', inputs, ([a, b, bias]) => {
        const sum = tf.add(tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D), bias as tf.Tensor1D)
        return activation === 'relu' ? tf.relu(sum) : sum
      })
      expect(largestDifference(own.values, reference.values)).toBeLessThan(1e-5)
    }
  })

  test.each([3, 700])(
    'passes NaN on through ReLU (depth %i), so that a divergence is seen',
    async (depth) => {
      const inputs = [input([6, depth], 'a'), input([depth, 9], 'b'), input([9], 'bias')]
      inputs[0]?.values.fill(Number.NaN, 0, depth)
      const { values } = await computeOn('wasm', inputs, ([a, b, bias]) =>
        tf.fused.matMul({
          a: a as tf.Tensor2D,
          b: b as tf.Tensor2D,
          transposeA: false,
          transposeB: false,
          bias: bias as tf.Tensor1D,
          activation: 'relu',
        }),
      )
      expect([...values.subarray(0, 9)].every(Number.isNaN)).toBe(true)
      expect([...values.subarray(9)].some(Number.isNaN)).toBe(false)
    },
  )
})

test('a product has the same bits whatever rows stand beside it', async () => {
  const [a, b] = [input([23, 700], 'a'), input([700, 19], 'b')]
  const compute = ([x, y]: tf.Tensor[]): tf.Tensor => tf.matMul(x as tf.Tensor2D, y as tf.Tensor2D)
  const whole = await computeOn('wasm', [a, b], compute)
  for (const row of [0, 4, 5, 22]) {
    const alone = await computeOn(
      'wasm',
      [{ shape: [1, 700], values: a.values.slice(row * 700, (row + 1) * 700) }, b],
      compute,
    )
    expect(alone.values).toEqual(whole.values.slice(row * 19, (row + 1) * 19))
  }
})
