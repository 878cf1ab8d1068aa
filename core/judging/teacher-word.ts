import type { Interval } from '../mathematics/interval.ts'

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
