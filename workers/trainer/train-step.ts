import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import { openMethod } from '../../core/methods/registry.ts'
import { createBatches } from './batches.ts'
import { clipGradients } from './clip-gradients.ts'
import type { Engine } from './engine.ts'
import { gatherInputs } from './gather-inputs.ts'
import { createDropout } from './network/dropout.ts'
import { backward, forward, layersOf } from './network/pass.ts'
import type { Optimizer } from './optimizer.ts'
import type { PreparedRun } from './prepare-run.ts'
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

export function createTrainStep(engine: Engine, run: PreparedRun, optimizer: Optimizer): TrainStep {
  const { tf, ops } = engine
  const { spec, dataset, shape } = run
  const { clipNorm } = spec.training
  const { inputSize, classes } = dataset.meta
  const lossOf = openMethod(spec.method).loss({
    classes,
    labels: dataset.train.labels,
    teacher: run.teacherLogits?.train ?? null,
  })
  const fillBatch = createBatches(shape, run.labelled, run.unlabelled, spec.seed)
  const dropout = createDropout(spec.network.dropout, spec.seed)
  const examples = new Int32Array(shape.size)
  const inputs = new Float32Array(shape.size * inputSize)
  const gradient = new Float32Array(shape.size * classes)
  const maskValues = spec.network.hidden.map((width) => new Float32Array(shape.size * width))

  const makeMasks = (step: number, made: Tensor[]): Tensor2D[] | null => {
    if (!dropout) return null
    return maskValues.map((values, layer) => {
      dropout.fillMask(values, step, layer)
      const mask = tf.tensor2d(values, [shape.size, values.length / shape.size])
      made.push(mask)
      return mask
    })
  }

  return (weights, step) => {
    const made: Tensor[] = []
    try {
      fillBatch(step, examples)
      gatherInputs(dataset.train.examples, inputSize, examples, inputs)
      const x = tf.tensor2d(inputs, [shape.size, inputSize])
      made.push(x)
      const layers = layersOf(weights)
      const outputs = forward(ops, layers, x, makeMasks(step, made), made)
      const logits = outputs.at(-1)?.dataSync<'float32'>() ?? new Float32Array(0)
      const loss = lossOf({ logits, examples, labelled: shape.labelled }, gradient)
      if (!Number.isFinite(loss)) return { loss, gradientNorm: null, weights }
      const logitsGradient = tf.tensor2d(gradient, [shape.size, classes])
      made.push(logitsGradient)
      const raw = backward(ops, layers, x, outputs, logitsGradient, dropout?.scale ?? 1, made)
      const { gradients, norm } =
        clipNorm === undefined ? { gradients: raw, norm: null } : clipGradients(ops, raw, clipNorm, made)
      if (norm !== null && !Number.isFinite(norm)) return { loss, gradientNorm: norm, weights }
      return {
        loss,
        gradientNorm: norm,
        weights: optimizer.apply(weights, gradients, learningRateAt(spec.training, step), step + 1),
      }
    } finally {
      for (const tensor of made) tensor.dispose()
    }
  }
}
