import type { OptimizerSpec, TrainingSpec } from '../../core/contracts/network.ts'
import { openMethod } from '../../core/methods/registry.ts'
import { createBatches } from '../../workers/trainer/data/batches.ts'
import { createDropout } from '../../workers/trainer/layers/dropout-masks.ts'
import type { PreparedRun } from '../../workers/trainer/data/prepare-run.ts'

/** Training longhand in float64: no engine, no backward pass. Slow; meant for a hundred weights. */

/** Weights [kernel, bias, …], each row-major, in float64. */
export type Weights = Float64Array[]

const widthsOf = ({ spec }: PreparedRun): number[] => [
  spec.data.inputSize,
  ...spec.network.hidden,
  spec.data.classes,
]

function rowsOf(values: Float32Array, indices: Int32Array, width: number): number[][] {
  return [...indices].map((index) => [...values.subarray(index * width, (index + 1) * width)])
}

/** Loss of step k's batch as a function of the weights, with the dropout masks of that step. */
export function lossAt(run: PreparedRun, step: number): (weights: Weights) => number {
  const { spec, dataset, shape, teacherLogits } = run
  const batch = new Int32Array(shape.size)
  createBatches(shape, run.labelled, run.unlabelled, spec.seed)(step, batch)
  const { examples, labels } = dataset.train
  if (examples.dtype !== 'float32') throw new Error('The reference takes float32 inputs.')
  const inputs = rowsOf(examples.values, batch, spec.data.inputSize)
  const teacher = rowsOf(teacherLogits?.train ?? new Float32Array(0), batch, spec.data.classes)
  const known = [...batch.subarray(0, shape.labelled)].map((index) => labels[index] ?? -1)
  const masks = spec.network.hidden.map((width, layer) => {
    const mask = new Float32Array(shape.size * width).fill(1)
    createDropout(spec.network.dropout, layer)?.fillMask(mask, { seed: spec.seed, step })
    return mask
  })
  const widths = widthsOf(run)
  return (weights) => {
    const student = inputs.map((input, row) => {
      let x = input
      for (let layer = 0; layer + 1 < widths.length; layer++) {
        const [kernel, bias] = [weights[2 * layer], weights[2 * layer + 1]]
        const width = widths[layer + 1] ?? 0
        const mask = masks[layer]
        x = Array.from({ length: width }, (_, j) => {
          const z = x.reduce((sum, value, i) => sum + value * (kernel?.[i * width + j] ?? 0), bias?.[j] ?? 0)
          return mask ? Math.max(z, 0) * (mask[row * width + j] ?? 0) : z
        })
      }
      return x
    })
    return openMethod(spec.method).reference({ student, teacher, labels: known }).loss
  }
}

/** Central finite differences, (L(w + h) − L(w − h)) / 2h for every weight. */
export function differences(loss: (weights: Weights) => number, weights: Weights): Weights {
  const at = weights.map((values) => values.slice())
  return at.map((values) =>
    values.map((value, i) => {
      const h = 1e-5 * Math.max(1, Math.abs(value))
      values[i] = value + h
      const up = loss(at)
      values[i] = value - h
      const down = loss(at)
      values[i] = value
      return (up - down) / (2 * h)
    }),
  )
}

export const normOf = (gradient: Weights): number =>
  Math.sqrt(gradient.reduce((sum, values) => values.reduce((inner, g) => inner + g * g, sum), 0))

export interface ReferenceOptimizer {
  /** Changes the weights in place. Step t counts from 1. */
  step(weights: Weights, gradient: Weights, rate: number, t: number): void
}

/** Clipping, then the penalty on kernels, then the rule of the optimiser, as the papers write them. */
export function referenceOptimizer(
  { optimizer, clipNorm }: TrainingSpec,
  weights: Weights,
): ReferenceOptimizer {
  const [first, second] = [weights.map((w) => w.map(() => 0)), weights.map((w) => w.map(() => 0))]
  return {
    step(current, gradient, rate, t) {
      const norm = normOf(gradient)
      const factor = clipNorm !== undefined && norm > clipNorm ? clipNorm / norm : 1
      current.forEach((values, index) => {
        const decay = index % 2 === 0 ? optimizer.weightDecay : 0
        const [m, v, raw] = [first[index], second[index], gradient[index]]
        if (!m || !v || !raw) throw new Error('A weight without its gradient.')
        for (let i = 0; i < values.length; i++) {
          const g = factor * (raw[i] ?? Number.NaN) + decay * (values[i] ?? Number.NaN)
          values[i] = (values[i] ?? Number.NaN) - rate * direction(optimizer, m, v, i, g, t)
        }
      })
    },
  }
}

function direction(
  optimizer: OptimizerSpec,
  m: Float64Array,
  v: Float64Array,
  i: number,
  g: number,
  t: number,
): number {
  if (optimizer.name === 'adam') {
    const { beta1, beta2, epsilon } = optimizer
    m[i] = beta1 * (m[i] ?? 0) + (1 - beta1) * g
    v[i] = beta2 * (v[i] ?? 0) + (1 - beta2) * g * g
    return (m[i] ?? 0) / (1 - beta1 ** t) / (Math.sqrt((v[i] ?? 0) / (1 - beta2 ** t)) + epsilon)
  }
  const { momentum, nesterov } = optimizer
  v[i] = momentum * (v[i] ?? 0) + g
  return nesterov ? g + momentum * (v[i] ?? 0) : (v[i] ?? 0)
}
