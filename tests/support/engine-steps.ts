import type { Engine } from '../../workers/trainer/engine/engine.ts'
import { buildNetwork } from '../../workers/trainer/network/build.ts'
import { readWeights, tensorsOf } from '../../workers/trainer/network/initialise.ts'
import { createOptimizer } from '../../workers/trainer/loop/optimizer.ts'
import type { PreparedRun } from '../../workers/trainer/data/prepare-run.ts'
import { createTrainStep } from '../../workers/trainer/loop/train-step.ts'

export interface Stepped {
  /** After the last step. */
  weights: Float32Array[]
  losses: number[]
  gradientNorms: (number | null)[]
  /** Tensors beside those that were there before, after every step. */
  tensors: number[]
}

/** Makes the first steps of a run with the trainer's own step and optimiser; synchronous, nothing stays. */
export function stepOn(
  engine: Engine,
  run: PreparedRun,
  initial: readonly ArrayLike<number>[],
  steps: number,
): Stepped {
  const { spec } = run
  const network = buildNetwork(engine, run.graph)
  const before = engine.tf.memory().numTensors
  const optimizer = createOptimizer(engine, spec.training.optimizer, network.facts.weights, null)
  const trainStep = createTrainStep(engine, network, run, optimizer)
  let weights = tensorsOf(
    engine,
    network.facts,
    initial.map((values) => Float32Array.from(values)),
  )
  const made: Stepped = { weights: [], losses: [], gradientNorms: [], tensors: [] }
  for (let step = 0; step < steps; step++) {
    const result = trainStep(weights, step)
    weights = result.weights
    made.losses.push(result.loss)
    made.gradientNorms.push(result.gradientNorm)
    made.tensors.push(engine.tf.memory().numTensors - before)
  }
  made.weights = readWeights(weights)
  for (const tensor of weights) tensor.dispose()
  optimizer.dispose()
  return made
}
