import { seedOf } from '../random/seed-of.ts'
import { stratifiedOrder } from './stratified-order.ts'

const classesOf = (labels: Int32Array): number => {
  let highest = -1
  for (const label of labels) if (label > highest) highest = label
  return highest + 1
}

/**
 * Splits examples into parts of the given sizes, for data without an official test set. Parts are disjoint, cover
 * all examples and hold each class within two examples of its proportional share; indices ascend within a part.
 * @throws RangeError where the sizes are not positive integers that add up to the number of examples.
 */
export const stratifiedSplit = <Part extends string>(
  labels: Int32Array,
  options: { seed: number; sizes: Record<Part, number> },
): Record<Part, Int32Array> => {
  const parts: [string, number][] = Object.entries(options.sizes)
  let sum = 0
  for (const [part, size] of parts) {
    if (!Number.isInteger(size) || size < 1) {
      throw new RangeError(`stratifiedSplit: size ${size} of ${part} is not a positive integer`)
    }
    sum += size
  }
  if (sum !== labels.length) {
    throw new RangeError(`stratifiedSplit: sizes add up to ${sum}, there are ${labels.length} examples`)
  }
  const order = stratifiedOrder(labels, classesOf(labels), seedOf('split', options.seed))
  const split: Record<string, Int32Array> = {}
  let from = 0
  for (const [part, size] of parts) {
    split[part] = order.slice(from, from + size).sort()
    from += size
  }
  return split
}

/**
 * Takes a stratified validation set of `count` examples out of the training set (each class within one example of
 * its share). Indices ascend in both parts.
 * @throws RangeError unless count is an integer from 1 to one less than the number of examples.
 */
export const holdOut = (
  labels: Int32Array,
  count: number,
  seed: number,
): { kept: Int32Array; held: Int32Array } => {
  if (!Number.isInteger(count) || count < 1 || count >= labels.length) {
    throw new RangeError(`holdOut: count ${count} is not an integer from 1 to ${labels.length - 1}`)
  }
  const order = stratifiedOrder(labels, classesOf(labels), seedOf('hold-out', seed))
  return { kept: order.slice(count).sort(), held: order.slice(0, count).sort() }
}
