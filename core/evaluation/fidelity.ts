import { countExamples, logSoftmaxRow } from '../mathematics/log-softmax.ts'
import { meanOf } from '../mathematics/mean-of.ts'

/** How closely a student follows its teacher, one entry an example. */
export interface FidelityColumns {
  /** 1 where both predict the same class. */
  agree: Uint8Array
  /** KL(teacher ‖ student) = Σ_k p_t (log p_t − log p_s) at temperature 1, nats. */
  kl: Float64Array
}

export interface Fidelity {
  /** Fraction of examples with the same top class. */
  agreement: number
  /** Nats. */
  kl: number
}

/**
 * Agreement and predictive KL as in Stanton et al. 2021 ("Does knowledge distillation really work?", section 3).
 * @param student row-major [N, classes]. @param teacher row-major [N, classes], the same examples in the same order.
 * @throws RangeError where shapes differ or a logit is not finite.
 */
export const fidelityColumns = (
  student: Float32Array,
  teacher: Float32Array,
  classes: number,
): FidelityColumns => {
  const n = countExamples(student, classes)
  if (teacher.length !== student.length) {
    throw new RangeError(`${student.length} logits of the student and ${teacher.length} of the teacher`)
  }
  const agree = new Uint8Array(n)
  const kl = new Float64Array(n)
  const logS = new Float64Array(classes)
  const logT = new Float64Array(classes)
  for (let i = 0; i < n; i++) {
    const topS = logSoftmaxRow(student, i * classes, classes, logS)
    const topT = logSoftmaxRow(teacher, i * classes, classes, logT)
    let sum = 0
    for (let k = 0; k < classes; k++) {
      const t = logT[k] ?? 0
      sum += Math.exp(t) * (t - (logS[k] ?? 0))
    }
    agree[i] = topS === topT ? 1 : 0
    // Never negative; rounding may leave −1e-17 where both agree.
    kl[i] = Math.max(sum, 0)
  }
  return { agree, kl }
}

export const summariseFidelity = (columns: FidelityColumns): Fidelity => ({
  agreement: meanOf(columns.agree),
  kl: meanOf(columns.kl),
})
