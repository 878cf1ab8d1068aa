import type { ClassDifference, TeacherSplit } from '../contracts/claims.ts'
import type { Interval } from '../mathematics/interval.ts'
import type { Estimate } from '../contracts/views.ts'
import { groupRows } from '../statistics/variance/compared-rows.ts'
import { comparedTables, partsOf } from '../statistics/variance/compared-tables.ts'
import { holmAdjusted } from '../statistics/tests/holm.ts'
import { halfWidth } from '../statistics/variance/interval.ts'
import { meanInterval } from '../mathematics/mean-interval.ts'
import { pValue } from '../statistics/tests/p-value.ts'
import { fewestUnits } from './word-rules.ts'
import { rangeOf } from './range-of.ts'

export interface PerClassInput {
  /** One row of correctness a seed, 0 to 1, [N]; paired: the same seeds in the same order. */
  arm: readonly Float64Array[]
  control: readonly Float64Array[]
  /** [N], each 0 to classes − 1. */
  labels: Int32Array
  classes: number
  paired: boolean
  /** [N]: examples of one group are one observation. Left out: each stands for itself. */
  groups?: ArrayLike<number>
  /** Two-sided error: of each interval alone, and of all losses and gains that are shown together. */
  alpha: number
}

const overall = (rows: readonly Float64Array[]): number =>
  rows.reduce((sum, row) => sum + row.reduce((total, value) => total + value, 0) / row.length, 0) /
  rows.length

/**
 * Difference in accuracy on the examples of each class, with the interval of docs/statistics.md (seeds × examples of
 * that class; one seed: examples alone). The classes are looked at after the fact: exploratory, never a verdict. Which of
 * them lose or gain is said after Holm's correction over the classes with at least ten test examples (groups), so that one
 * of them is said falsely with a probability of at most alpha.
 * @returns an entry a class that has test examples; fractions. No interval below two examples (groups).
 * @throws RangeError for arms without a seed, paired arms of unlike length, and rows or groups that are not as long as
 * `labels`.
 */
export const perClassDifferences = (input: PerClassInput): ClassDifference[] => {
  const { arm, control, labels, classes, paired, groups, alpha } = input
  if (arm.length === 0 || control.length === 0) throw new RangeError('arm and control: no seed')
  if (paired && arm.length !== control.length)
    throw new RangeError(`control: ${control.length} seeds, the paired arm has ${arm.length}`)
  for (const row of [...arm, ...control])
    if (row.length !== labels.length)
      throw new RangeError(`scores: ${row.length} examples for ${labels.length} labels`)
  if (groups !== undefined && groups.length !== labels.length)
    throw new RangeError(`groups: ${groups.length} for ${labels.length} labels`)
  const found = Array.from({ length: classes }, (_, label) => label).flatMap((label) => {
    const of = Int32Array.from(labels.keys()).filter((i) => labels[i] === label)
    if (of.length === 0) return []
    const only = (rows: readonly Float64Array[]): Float64Array[] =>
      rows.map((row) => Float64Array.from(of, (i) => row[i] ?? 0))
    const units = (rows: readonly Float64Array[]): Float64Array[] =>
      groups === undefined
        ? only(rows)
        : groupRows(
            only(rows),
            Array.from(of, (i) => groups[i] ?? 0),
          )
    const [own, other] = [units(arm), units(control)]
    const means = { arm: overall(own), control: overall(other) }
    const estimate = means.arm - means.control
    const count = own[0]?.length ?? 0
    const tables = count < 2 ? null : comparedTables({ arm: own, control: other }, paired)
    const parts = tables === null ? null : partsOf(tables, rangeOf('accuracy'))
    const half = parts === null ? 0 : halfWidth(parts, alpha)
    const interval: Interval | null = parts === null ? null : [estimate - half, estimate + half]
    const p = parts === null || count < fewestUnits ? null : pValue(parts)
    return [{ one: { label, examples: of.length, ...means, estimate, interval }, p }]
  })
  return withHolm(found, alpha)
}

interface WithP {
  one: Omit<ClassDifference, 'holmP' | 'shown'>
  p: number | null
}

/** A class with too few test examples is not asked, and not counted. */
const withHolm = (found: readonly WithP[], alpha: number): ClassDifference[] => {
  const asked = found.flatMap(({ p, one: { label } }) => (p === null ? [] : [{ p, label }]))
  const adjusted = holmAdjusted(
    asked.map(({ p }) => p),
    Math.max(asked.length, 1),
  )
  const byLabel = new Map(asked.map(({ label }, at) => [label, adjusted[at] ?? null]))
  return found.map(({ one }) => {
    const holmP = byLabel.get(one.label) ?? null
    const shown = holmP === null || holmP > alpha ? null : one.estimate < 0 ? 'loss' : 'gain'
    return { ...one, holmP, shown }
  })
}

/** The answers of one run to the test set; `predicted` is null for a diverged run, which guesses evenly. */
export interface RunAnswers {
  predicted: Int32Array | null
}

const estimateOf = (values: readonly number[]): Estimate | null => {
  if (values.length === 0) return null
  const { mean, half, n } = meanInterval(values)
  return { mean, half, n }
}

/**
 * How runs answer where their teacher is right and where it is wrong: fractions of those examples, mean and 95 %
 * interval over runs. A diverged run is right, and agrees, by the even guess: 1/classes.
 * @param teacher predicted classes, [N]. @param labels [N].
 * @throws RangeError where lengths differ.
 */
export const splitByTeacher = (
  runs: readonly RunAnswers[],
  teacher: Int32Array,
  labels: Int32Array,
  classes: number,
): TeacherSplit => {
  for (const { predicted } of [{ predicted: teacher }, ...runs])
    if (predicted !== null && predicted.length !== labels.length)
      throw new RangeError(`predicted: ${predicted.length} examples for ${labels.length} labels`)
  let right = 0
  for (let i = 0; i < labels.length; i++) if (teacher[i] === labels[i]) right++
  const wrong = labels.length - right
  const share = (counts: (i: number, predicted: Int32Array) => boolean, of: number): Estimate | null =>
    of === 0
      ? null
      : estimateOf(
          runs.map(({ predicted }) => {
            if (predicted === null) return 1 / classes
            let hits = 0
            for (let i = 0; i < labels.length; i++) if (counts(i, predicted)) hits++
            return hits / of
          }),
        )
  const isRight = (i: number): boolean => teacher[i] === labels[i]
  return {
    right: { examples: right, correct: share((i, p) => isRight(i) && p[i] === labels[i], right) },
    wrong: {
      examples: wrong,
      correct: share((i, p) => !isRight(i) && p[i] === labels[i], wrong),
      repeated: share((i, p) => !isRight(i) && p[i] === teacher[i], wrong),
    },
  }
}
