import type { ComparedRows } from '../variance/compared-rows.ts'
import type { ComparedTables } from '../variance/compared-tables.ts'
import { crossedParts } from '../variance/crossed-variance.ts'
import { intervals } from '../variance/interval.ts'
import type { TwoWay } from '../../mathematics/two-way.ts'
import { unpairedVariance } from '../variance/unpaired-variance.ts'
import { type VarianceParts, withoutSpread } from '../variance/variance-parts.ts'
import { withoutRow } from '../../mathematics/without-row.ts'

/** @typeParam Word what an interval is read as */
export interface LeftOut<Word> {
  seed: number
  /** null where no difference varies any more, so that chance cannot be judged. */
  word: Word | null
}

interface LeaveOneOutInput<Word> {
  rows: ComparedRows
  /** Of these rows. */
  tables: ComparedTables
  /** R of the scores. */
  range: number
  alpha: number
  /** M */
  corrected: number
  readWord: (simultaneous: [number, number]) => Word
}

const difference = (
  arm: Float64Array = new Float64Array(),
  control: Float64Array = new Float64Array(),
): Float64Array => {
  const row = new Float64Array(arm)
  for (let i = 0; i < row.length; i++) row[i] = (row[i] ?? 0) - (control[i] ?? 0)
  return row
}

/** The parts without a planned seed: one row less of the table of differences, or of each arm that has the seed. */
const partsWithout = (
  rows: ComparedRows,
  tables: ComparedTables,
  range: number,
): ((seed: number) => VarianceParts) => {
  const less = (table: TwoWay, seeds: readonly number[], seed: number, row?: Float64Array): TwoWay =>
    row === undefined ? table : withoutRow(table, seeds.indexOf(seed), row)
  switch (tables.design) {
    case 'paired':
      return (seed) => {
        const k = rows.seeds.indexOf(seed)
        const row = difference(rows.arm[k], rows.control[k])
        return crossedParts(less(tables.difference, rows.seeds, seed, row), range)
      }
    case 'unpaired':
      return (seed) =>
        unpairedVariance(
          less(tables.arm, rows.seeds, seed, rows.arm[rows.seeds.indexOf(seed)]),
          less(tables.control, rows.controlSeeds, seed, rows.control[rows.controlSeeds.indexOf(seed)]),
          range,
        )
    case 'networks':
      throw new RangeError('rows: one seed cannot be left out')
  }
}

/**
 * The word of a comparison with each of its seeds left out in turn: same level, margin and formulas, one seed fewer.
 * O(S N) in all.
 * @throws RangeError where an arm has fewer than three seeds.
 */
export const leaveOneOut = <Word>({
  rows,
  tables,
  range,
  alpha,
  corrected,
  readWord,
}: LeaveOneOutInput<Word>): LeftOut<Word>[] => {
  const without = partsWithout(rows, tables, range)
  const seeds = [...new Set([...rows.seeds, ...rows.controlSeeds])].sort((a, b) => a - b)
  return seeds.map((seed) => {
    const parts = without(seed)
    if (withoutSpread(parts) && parts.estimate !== 0) return { seed, word: null }
    return { seed, word: readWord(intervals(parts, alpha, corrected).simultaneous) }
  })
}
