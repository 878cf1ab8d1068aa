import type { ComparisonWord, SpokenMetric } from '../contracts/verdict.ts'
import type { NoSignFlip, Sensitivity } from './comparison.ts'
import type { Interval } from '../mathematics/interval.ts'
import { type ComparedRows, runMeans } from '../statistics/variance/compared-rows.ts'
import type { ComparedTables } from '../statistics/variance/compared-tables.ts'
import { leaveOneOut } from '../statistics/tests/leave-one-out.ts'
import { nextRunBeats } from '../statistics/tests/next-run-beats.ts'
import { pValue } from '../statistics/tests/p-value.ts'
import { intervals } from '../statistics/variance/interval.ts'
import { mostFlippedSeeds, signFlipP } from '../statistics/tests/sign-flip.ts'
import type { VarianceParts } from '../statistics/variance/variance-parts.ts'
import { readInterval, wordOf } from './word.ts'

/** With fewer seeds the sign-flip p cannot reach 0.05, and one seed less widens any interval past use. */
export const fewestLeftOut = 6

interface SensitivityInput {
  rows: ComparedRows
  tables: ComparedTables
  parts: VarianceParts
  paired: boolean
  /** R of the scores. */
  range: number
  alpha: number
  /** Part of the family's alpha that this look spends; 1 with one look. */
  alphaShare: number
  /** M */
  corrected: number
  margin: number
  metric: SpokenMetric
  /** The word of the comparison; without one nothing is claimed about it. */
  word: ComparisonWord | null
}

const signFlip = ({
  rows,
  parts,
  paired,
}: SensitivityInput): Pick<Sensitivity, 'signFlip' | 'noSignFlip'> => {
  const seeds = rows.seeds.length
  const none = (noSignFlip: NoSignFlip): Pick<Sensitivity, 'signFlip' | 'noSignFlip'> => ({
    signFlip: null,
    noSignFlip,
  })
  if (!paired) return none({ why: 'unpaired' })
  if (seeds < fewestLeftOut) return none({ why: 'too-few-seeds', seeds })
  if (seeds > mostFlippedSeeds) return none({ why: 'too-many-seeds', seeds })
  return { signFlip: signFlipP(parts.perSeed), noSignFlip: null }
}

const leftOut = (input: SensitivityInput): Sensitivity['leaveOneOut'] => {
  const { rows, tables, range, alpha, corrected, margin, metric, word } = input
  if (word === null || Math.min(rows.seeds.length, rows.controlSeeds.length) < fewestLeftOut) return null
  return leaveOneOut({
    rows,
    tables,
    range,
    alpha,
    corrected,
    readWord: (simultaneous) => wordOf(metric, readInterval(simultaneous, margin).word),
  })
}

/** p counts the looks, so that it stands against the whole alpha: p ≤ α where the look's own p is ≤ its share of α. */
const overLooks = (p: number | null, alphaShare: number): number | null =>
  p === null ? null : Math.min(1, p / alphaShare)

/** New seeds on exactly these examples: the test set is not a sample then, so its part is 0. */
const onThisTestSet = ({ parts, alpha, corrected }: SensitivityInput): Interval | null =>
  parts.seedVariance === null
    ? null
    : intervals({ ...parts, exampleVariance: 0 }, alpha, corrected).simultaneous

/**
 * The lines beside a comparison: p by inversion, U/(S_a S_b), and from six seeds on the exact sign-flip p (paired) and
 * the word without each seed. Holm's p needs the whole family and is added there.
 * @param input.parts of these rows; at least one seed an arm.
 */
export const sensitivityOf = (input: SensitivityInput): Omit<Sensitivity, 'holm'> => {
  const { rows, parts } = input
  return {
    p: overLooks(pValue(parts), input.alphaShare),
    nextRunBeats: nextRunBeats(runMeans(rows.arm), runMeans(rows.control)),
    pairs: rows.arm.length * rows.control.length,
    ...signFlip(input),
    leaveOneOut: leftOut(input),
    thisTestSet: onThisTestSet(input),
  }
}
