import type { Tensor } from '@tensorflow/tfjs-core'
import { formatCount } from '../../../core/text/format-number.ts'
import { counted } from '../../../core/text/grammar.ts'
import type { PreparedRun } from '../data/prepare-run.ts'
import type { Engine } from '../engine/engine.ts'
import { Diverged } from '../failure.ts'
import type { Network } from '../network/build.ts'
import { initialWeights, readWeights, tensorsOf } from '../network/initialise.ts'
import { createOptimizer } from './optimizer.ts'
import { createTrainStep, type StepResult } from './train-step.ts'

/** A network in training: its weights and the optimiser's moments. */
export interface Learner {
  /** Step k, from 0. @throws Diverged */
  step(k: number): StepResult
  weights(): readonly Tensor[]
  /** A copy, for a checkpoint. */
  read(): { weights: Float32Array[]; moments: Float32Array[] }
  dispose(): void
}

/** @param restored of a checkpoint, or null to begin as the seed says */
export function createLearner(
  engine: Engine,
  network: Network,
  run: PreparedRun,
  restored: { weights: Float32Array[]; moments: Float32Array[] } | null,
): Learner {
  const { seed, training } = run.spec
  const { facts } = network
  const optimizer = createOptimizer(engine, training.optimizer, facts.weights, restored?.moments ?? null)
  const trainStep = createTrainStep(engine, network, run, optimizer)
  let weights = tensorsOf(engine, facts, restored?.weights ?? initialWeights(facts, seed))
  return {
    step(k) {
      const result = trainStep(weights, k)
      if (!Number.isFinite(result.loss) || !Number.isFinite(result.gradientNorm ?? 0))
        throw new Diverged(
          k,
          `The ${Number.isFinite(result.loss) ? 'gradient' : 'loss'} is not finite after ${formatCount(k)} of ${counted(training.steps, 'step')}. Try a lower learning rate.`,
        )
      weights = result.weights
      return result
    },
    weights: () => weights,
    read: () => ({ weights: readWeights(weights), moments: optimizer.readMoments() }),
    dispose() {
      for (const tensor of weights) tensor.dispose()
      optimizer.dispose()
    },
  }
}
