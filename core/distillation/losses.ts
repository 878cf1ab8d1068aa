import type { Method } from '../contracts/arm.ts'

/**
 * The reference losses: written as the formulas of docs/distillation.md, in float64, for tests and for reading.
 * The trainer computes the same numbers faster (workers/trainer/loss/objective.ts) and is held to these.
 * K classes; z_s and z_t are logits of student and teacher; p^T = softmax(z / T). Nats.
 */

/** Loss and its gradient with respect to the student's logits. */
export interface LossAndGradient {
  loss: number
  gradient: number[]
}

export interface LossBatch {
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

const weighted = (...terms: readonly (readonly [number, LossAndGradient])[]): LossAndGradient => ({
  loss: terms.reduce((sum, [weight, term]) => sum + weight * term.loss, 0),
  gradient: (terms[0]?.[1].gradient ?? []).map((_, k) =>
    terms.reduce((sum, [weight, term]) => sum + weight * (term.gradient[k] ?? 0), 0),
  ),
})

function exampleLoss(
  method: Method | null,
  student: readonly number[],
  label: number | null,
  teacher: readonly number[] | undefined,
): LossAndGradient {
  const classes = student.length
  const hard = (y: number, smoothing = 0): LossAndGradient =>
    crossEntropy(student, smoothedLabel(y, classes, smoothing))
  if (method === null || method.name === 'scratch' || method.name === 'label-smoothing') {
    if (label === null) throw new RangeError('this method learns from labelled examples only')
    return hard(label, method?.name === 'label-smoothing' ? method.smoothing : 0)
  }
  if (!teacher) throw new RangeError(`${method.name} needs the teacher's logits`)
  const { hardLabelWeight, softTargetWeight, temperature } = method
  if (label !== null) {
    const soft = softTargetLoss(student, teacher, temperature)
    return weighted([hardLabelWeight, hard(label)], [softTargetWeight, soft])
  }
  switch (method.name) {
    case 'soft-targets':
      throw new RangeError('soft-targets learns from labelled examples only')
    case 'soft-targets-unlabelled':
      return weighted([softTargetWeight, softTargetLoss(student, teacher, temperature)])
    case 'hard-labels-unlabelled':
      return weighted([softTargetWeight, hard(topClass(teacher))])
  }
}

/**
 * The loss of a batch under a method (null: the teacher's own plain cross-entropy): the mean over the whole batch,
 * labelled and unlabelled examples alike, and its gradient, one row an example.
 * @throws RangeError for an empty batch, a missing teacher, or unlabelled examples that the method cannot use.
 */
export function batchLoss(method: Method | null, batch: LossBatch): { loss: number; gradient: number[][] } {
  const size = batch.student.length
  if (size === 0) throw new RangeError('a batch needs at least one example')
  const rows = batch.student.map((student, i) =>
    exampleLoss(method, student, batch.labels[i] ?? null, batch.teacher?.[i]),
  )
  return {
    loss: rows.reduce((sum, row) => sum + row.loss, 0) / size,
    gradient: rows.map((row) => row.gradient.map((g) => g / size)),
  }
}
