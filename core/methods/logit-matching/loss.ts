import { crossEntropyTerm, meanOfTerms, weighing } from '../loss-terms.ts'
import type { Loss, Term } from '../loss-terms.ts'
import type { TaughtFrame } from '../method.ts'
import type { LogitMatchingSettings } from './reference.ts'

/** weight · Σ_k (z_s,k − z_t,k)² / K */
const squaredDifferenceTerm =
  (classes: number, teacher: Float32Array, weight: number): Term =>
  (logits, from, example, out) => {
    const base = example * classes
    let sum = 0
    for (let k = 0; k < classes; k++) {
      const d = (logits[from + k] ?? Number.NaN) - (teacher[base + k] ?? Number.NaN)
      out[k] = (out[k] ?? 0) + (weight * 2 * d) / classes
      sum += d * d
    }
    return (weight * sum) / classes
  }

export const loss = (
  { hardLabelWeight, logitWeight }: LogitMatchingSettings,
  { classes, labels, teacher }: TaughtFrame,
): Loss =>
  meanOfTerms(
    classes,
    [
      ...weighing(hardLabelWeight, crossEntropyTerm(classes, labels, hardLabelWeight)),
      ...weighing(logitWeight, squaredDifferenceTerm(classes, teacher, logitWeight)),
    ],
    null,
  )
