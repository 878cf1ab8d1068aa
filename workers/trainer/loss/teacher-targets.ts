import { exp, log } from './portable-math.ts'

/** A teacher's answers on the training set, computed once and keyed by the index of the example. */
export interface TeacherTargets {
  classes: number
  /** softmax(z_t / T), row-major [N, classes]. */
  soft: Float64Array
  /** Σ_k p log p of each row of `soft`, nats (the negative entropy). */
  negativeEntropy: Float64Array
  /** Class of the largest logit; of equal ones the lowest. */
  top: Int32Array
}

/** @param logits row-major [N, classes] in the order of the training set. RangeError where a logit is not finite. */
export function teacherTargets(logits: Float32Array, classes: number, temperature: number): TeacherTargets {
  const n = logits.length / classes
  const soft = new Float64Array(n * classes)
  const negativeEntropy = new Float64Array(n)
  const top = new Int32Array(n)
  for (let i = 0; i < n; i++) {
    const from = i * classes
    let best = 0
    for (let k = 1; k < classes; k++) if ((logits[from + k] ?? 0) > (logits[from + best] ?? 0)) best = k
    const max = (logits[from + best] ?? 0) / temperature
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
    top[i] = best
  }
  return { classes, soft, negativeEntropy, top }
}
