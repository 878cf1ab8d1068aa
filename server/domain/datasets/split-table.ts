import type { DataSpec } from '../../../core/contracts/protocol.ts'
import { groupEqualRows } from '../../../core/data/group-equal-rows.ts'
import { groupedSplit } from '../../../core/data/grouped-split.ts'
import { measureColumns, standardise, type Standardisation } from '../../../core/data/standardise.ts'
import type { TableEntry } from './catalogue.ts'
import { readTable } from './read-table.ts'

interface TablePart {
  /** [n, features], row by row, standardised. */
  examples: Float32Array
  labels: Int32Array
}

export interface SplitTable {
  train: TablePart
  validation: TablePart
  test: TablePart
  /** [n test examples]. */
  testGroups: Int32Array
  groups: NonNullable<DataSpec['groups']>
  /** Of the training part alone. */
  standardisation: Standardisation
  featureNames: string[]
  classNames: string[]
}

/** Training, validation and test part of a table: rows with equal inputs stand in one part, whatever their labels. */
export function splitTable(entry: TableEntry, splitSeed: number): SplitTable {
  const { featureNames, features, classNames, labels } = readTable(entry.read(), {
    name: entry.label,
    target: entry.target,
  })
  const size = featureNames.length
  const { groups, duplicated, copies, twoLabels } = groupEqualRows(features, size, labels)
  const { test, validation } = entry
  const rows = groupedSplit(labels, groups, {
    seed: splitSeed,
    sizes: { test, validation, train: labels.length - test - validation },
  })
  const raw = (part: Int32Array): Float64Array => pickRows(features, size, part)
  const standardisation = measureColumns(raw(rows.train), size)
  const partOf = (part: Int32Array): TablePart => ({
    examples: standardise(raw(part), standardisation),
    labels: pick(labels, part),
  })
  const testGroups = pick(groups, rows.test)
  return {
    train: partOf(rows.train),
    validation: partOf(rows.validation),
    test: partOf(rows.test),
    testGroups,
    groups: { duplicated, copies, twoLabels, test: new Set(testGroups).size },
    standardisation,
    featureNames,
    classNames,
  }
}

const pick = (values: Int32Array, rows: Int32Array): Int32Array => rows.map((row) => values[row] ?? 0)

function pickRows(values: Float64Array, size: number, rows: Int32Array): Float64Array {
  const picked = new Float64Array(rows.length * size)
  rows.forEach((row, at) => picked.set(values.subarray(row * size, (row + 1) * size), at * size))
  return picked
}
