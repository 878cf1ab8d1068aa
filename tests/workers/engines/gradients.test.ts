import { describe, expect, test } from 'vitest'
import type { TrainingSpec } from '../../../core/contracts/network.ts'
import { createRandom } from '../../../core/random/create-random.ts'
import { seedOf } from '../../../core/random/seed-of.ts'
import { factsOf } from '../../../core/networks/graph.ts'
import { initialWeights } from '../../../workers/trainer/network/initialise.ts'
import type { PreparedRun } from '../../../workers/trainer/data/prepare-run.ts'
import { stepOn } from '../../support/engine-steps.ts'
import { engines, onEngine } from '../../support/engines.ts'
import { everyMethod, methodTitle } from '../../support/methods.ts'
import { differences, lossAt, normOf } from '../../support/reference-training.ts'
import type { Weights } from '../../support/reference-training.ts'
import { makeSmallRun } from '../../support/small-run.ts'

/** So large a step that the rounding of the old weight does not hide the gradient: it is (w − w′) / rate. */
const rate = 1024
const training: TrainingSpec = {
  steps: 1,
  batchSize: 6,
  optimizer: { name: 'sgd', momentum: 0, weightDecay: 0 },
  learningRate: rate,
  schedule: 'constant',
  clipNorm: 1e30,
}

/** A network of random depth, widths and number of classes, without and with dropout. */
function randomRun(method: (typeof everyMethod)[number], seed: number): PreparedRun {
  const random = createRandom(seedOf('gradients', methodTitle(method), seed))
  const width = (least: number): number => least + random.nextInt(5)
  return makeSmallRun({
    seed,
    inputSize: width(3),
    classes: width(2),
    hidden: Array.from({ length: random.nextInt(4) }, () => width(2)),
    dropout: seed % 2 === 0 ? 0 : 0.375,
    method,
    training,
  })
}

/** Weights of every size, biases too: what a training may have come to. `spread` 1 is He's initialisation. */
function weightsOf({ spec, graph }: PreparedRun, spread: number): Weights {
  const random = createRandom(seedOf('biases', spec.seed))
  return initialWeights(factsOf(graph), spec.seed).map((values, index) =>
    Float64Array.from(values, (value) =>
      Math.fround(spread * (index % 2 === 0 ? value : random.nextFloat() - 0.5)),
    ),
  )
}

/** Largest difference of an element, relative to the norm of the gradient. */
function difference(actual: Weights, expected: Weights): number {
  const largest = Math.max(
    ...expected.flatMap((values, k) =>
      [...values].map((g, i) => Math.abs((actual[k]?.[i] ?? Number.NaN) - g)),
    ),
  )
  return largest / normOf(expected)
}

/** Of the loss itself: one that is quadratic in the logits is moved by twice of what rounding moves them. */
const lossBound = (method: (typeof everyMethod)[number]): number =>
  method?.name === 'logit-matching' ? 5e-6 : 2e-6

/** Draws a run whose gradient is not 0: logits that saturate on the right class have none. */
const cases = [0, 1, 2, 3, 4, 5].flatMap((seed) => [1, 30].map((spread) => ({ seed, spread })))

describe.each(engines.map((engine) => ({ engine })))('on $engine', ({ engine }) => {
  describe.each(everyMethod.map((method) => ({ method, name: methodTitle(method) })))(
    'the gradient of $name',
    ({ method }) => {
      test.each(cases)(
        'is that of finite differences: network $seed, weights times $spread',
        async ({ seed, spread }) => {
          const run = randomRun(method, seed)
          const weights = weightsOf(run, spread)
          const loss = lossAt(run, 0)
          const expected = differences(loss, weights)
          const stepped = await onEngine(engine, (loaded) => stepOn(loaded, run, weights, 1))
          const actual = stepped.weights.map((values, k) =>
            Float64Array.from(values, (after, i) => ((weights[k]?.[i] ?? Number.NaN) - after) / rate),
          )
          expect(Math.abs((stepped.losses[0] ?? Number.NaN) - loss(weights))).toBeLessThan(
            lossBound(method) * Math.max(1, loss(weights)),
          )
          expect(normOf(expected)).toBeGreaterThan(1e-3)
          expect(difference(actual, expected)).toBeLessThan(3e-6)
          expect((stepped.gradientNorms[0] ?? Number.NaN) / normOf(expected)).toBeCloseTo(1, 5)
        },
      )
    },
  )
})
