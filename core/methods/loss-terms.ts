import { exp, log } from '../mathematics/portable-math.ts'

/**
 * The terms of losses on logits that were read back from the engine, in float64 with portable exp and log: every engine
 * computes the same loss, and nothing is taken from log(softmax). Each is held to its longhand form in reference-terms.ts.
 */

export interface LogitsBatch {
  /** Student logits, row-major [B, K]. */
  logits: Float32Array
  /** Index into the training set of each row; the first `labelled` rows have labels. */
  examples: Int32Array
  labelled: number
}

/** Returns the mean loss over the batch and writes its gradient with respect to the logits, [B, K]. */
export type Loss = (batch: LogitsBatch, gradient: Float32Array) => number

/** A term of one example: its value; its gradient is added to `out`, [K]. The example's row of logits begins at `from`. */
export type Term = (logits: Float32Array, from: number, example: number, out: Float64Array) => number

/**
 * The mean over the batch of the terms of its examples, added in the order in which they are given.
 * @param unlabelled terms of examples without labels; null where the method cannot use such examples.
 */
export function meanOfTerms(
  classes: number,
  labelled: readonly Term[],
  unlabelled: readonly Term[] | null,
): Loss {
  const rowGradient = new Float64Array(classes)
  return (batch, gradient) => {
    const { logits, examples } = batch
    const size = examples.length
    if (unlabelled === null && batch.labelled < size)
      throw new RangeError('this method learns from labelled examples only')
    let total = 0
    for (let i = 0; i < size; i++) {
      const from = i * classes
      rowGradient.fill(0)
      const terms = i < batch.labelled ? labelled : (unlabelled ?? [])
      for (const term of terms) total += term(logits, from, examples[i] ?? -1, rowGradient)
      for (let k = 0; k < classes; k++) gradient[from + k] = (rowGradient[k] ?? 0) / size
    }
    return total / size
  }
}

/** The term where it weighs anything. */
export const weighing = (weight: number, term: Term): Term[] => (weight === 0 ? [] : [term])

/** Leaves exp(z/T − max) in `row`; [sum of it, log Σ exp(z/T)]. */
function exponentials(logits: Float32Array, from: number, t: number, row: Float64Array): [number, number] {
  let max = Number.NEGATIVE_INFINITY
  for (let k = 0; k < row.length; k++) {
    const z = logits[from + k] ?? Number.NaN
    if (!(z <= max)) max = z
  }
  max /= t
  let sum = 0
  for (let k = 0; k < row.length; k++) {
    const e = exp((logits[from + k] ?? Number.NaN) / t - max)
    row[k] = e
    sum += e
  }
  return [sum, max + log(sum)]
}

/** weight · CE with (1 − ε)·onehot(class) + ε/K. @param classOf of every training example that the term is used for */
export function crossEntropyTerm(
  classes: number,
  classOf: Int32Array,
  weight: number,
  smoothing: number = 0,
): Term {
  const row = new Float64Array(classes)
  const even = smoothing / classes
  return (logits, from, example, out) => {
    const label = classOf[example] ?? -1
    const [sum, logSum] = exponentials(logits, from, 1, row)
    let total = 0
    for (let k = 0; k < classes; k++) {
      const target = (k === label ? 1 - smoothing : 0) + even
      out[k] = (out[k] ?? 0) + weight * ((row[k] ?? 0) / sum - target)
      if (target !== 0) total += target * (logSum - (logits[from + k] ?? Number.NaN))
    }
    return weight * total
  }
}

/** weight · T² · KL(teacher ‖ student) at temperature T. @param teacher logits of the training set, [N, K] */
export function softTargetTerm(
  classes: number,
  teacher: Float32Array,
  temperature: number,
  weight: number,
): Term {
  const targets = soften(teacher, classes, temperature)
  const row = new Float64Array(classes)
  return (logits, from, example, out) => {
    const [sum, logSum] = exponentials(logits, from, temperature, row)
    const base = example * classes
    let kl = targets.negativeEntropy[example] ?? Number.NaN
    for (let k = 0; k < classes; k++) {
      const p = targets.soft[base + k] ?? Number.NaN
      out[k] = (out[k] ?? 0) + weight * temperature * ((row[k] ?? 0) / sum - p)
      kl += p * (logSum - (logits[from + k] ?? Number.NaN) / temperature)
    }
    return weight * temperature * temperature * kl
  }
}

interface SoftTargets {
  /** softmax(z_t / T), row-major [N, K]. */
  soft: Float64Array
  /** Σ_k p log p of each row of `soft`, nats. */
  negativeEntropy: Float64Array
}

/** A teacher's answers on the training set, computed once. RangeError where a logit is not finite. */
function soften(logits: Float32Array, classes: number, temperature: number): SoftTargets {
  const top = topClasses(logits, classes)
  const n = top.length
  const soft = new Float64Array(n * classes)
  const negativeEntropy = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const from = i * classes
    const max = (logits[from + (top[i] ?? 0)] ?? 0) / temperature
    let sum = 0
    for (let k = 0; k < classes; k++) {
      const e = exp((logits[from + k] ?? 0) / temperature - max)
      soft[from + k] = e
      sum += e
    }
    if (!Number.isFinite(sum)) throw new RangeError(`teacher logits of example ${i} are not finite`)
    const logSum = log(sum)
    let entropy = 0
    for (let k = 0; k < classes; k++) {
      const p = (soft[from + k] ?? 0) / sum
      soft[from + k] = p
      entropy += p * ((logits[from + k] ?? 0) / temperature - max - logSum)
    }
    negativeEntropy[i] = entropy
  }
  return { soft, negativeEntropy }
}

/** Class of the largest logit of each row; of equal ones the lowest. @param logits row-major [N, classes] */
export function topClasses(logits: Float32Array, classes: number): Int32Array {
  return Int32Array.from({ length: logits.length / classes }, (_, i) => {
    const from = i * classes
    let best = 0
    for (let k = 1; k < classes; k++) if ((logits[from + k] ?? 0) > (logits[from + best] ?? 0)) best = k
    return best
  })
}
