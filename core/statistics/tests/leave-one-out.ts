import type { ComparedRows } from '../variance/compared-rows.ts'
import { crossedParts } from '../variance/crossed-variance.ts'
import { intervals } from '../variance/interval.ts'
import { type TwoWay, twoWay } from '../../mathematics/two-way.ts'
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
  paired: boolean
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

/** The parts without a planned seed, paired: one row of the table of differences. */
const pairedWithout = (rows: ComparedRows, range: number): ((seed: number) => VarianceParts) => {
  const table = twoWay(rows.arm, rows.control)
  return (seed) => {
    const k = rows.seeds.indexOf(seed)
    return crossedParts(withoutRow(table, k, difference(rows.arm[k], rows.control[k])), range)
  }
}

/** Unpaired, the seed goes from each arm that has it. */
const unpairedWithout = (rows: ComparedRows, range: number): ((seed: number) => VarianceParts) => {
  const arm = twoWay(rows.arm, null)
  const control = twoWay(rows.control, null)
  const less = (table: TwoWay, values: readonly Float64Array[], k: number): TwoWay => {
    const row = values[k]
    return row === undefined ? table : withoutRow(table, k, row)
  }
  return (seed) =>
    unpairedVariance(
      less(arm, rows.arm, rows.seeds.indexOf(seed)),
      less(control, rows.control, rows.controlSeeds.indexOf(seed)),
      range,
    )
}

/**
 * The word of a comparison with each of its seeds left out in turn: same level, margin and formulas, one seed fewer.
 * O(S N) in all.
 * @throws RangeError where an arm has fewer than three seeds.
 */
export const leaveOneOut = <Word>({
  rows,
  paired,
  range,
  alpha,
  corrected,
  readWord,
}: LeaveOneOutInput<Word>): LeftOut<Word>[] => {
  const without = paired ? pairedWithout(rows, range) : unpairedWithout(rows, range)
  const seeds = [...new Set([...rows.seeds, ...rows.controlSeeds])].sort((a, b) => a - b)
  return seeds.map((seed) => {
    const parts = without(seed)
    if (withoutSpread(parts) && parts.estimate !== 0) return { seed, word: null }
    return { seed, word: readWord(intervals(parts, alpha, corrected).simultaneous) }
  })
}
