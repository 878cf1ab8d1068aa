import type { Method } from '../../../core/contracts/arm.ts'
import { methodCatalogue } from '../../../core/distillation/catalogue.ts'
import { exp, log } from './portable-math.ts'
import type { TeacherTargets } from './teacher-targets.ts'

export interface ObjectiveInput {
  /** Student logits as read back, row-major [B, K]. */
  logits: Float32Array
  /** Index into the training set of each row; the first `labelled` rows have labels. */
  examples: Int32Array
  labelled: number
}

/** Returns the mean loss over the batch and writes its gradient with respect to the logits, [B, K]. */
export type Objective = (input: ObjectiveInput, gradient: Float32Array) => number

interface Weights {
  hard: number
  smoothing: number
  /** Of the soft term, before its factor T². */
  soft: number
  temperature: number
  unlabelled: 'soft' | 'hard'
}

function weightsOf(method: Method | null): Weights {
  const plain: Weights = { hard: 1, smoothing: 0, soft: 0, temperature: 1, unlabelled: 'soft' }
  if (method === null || method.name === 'scratch') return plain
  if (method.name === 'label-smoothing') return { ...plain, smoothing: method.smoothing }
  return {
    hard: method.hardLabelWeight,
    smoothing: 0,
    soft: method.softTargetWeight,
    temperature: method.temperature,
    unlabelled: method.name === 'hard-labels-unlabelled' ? 'hard' : 'soft',
  }
}

/**
 * The loss of a method on logits that were read back from the engine, in float64: `batchLoss` of core/distillation in one
 * pass, with the analytic gradient, so that every engine computes the same loss and nothing is taken from log(softmax).
 * @param labels of the training set; those of unlabelled examples are never read
 * @param teacher null where the method needs none
 * @throws RangeError where a method that learns from a teacher is given none
 */
export function createObjective(
  method: Method | null,
  classes: number,
  labels: Int32Array,
  teacher: TeacherTargets | null,
): Objective {
  const { hard, smoothing, soft, temperature, unlabelled } = weightsOf(method)
  if (teacher === null && method !== null && methodCatalogue[method.name].needsTeacher)
    throw new RangeError(`${method.name} learns from a teacher, and none was given`)
  const row = new Float64Array(classes)

  /** Leaves exp(z/T − max) in `row`; [sum of it, log Σ exp(z/T)]. */
  const exponentials = (logits: Float32Array, from: number, t: number): [number, number] => {
    let max = Number.NEGATIVE_INFINITY
    for (let k = 0; k < classes; k++) {
      const z = logits[from + k] ?? Number.NaN
      if (!(z <= max)) max = z
    }
    max /= t
    let sum = 0
    for (let k = 0; k < classes; k++) {
      const e = exp((logits[from + k] ?? Number.NaN) / t - max)
      row[k] = e
      sum += e
    }
    return [sum, max + log(sum)]
  }

  /** weight · CE with (1 − ε)·onehot(label) + ε/K. */
  const addHard = (
    logits: Float32Array,
    from: number,
    label: number,
    epsilon: number,
    weight: number,
    out: Float64Array,
  ): number => {
    const [sum, logSum] = exponentials(logits, from, 1)
    const even = epsilon / classes
    let total = 0
    for (let k = 0; k < classes; k++) {
      const target = (k === label ? 1 - epsilon : 0) + even
      out[k] = (out[k] ?? 0) + weight * ((row[k] ?? 0) / sum - target)
      if (target !== 0) total += target * (logSum - (logits[from + k] ?? Number.NaN))
    }
    return weight * total
  }

  /** weight · T² · KL(teacher ‖ student) at temperature T. */
  const addSoft = (
    logits: Float32Array,
    from: number,
    targets: TeacherTargets,
    example: number,
    out: Float64Array,
  ): number => {
    const [sum, logSum] = exponentials(logits, from, temperature)
    const base = example * classes
    let kl = targets.negativeEntropy[example] ?? Number.NaN
    for (let k = 0; k < classes; k++) {
      const p = targets.soft[base + k] ?? Number.NaN
      out[k] = (out[k] ?? 0) + soft * temperature * ((row[k] ?? 0) / sum - p)
      kl += p * (logSum - (logits[from + k] ?? Number.NaN) / temperature)
    }
    return soft * temperature * temperature * kl
  }

  const rowGradient = new Float64Array(classes)
  return ({ logits, examples, labelled }, gradient) => {
    const size = examples.length
    let total = 0
    for (let i = 0; i < size; i++) {
      const from = i * classes
      const example = examples[i] ?? -1
      rowGradient.fill(0)
      if (i < labelled) {
        if (hard !== 0) total += addHard(logits, from, labels[example] ?? -1, smoothing, hard, rowGradient)
        if (teacher && soft !== 0) total += addSoft(logits, from, teacher, example, rowGradient)
      } else if (teacher && unlabelled === 'soft') {
        total += addSoft(logits, from, teacher, example, rowGradient)
      } else if (teacher) {
        total += addHard(logits, from, teacher.top[example] ?? -1, 0, soft, rowGradient)
      }
      for (let k = 0; k < classes; k++) gradient[from + k] = (rowGradient[k] ?? 0) / size
    }
    return total / size
  }
}
