import type { Tensor } from '@tensorflow/tfjs-core'
import { openMethod } from '../../../core/methods/registry.ts'
import { createBatches } from '../data/batches.ts'
import { gatherInputs } from '../data/gather-inputs.ts'
import type { PreparedRun } from '../data/prepare-run.ts'
import type { Engine } from '../engine/engine.ts'
import type { Network } from '../network/build.ts'
import { clipGradients } from './clip-gradients.ts'
import type { Optimizer } from './optimizer.ts'
import { learningRateAt } from './schedule.ts'

export interface StepResult {
  /** Mean over the batch, before the update. Not finite: nothing was updated. */
  loss: number
  /** L2 norm of the gradient of all weights before clipping; null where nothing is clipped. Not finite: as for the loss. */
  gradientNorm: number | null
  /** The weights that count from now on. */
  weights: Tensor[]
}

/** Step k (from 0): one batch, forward, loss, backward, update. Its tensors are gone when it returns; the old weights too. */
export type TrainStep = (weights: Tensor[], step: number) => StepResult

export function createTrainStep(
  engine: Engine,
  network: Network,
  run: PreparedRun,
  optimizer: Optimizer,
): TrainStep {
  const { tf, ops } = engine
  const { spec, dataset, shape } = run
  const { seed, training } = spec
  const { inputSize, classes } = dataset.meta
  const lossOf = openMethod(spec.method).loss({
    classes,
    labels: dataset.train.labels,
    teacher: run.teacherLogits?.train ?? null,
  })
  const fillBatch = createBatches(shape, run.labelled, run.unlabelled, seed)
  const examples = new Int32Array(shape.size)
  const inputs = new Float32Array(shape.size * inputSize)
  const logitsGradient = new Float32Array(shape.size * classes)

  return (weights, step) => {
    fillBatch(step, examples)
    gatherInputs(dataset.train.examples, inputSize, examples, inputs)
    const pass = network.forward(weights, inputs, { seed, step })
    let gradients: Tensor[] = []
    try {
      const logits = pass.logits.dataSync<'float32'>()
      const loss = lossOf({ logits, examples, labelled: shape.labelled }, logitsGradient)
      if (!Number.isFinite(loss)) return { loss, gradientNorm: null, weights }
      gradients = pass.backward({ logits: tf.tensor(logitsGradient, [shape.size, classes]) })
      const gradientNorm =
        training.clipNorm === undefined ? null : clipGradients(ops, gradients, training.clipNorm)
      if (!Number.isFinite(gradientNorm ?? 0)) return { loss, gradientNorm, weights }
      const rate = learningRateAt(training, step)
      return { loss, gradientNorm, weights: optimizer.apply(weights, gradients, rate, step + 1) }
    } finally {
      for (const tensor of gradients) tensor.dispose()
      pass.dispose()
    }
  }
}
