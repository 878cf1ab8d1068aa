/**
 * Writes log softmax of one row of logits into `out`, in float64: z − max − log Σ exp(z − max).
 * Finite for any finite logits, where log(softmax(z)) would be −∞.
 * @param logits row-major [N, classes]. @param from offset of the row. @param out `classes` long.
 * @returns the row's highest class; of equal ones the lowest index.
 * @throws RangeError for logits that are not finite.
 */
export const logSoftmaxRow = (
  logits: Float32Array,
  from: number,
  classes: number,
  out: Float64Array,
): number => {
  let top = 0
  let max = logits[from] ?? Number.NaN
  for (let k = 1; k < classes; k++) {
    const z = logits[from + k] ?? Number.NaN
    if (z > max) {
      max = z
      top = k
    }
  }
  let sum = 0
  for (let k = 0; k < classes; k++) sum += Math.exp((logits[from + k] ?? Number.NaN) - max)
  // max infinite or any NaN makes the sum NaN; −∞ among finite logits is caught by the row's own check.
  if (!Number.isFinite(sum)) throw new RangeError(`logits of example ${from / classes} are not finite`)
  const logSum = max + Math.log(sum)
  for (let k = 0; k < classes; k++) {
    const logP = (logits[from + k] ?? Number.NaN) - logSum
    if (logP === Number.NEGATIVE_INFINITY) {
      throw new RangeError(`logits of example ${from / classes} are not finite`)
    }
    out[k] = logP
  }
  return top
}

/**
 * Number of examples in row-major logits [N, classes].
 * @throws RangeError for fewer than 2 classes, no examples, or numbers that are no whole rows.
 */
export const countExamples = (logits: Float32Array, classes: number): number => {
  if (!Number.isInteger(classes) || classes < 2)
    throw new RangeError(`classes ${classes} is not an integer of 2 or more`)
  if (logits.length === 0) throw new RangeError('logits are empty')
  if (logits.length % classes !== 0) {
    throw new RangeError(`${logits.length} logits are no whole rows of ${classes} classes`)
  }
  return logits.length / classes
}
