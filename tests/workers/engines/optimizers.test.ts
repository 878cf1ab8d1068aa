import { describe, expect, test } from 'vitest'
import type { OptimizerSpec, TrainingSpec } from '../../../core/contracts/network.ts'
import { factsOf } from '../../../core/networks/graph.ts'
import { initialWeights } from '../../../workers/trainer/network/initialise.ts'
import type { PreparedRun } from '../../../workers/trainer/data/prepare-run.ts'
import { learningRateAt } from '../../../workers/trainer/loop/schedule.ts'
import { stepOn } from '../../support/engine-steps.ts'
import { engines, onEngine } from '../../support/engines.ts'
import { differences, lossAt, normOf, referenceOptimizer } from '../../support/reference-training.ts'
import type { Weights } from '../../support/reference-training.ts'
import { makeSmallRun } from '../../support/small-run.ts'

const steps = 8
const sgd = { name: 'sgd', weightDecay: 0 } as const
// An epsilon at which a gradient of nearly 0 does not become a whole step of either sign.
const adam = { name: 'adam', beta1: 0.9, beta2: 0.99, epsilon: 1e-3, weightDecay: 0 } as const
const optimizers: [name: string, spec: OptimizerSpec][] = [
  ['Adam', adam],
  ['Adam with decay', { ...adam, weightDecay: 0.1 }],
  ['SGD', { ...sgd, momentum: 0 }],
  ['SGD with decay', { ...sgd, momentum: 0, weightDecay: 0.1 }],
  ['momentum', { ...sgd, momentum: 0.9 }],
  ['momentum with decay', { ...sgd, momentum: 0.9, weightDecay: 0.1 }],
  ['Nesterov', { ...sgd, momentum: 0.9, nesterov: true }],
  ['Nesterov with decay', { ...sgd, momentum: 0.9, nesterov: true, weightDecay: 0.1 }],
]
const schedules: [name: string, changes: Partial<TrainingSpec>][] = [
  ['constant', {}],
  ['warm-up, then a cosine', { schedule: 'cosine', warmUpSteps: 3 }],
  ['warm-up, then steps', { schedule: { name: 'step', milestones: [4, 6], factor: 0.3 }, warmUpSteps: 2 }],
]

const plain: TrainingSpec = {
  steps,
  batchSize: 6,
  learningRate: 0.1,
  schedule: 'constant',
  optimizer: { ...sgd, momentum: 0 },
}

const cases = optimizers.flatMap(([name, optimizer]) =>
  schedules.flatMap(([schedule, changes]) =>
    [undefined, 0.2].map((clipNorm) => ({
      name: `${name}, ${schedule}${clipNorm === undefined ? '' : ', clipped'}`,
      clipNorm,
      training: {
        ...plain,
        optimizer,
        ...(clipNorm === undefined ? {} : { clipNorm }),
        ...changes,
      } satisfies TrainingSpec,
    })),
  ),
)

const method = {
  name: 'soft-targets',
  temperature: 3,
  hardLabelWeight: 0.4,
  softTargetWeight: 0.6,
} as const

const runOf = (training: TrainingSpec): PreparedRun =>
  makeSmallRun({ seed: 11, inputSize: 5, classes: 3, hidden: [6, 4], dropout: 0.25, method, training })

const initial = initialWeights(factsOf(runOf(plain).graph), 11)

interface Expected {
  weights: Weights
  largestNorm: number
}

/** The eight steps in float64; slow, and the same for every engine. */
function train(training: TrainingSpec): Expected {
  const run = runOf(training)
  const weights = initial.map((values) => Float64Array.from(values))
  const optimizer = referenceOptimizer(training, weights)
  let largestNorm = 0
  for (let step = 0; step < steps; step++) {
    const gradient = differences(lossAt(run, step), weights)
    largestNorm = Math.max(largestNorm, normOf(gradient))
    optimizer.step(weights, gradient, learningRateAt(training, step), step + 1)
  }
  return { weights, largestNorm }
}

const known = new Map<TrainingSpec, Expected>()
function expectedOf(training: TrainingSpec): Expected {
  const found = known.get(training) ?? train(training)
  known.set(training, found)
  return found
}

/** Largest difference between weights of the same shapes. */
const apart = (a: readonly ArrayLike<number>[], b: readonly ArrayLike<number>[]): number =>
  Math.max(
    ...a.flatMap((values, k) =>
      Array.from(values, (value, i) => Math.abs(value - (b[k]?.[i] ?? Number.NaN))),
    ),
  )

describe.each(engines.map((engine) => ({ engine })))('on $engine', ({ engine }) => {
  test.each(cases)(
    'eight steps are those of the papers in float64: $name',
    async ({ training, clipNorm }) => {
      const expected = expectedOf(training)
      const { weights } = await onEngine(engine, (loaded) => stepOn(loaded, runOf(training), initial, steps))
      expect(apart(weights, expected.weights)).toBeLessThan(2e-6)
      // Clipping was at work, and the weights have moved by far more than they may differ.
      if (clipNorm !== undefined) expect(expected.largestNorm).toBeGreaterThan(2 * clipNorm)
      expect(apart(expected.weights, initial)).toBeGreaterThan(0.02)
    },
  )

  test.each(optimizers)(
    '%s with clipping leaves as many tensors after a step as before it',
    async (_name, optimizer) => {
      const run = runOf({ ...plain, optimizer, clipNorm: 0.01 })
      const { tensors } = await onEngine(engine, (loaded) => stepOn(loaded, run, initial, 20))
      expect(new Set(tensors).size).toBe(1)
    },
  )
})
