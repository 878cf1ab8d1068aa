import { seedOf } from '../random/seed-of.ts'
import { stratifiedOrder } from './stratified-order.ts'

/**
 * The labelled examples that a seed sees: indices into the training set, stratified (each class within one example
 * of its proportional share) and nested: for one seed the smaller subset is the beginning of the larger.
 * The order is fixed by seed and labels alone.
 * @throws RangeError unless count is an integer from 1 to the number of examples.
 */
export const labelledSubset = (
  labels: Int32Array,
  classes: number,
  count: number,
  seed: number,
): Int32Array => {
  if (!Number.isInteger(count) || count < 1 || count > labels.length) {
    throw new RangeError(`labelledSubset: count ${count} is not an integer from 1 to ${labels.length}`)
  }
  return stratifiedOrder(labels, classes, seedOf('labelled-subset', seed)).slice(0, count)
}
