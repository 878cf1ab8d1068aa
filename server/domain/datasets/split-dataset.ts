import { findCopies } from '../../../core/data/find-copies.ts'
import { holdOut, stratifiedSplit } from '../../../core/data/stratified-split.ts'
import type { ImageEntry, RawExamples } from './catalogue.ts'

export interface Part {
  /** [n, inputSize], row by row. */
  examples: Uint8Array
  labels: Int32Array
}

export interface SplitDataset {
  train: Part
  validation: Part
  test: Part
  testCopiesRemoved: number
}

/**
 * Training, validation and test part of images. An official test set is never changed; examples that are copies of
 * a test example are taken out of training and validation, and counted.
 */
export function splitDataset(entry: ImageEntry, splitSeed: number): SplitDataset {
  const { pool, officialTest, test: testSize } = entry.read()
  const whole: Part = { examples: pool.examples, labels: Int32Array.from(pool.labels) }
  let rest = whole
  let test: Part
  if (officialTest === null) {
    const drawn = stratifiedSplit(whole.labels, {
      seed: splitSeed,
      sizes: { test: testSize, rest: whole.labels.length - testSize },
    })
    test = take(whole, drawn.test, entry.inputSize)
    rest = take(whole, drawn.rest, entry.inputSize)
  } else {
    test = asPart(officialTest)
  }
  const copies = new Set(findCopies(rest.examples, entry.inputSize, test.examples))
  const clean = take(
    rest,
    Int32Array.from(rest.labels.keys()).filter((row) => !copies.has(row)),
    entry.inputSize,
  )
  const { kept, held } = holdOut(clean.labels, entry.validation, splitSeed)
  return {
    train: take(clean, kept, entry.inputSize),
    validation: take(clean, held, entry.inputSize),
    test,
    testCopiesRemoved: copies.size,
  }
}

const asPart = (raw: RawExamples): Part => ({ examples: raw.examples, labels: Int32Array.from(raw.labels) })

function take(part: Part, rows: Int32Array, inputSize: number): Part {
  const examples = new Uint8Array(rows.length * inputSize)
  rows.forEach((row, at) => {
    examples.set(part.examples.subarray(row * inputSize, (row + 1) * inputSize), at * inputSize)
  })
  return { examples, labels: rows.map((row) => part.labels[row] ?? 0) }
}
