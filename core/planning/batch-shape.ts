import type { Method } from '../contracts/arm.ts'
import { openMethod } from '../methods/registry.ts'

/** How a batch is made up: the first `labelled` of its `size` examples have labels. */
export interface BatchShape {
  size: number
  labelled: number
}

/**
 * A batch is never larger than the labelled examples of the seed, in every arm alike. Methods with unlabelled examples
 * draw round(size · unlabelledShare) of them, at least 1 and at most size − 1.
 * @param method null: the teacher, for which all training examples are labelled.
 * @throws RangeError where a batch has no room for both kinds.
 */
export function batchShape(method: Method | null, batchSize: number, labelledExamples: number): BatchShape {
  const size = Math.min(batchSize, labelledExamples)
  const { card, unlabelledShare } = openMethod(method)
  if (!card.needs.unlabelled) return { size, labelled: size }
  if (size < 2) {
    throw new RangeError(
      `A batch of ${size} has no room for labelled and unlabelled examples. Use batches and labels of 2 or more.`,
    )
  }
  const unlabelled = Math.min(Math.max(Math.round(size * unlabelledShare), 1), size - 1)
  return { size, labelled: size - unlabelled }
}
