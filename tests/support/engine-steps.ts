import type { Engine } from '../../workers/trainer/engine.ts'
import { weightShapes } from '../../workers/trainer/network/initialise.ts'
import { createOptimizer } from '../../workers/trainer/optimizer.ts'
import type { PreparedRun } from '../../workers/trainer/prepare-run.ts'
import { createTrainStep } from '../../workers/trainer/train-step.ts'

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
  const shapes = weightShapes(spec.network, spec.data.inputSize, spec.data.classes)
  const before = engine.tf.memory().numTensors
  const optimizer = createOptimizer(engine, spec.training.optimizer, shapes, null)
  const trainStep = createTrainStep(engine, run, optimizer)
  let weights = initial.map((values, i) => engine.tf.tensor(Float32Array.from(values), shapes[i]))
  const made: Stepped = { weights: [], losses: [], gradientNorms: [], tensors: [] }
  for (let step = 0; step < steps; step++) {
    const result = trainStep(weights, step)
    weights = result.weights
    made.losses.push(result.loss)
    made.gradientNorms.push(result.gradientNorm)
    made.tensors.push(engine.tf.memory().numTensors - before)
  }
  made.weights = weights.map((tensor) => Float32Array.from(tensor.dataSync()))
  for (const tensor of weights) tensor.dispose()
  optimizer.dispose()
  return made
}
