/**
 * The terms of the reference losses: written as the formulas of docs/distillation.md, in float64, for tests and for
 * reading. What the trainer computes (loss-terms.ts) is held to these.
 * K classes; z_s and z_t are logits of student and teacher; p^T = softmax(z / T). Nats.
 */

/** Loss and its gradient with respect to the student's logits. */
export interface LossAndGradient {
  loss: number
  gradient: number[]
}

/** The mean over a batch, and its gradient, one row an example. */
export interface BatchLoss {
  loss: number
  gradient: number[][]
}

export interface ReferenceBatch {
  /** Student logits, one row an example, labelled examples first. */
  student: readonly (readonly number[])[]
  /** Labels of the labelled examples; the rest of the batch is unlabelled. */
  labels: readonly number[]
  /** Teacher logits, row by row as `student`; null where the method needs none. */
  teacher: readonly (readonly number[])[] | null
}

/** log softmax(z / T), stable for any finite logits. */
export function logSoftmax(logits: readonly number[], temperature = 1): number[] {
  const scaled = logits.map((z) => z / temperature)
  const top = Math.max(...scaled)
  const logSum = top + Math.log(scaled.reduce((sum, z) => sum + Math.exp(z - top), 0))
  return scaled.map((z) => z - logSum)
}

/** The first of the largest logits: ties go to the lowest class. */
export function topClass(logits: readonly number[]): number {
  return logits.indexOf(Math.max(...logits))
}

/** (1 − ε)·onehot(y) + ε/K (Szegedy et al. 2016, section 7); ε = 0 gives the plain label. */
export function smoothedLabel(label: number, classes: number, smoothing: number): number[] {
  if (!Number.isInteger(label) || label < 0 || label >= classes)
    throw new RangeError(`label ${label} is not a class from 0 to ${classes - 1}`)
  return Array.from({ length: classes }, (_, k) => (k === label ? 1 - smoothing : 0) + smoothing / classes)
}

/** CE(q, z_s) = −Σ_k q_k log softmax(z_s)_k for a target distribution q; gradient softmax(z_s) − q. */
export function crossEntropy(student: readonly number[], target: readonly number[]): LossAndGradient {
  const logP = logSoftmax(student)
  return {
    loss: -logP.reduce((sum, l, k) => sum + (target[k] ?? 0) * l, 0),
    gradient: logP.map((l, k) => Math.exp(l) - (target[k] ?? 0)),
  }
}

/** CE with a label, smoothed by ε. */
export const labelLoss = (student: readonly number[], label: number, smoothing = 0): LossAndGradient =>
  crossEntropy(student, smoothedLabel(label, student.length, smoothing))

/**
 * T²·KL(p_t^T ‖ p_s^T), summed over classes (Hinton, Vinyals and Dean 2015, section 2); gradient T·(p_s^T − p_t^T).
 * The KL form: 0 where the student equals its teacher.
 */
export function softTargetLoss(
  student: readonly number[],
  teacher: readonly number[],
  temperature: number,
): LossAndGradient {
  const logS = logSoftmax(student, temperature)
  const logT = logSoftmax(teacher, temperature)
  const kl = logT.reduce((sum, l, k) => sum + Math.exp(l) * (l - (logS[k] ?? 0)), 0)
  return {
    loss: temperature ** 2 * kl,
    gradient: logS.map((l, k) => temperature * (Math.exp(l) - Math.exp(logT[k] ?? 0))),
  }
}

/** Σ weight · term */
export const weighted = (...terms: readonly (readonly [number, LossAndGradient])[]): LossAndGradient => ({
  loss: terms.reduce((sum, [weight, term]) => sum + weight * term.loss, 0),
  gradient: (terms[0]?.[1].gradient ?? []).map((_, k) =>
    terms.reduce((sum, [weight, term]) => sum + weight * (term.gradient[k] ?? 0), 0),
  ),
})

/**
 * The mean over the whole batch, labelled and unlabelled examples alike, of the loss of each example.
 * @param lossOf `label` is null for an unlabelled example
 */
export function meanOverBatch(
  { student, labels }: ReferenceBatch,
  lossOf: (student: readonly number[], label: number | null, index: number) => LossAndGradient,
): BatchLoss {
  const size = student.length
  const rows = student.map((logits, i) => lossOf(logits, labels[i] ?? null, i))
  return {
    loss: rows.reduce((sum, row) => sum + row.loss, 0) / size,
    gradient: rows.map((row) => row.gradient.map((g) => g / size)),
  }
}
