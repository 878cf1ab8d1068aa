import type { Interval } from '../contracts/verdict.ts'
import { crossedVariance } from './crossed-variance.ts'
import { twoWay } from './two-way.ts'
import { unpairedVariance } from './unpaired-variance.ts'
import type { VarianceParts } from './variance-parts.ts'

/**
 * arm − teacher. With one row the inference is about this one checkpoint: d[s,i] = y[m,s,i] − y[T,i], the teacher's row
 * repeated, crossed variance, ν = S − 1. With three or more rows, trained independently, it is about such teachers: the
 * unpaired formula.
 * @param arm S × N scores, higher is better, S ≥ 2. @param teachers one row, or at least three.
 * @param range R of the scores, `rangeOf`.
 * @throws RangeError for no or two teachers, rows of unlike lengths, fewer than two seeds or examples.
 */
export const againstTeacher = (
  arm: readonly Float64Array[],
  teachers: readonly Float64Array[],
  range: number,
): VarianceParts & { seedVariance: number; degreesOfFreedom: number } => {
  const [teacher] = teachers
  if (teacher === undefined || teachers.length === 2) {
    throw new RangeError(`teachers: ${teachers.length} rows, one checkpoint or at least three are compared`)
  }
  for (const row of [...arm, ...teachers]) {
    if (row.length !== teacher.length)
      throw new RangeError(`scores: ${row.length} examples, the teacher has ${teacher.length}`)
  }
  if (teachers.length > 1) return unpairedVariance(twoWay(arm, null), twoWay(teachers, null), range)
  return crossedVariance(
    arm,
    arm.map(() => teacher),
    range,
  )
}

/** How a student stands to its teacher, with what the interval says beyond it. */
export type TeacherReading =
  | { word: 'better'; detail: 'by-margin' | 'margin-open' }
  | { word: 'as good'; detail: 'equivalent' | 'not-worse' }
  | { word: 'worse'; detail: 'by-margin' }
  | { word: 'not shown'; detail: 'loss-margin-open' | 'at-most-better' | 'wide' }

/**
 * Where the simultaneous interval of student − teacher lies: *better* above 0, *worse* below −δ, *as good* (within δ)
 * where its lower end is above −δ, a one-sided test of non-inferiority at alpha/2; else *not shown*.
 * @param margin δ > 0, in the units of the interval.
 * @throws RangeError for a margin that is not positive and finite.
 */
export const readTeacherWord = ([low, high]: Interval, margin: number): TeacherReading => {
  if (!(margin > 0) || !Number.isFinite(margin)) throw new RangeError(`margin ${margin} is not positive`)
  if (low > 0) return { word: 'better', detail: low >= margin ? 'by-margin' : 'margin-open' }
  if (high < -margin) return { word: 'worse', detail: 'by-margin' }
  if (low > -margin) return { word: 'as good', detail: high < margin ? 'equivalent' : 'not-worse' }
  if (high < 0) return { word: 'not shown', detail: 'loss-margin-open' }
  return { word: 'not shown', detail: high < margin ? 'at-most-better' : 'wide' }
}
