import { countExamples, logSoftmaxRow } from '../mathematics/log-softmax.ts'

/** One entry an example. */
export interface QualityColumns {
  predicted: Int32Array
  /** 1 where the predicted class is the label, else 0. */
  correct: Uint8Array
  /** −log p(label), nats. */
  nll: Float64Array
  /** Σ_k (p_k − 1[k = label])², 0 to 2 (Brier 1950). */
  brier: Float64Array
  /** Probability of the predicted class. */
  confidence: Float64Array
}

/**
 * @param logits row-major [N, classes]. @param labels [N], each 0 to classes − 1.
 * @throws RangeError where shapes do not agree, a label is no class or a logit is not finite.
 */
export const qualityColumns = (logits: Float32Array, labels: Int32Array, classes: number): QualityColumns => {
  const n = countExamples(logits, classes)
  if (labels.length !== n) throw new RangeError(`${labels.length} labels for ${n} examples`)
  const columns: QualityColumns = {
    predicted: new Int32Array(n),
    correct: new Uint8Array(n),
    nll: new Float64Array(n),
    brier: new Float64Array(n),
    confidence: new Float64Array(n),
  }
  const logP = new Float64Array(classes)
  for (let i = 0; i < n; i++) {
    const label = labels[i] ?? -1
    if (label < 0 || label >= classes) {
      throw new RangeError(`label ${label} of example ${i} is outside 0 to ${classes - 1}`)
    }
    const top = logSoftmaxRow(logits, i * classes, classes, logP)
    let brier = 0
    for (let k = 0; k < classes; k++) {
      const p = Math.exp(logP[k] ?? 0)
      brier += k === label ? (p - 1) ** 2 : p ** 2
    }
    columns.predicted[i] = top
    columns.correct[i] = top === label ? 1 : 0
    // 0 − x, so that a certain and right prediction has 0 and not −0.
    columns.nll[i] = 0 - (logP[label] ?? 0)
    columns.brier[i] = brier
    columns.confidence[i] = Math.exp(logP[top] ?? 0)
  }
  return columns
}
