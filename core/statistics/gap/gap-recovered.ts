import type { Interval } from '../../mathematics/interval.ts'
import { runMeans } from '../variance/compared-rows.ts'
import { crossedVariance } from '../variance/crossed-variance.ts'
import { fieller } from '../../mathematics/fieller.ts'
import { intervals } from '../variance/interval.ts'
import { jointTwoWay, type Pair } from '../../mathematics/joint-two-way.ts'
import { tQuantile } from '../../mathematics/quantiles.ts'
import { twoWay } from '../../mathematics/two-way.ts'
import { unpairedGap } from './unpaired-gap.ts'
import { unseenVariance } from '../variance/unseen-variance.ts'
import { seedFloorShare } from '../variance/variance-parts.ts'

export interface GapInput {
  /** Scores of S seeds × N examples, higher is better. */
  arm: readonly Float64Array[]
  /** Paired: the same seeds in the same order. */
  control: readonly Float64Array[]
  /** One fixed checkpoint, [N]. */
  teacher: Float64Array
  paired: boolean
  /** R of the scores, `rangeOf`. */
  range: number
  /** Two-sided error of this one comparison, already divided by M. */
  alpha: number
}

export interface GapRecovered {
  /** R = (arm − control)/(teacher − control): 1 where the arm reaches the teacher. null where they are equal. */
  estimate: number | null
  interval: Interval | null
  /** Why there is no interval; set exactly when it is null. */
  none: 'teacher-not-shown' | 'teacher-worse' | null
}

const meanOf = (rows: readonly Float64Array[]): number =>
  runMeans(rows).reduce((sum, m) => sum + m, 0) / rows.length

const checkInput = ({ arm, control, teacher, paired, alpha }: GapInput): void => {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha ${alpha} is not between 0 and 1`)
  if (paired && arm.length !== control.length)
    throw new RangeError(`control: ${control.length} seeds, the paired arm has ${arm.length}`)
  for (const [name, rows] of Object.entries({ arm, control })) {
    for (const row of rows)
      if (row.length !== teacher.length)
        throw new RangeError(`${name}: ${row.length} examples, the teacher has ${teacher.length}`)
  }
}

/** The smallest interval around all; null where one of the sets has no ends. */
const pairedInterval = ({ arm, control, teacher, range, alpha }: GapInput): Interval | null => {
  const teachers = control.map(() => teacher)
  const one = twoWay(arm, control)
  const two = twoWay(teachers, control)
  const base = (s: number, i: number): number => control[s]?.[i] ?? 0
  const { seed, example, residual } = jointTwoWay(
    [one, (s, i) => (arm[s]?.[i] ?? 0) - base(s, i)],
    [two, (s, i) => (teacher[i] ?? 0) - base(s, i)],
  )
  const t2 = tQuantile(1 - alpha / 2, arm.length - 1) ** 2
  const tn2 = tQuantile(1 - alpha / 2, teacher.length - 1) ** 2
  // The same at every R, so that it joins the part without R alone.
  const unseen = tn2 * unseenVariance(range, teacher.length)
  const mix = (of: (pair: 'aa' | 'bb' | 'ab') => number): Pair => ({
    aa: of('aa'),
    bb: of('bb'),
    ab: of('ab'),
  })
  const ends: number[] = []
  for (const seedPart of [seed, mix((k) => seedFloorShare * residual[k])]) {
    for (const examplePart of [mix((k) => example[k] - residual[k]), mix(() => 0)]) {
      const v = mix((k) => t2 * seedPart[k] + tn2 * examplePart[k])
      const found = fieller({ a: one.mean, b: two.mean, vaa: v.aa + unseen, vbb: v.bb, vab: v.ab })
      if (found.kind === 'unbounded') return null
      if (found.kind === 'interval') ends.push(...found.interval)
    }
  }
  return ends.length === 0 ? null : [Math.min(...ends), Math.max(...ends)]
}

/** Teacher − control. A fixed teacher has no seeds of its own, so pairing changes nothing. */
const denominatorInterval = ({ control, teacher, range, alpha }: GapInput): Interval => {
  const teachers = control.map(() => teacher)
  return intervals(crossedVariance(teachers, control, range), alpha, 1).individual
}

/**
 * Share of the gap between the control and one fixed teacher that the arm closes, with the set of all R for which 0 is
 * in the interval of arm − control − R (teacher − control), by the variance parts of the comparison itself. Paired,
 * MS_s, MS_i and MS_r of that difference are quadratic in R. The seed floor, max(MS_s, 0.1 MS_r), and max(MS_i − MS_r, 0)
 * make four quadratics of it, and the set is the union of four Fieller sets: the floor holds at every R, which
 * no floor on the single (co)variances would give. The interval goes around all four. The term 4 r²/N² of scores of range r
 * does not vary with R.
 * Unpaired: `unpairedGap`.
 * It has no interval where the interval of teacher − control, at the same level, holds 0 or lies below: then the set
 * has no ends (an unbounded set is never shown as an interval), or the question has no sense.
 * @throws RangeError for fewer than two seeds or examples, rows of unlike lengths, paired arms of unlike numbers of
 * seeds, alpha outside (0, 1).
 */
export const gapRecovered = (input: GapInput): GapRecovered => {
  checkInput(input)
  const one = meanOf(input.arm)
  const two = meanOf(input.control)
  const top = meanOf([input.teacher])
  const gap = top - two
  // What rounding leaves of equal means would be a share of any size.
  const equal = Math.abs(gap) <= 1e-12 * Math.max(Math.abs(top), Math.abs(two))
  const estimate = equal ? null : (one - two) / gap
  const [low, high] = denominatorInterval(input)
  if (high < 0) return { estimate, interval: null, none: 'teacher-worse' }
  if (low <= 0) return { estimate, interval: null, none: 'teacher-not-shown' }
  const interval = input.paired ? pairedInterval(input) : unpairedGap(input)
  return { estimate, interval, none: interval === null ? 'teacher-not-shown' : null }
}
