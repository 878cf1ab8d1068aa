import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { createGenericOps } from '../../../workers/trainer/engine/generic-ops.ts'
import type { TrainingOps } from '../../../workers/trainer/engine/training-ops.ts'
import type { Engine } from '../../../workers/trainer/engine/engine.ts'
import { onEngine, testEngine } from '../../support/engines.ts'
import { largestDifference, uniform } from '../../support/tensors.ts'

type Apply = (ops: TrainingOps, weight: Tensor, gradient: Tensor, moments: Tensor[], t: number) => Tensor[]

const shape = [37, 21]
const count = 37 * 21

const sgd =
  (name: 'momentum' | 'nesterov', decay: number): Apply =>
  (ops, weight, gradient, [velocity = weight]) => {
    const updated = ops[name](weight, gradient, velocity, { rate: 0.05, momentum: 0.9, decay })
    return [updated.weight, ...updated.moments]
  }

const adam =
  (decay: number): Apply =>
  (ops, weight, gradient, [first = weight, second = weight], t) => {
    const [rate, correction2] = [0.01 / (1 - 0.9 ** t), 1 / (1 - 0.999 ** t)]
    const settings = { rate, beta1: 0.9, beta2: 0.999, correction2, epsilon: 1e-7, decay }
    const updated = ops.adam(weight, gradient, first, second, settings)
    return [updated.weight, ...updated.moments]
  }

/** Weight and moments after 30 steps; nothing else stays. */
function optimise({ tf }: Engine, ops: TrainingOps, apply: Apply, moments: number): Float32Array[] {
  let state: Tensor[] = [tf.tensor(uniform(count, 'weight'), shape)]
  for (let i = 0; i < moments; i++) state.push(tf.zeros(shape))
  for (let t = 1; t <= 30; t++) {
    const gradient = tf.tensor(uniform(count, 'gradient', t), shape)
    const [weight, ...own] = state
    if (!weight) throw new Error('no weight')
    const next = apply(ops, weight, gradient, own, t)
    for (const tensor of [gradient, ...state]) if (!next.includes(tensor)) tensor.dispose()
    state = next
  }
  const values = state.map((tensor) => Float32Array.from(tensor.dataSync()))
  for (const tensor of state) tensor.dispose()
  return values
}

describe.skipIf(testEngine !== 'native')('the native engine', () => {
  test.each([
    { name: 'Adam', apply: adam(0), moments: 2 },
    { name: 'Adam with weight decay', apply: adam(0.01), moments: 2 },
    { name: 'SGD with momentum', apply: sgd('momentum', 0.01), moments: 1 },
    { name: 'SGD with Nesterov momentum', apply: sgd('nesterov', 0), moments: 1 },
  ])('updates by $name as the formula does, and leaves no tensors', async ({ apply, moments }) => {
    const [before, own, formula, after] = await onEngine('native', (engine) => [
      engine.tf.memory().numTensors,
      optimise(engine, engine.ops, apply, moments),
      optimise(engine, createGenericOps(engine.tf), apply, moments),
      engine.tf.memory().numTensors,
    ])
    expect(after).toBe(before)
    own.forEach((values, i) => expect(largestDifference(values, formula[i] ?? [])).toBeLessThan(1e-5))
  })

  test('holds no more memory after two thousand updates of 4 MB', async () => {
    const growth = await onEngine('native', ({ tf, ops }) => {
      const [gradient, first, second] = [
        tf.zeros([1024, 1024]),
        tf.zeros([1024, 1024]),
        tf.zeros([1024, 1024]),
      ]
      let weight: Tensor = tf.zeros([1024, 1024])
      const update = (times: number): void => {
        for (let t = 1; t <= times; t++) {
          const [next = weight] = adam(0)(ops, weight, gradient, [first, second], t)
          weight.dispose()
          weight = next
        }
      }
      update(20)
      const before = process.memoryUsage.rss()
      update(2000)
      const bytes = process.memoryUsage.rss() - before
      for (const tensor of [gradient, first, second, weight]) tensor.dispose()
      return bytes
    })
    // One tensor that is lost at every update would be 8 GB.
    expect(growth).toBeLessThan(100e6)
  })

  test('passes gradients where a unit was active, and keeps NaN, so that a divergence is seen', async () => {
    await onEngine('native', ({ tf, ops }) => {
      const row = (values: number[]): Tensor2D => tf.tensor2d([values])
      tf.tidy(() => {
        const gradient = ops.reluGradient(row([3, 5, 7, Number.NaN]), row([0, 2, -0, 1]), 2)
        expect([...gradient.dataSync()]).toEqual([0, 10, 0, Number.NaN])
        const output = ops.dense(row([1]), row([-2, 3, Number.NaN]), tf.tensor1d([1, 1, 1]), true)
        expect([...output.dataSync()]).toEqual([0, 4, Number.NaN])
      })
    })
  })
})
