import { crossedVariance } from './crossed-variance.ts'
import { twoWay } from '../../mathematics/two-way.ts'
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
