import { z } from 'zod'
import type { ComparisonWord, TeacherWord } from './verdict.ts'
import type { Planning } from '../statistics/planning/planning.ts'
import type { Interval } from '../mathematics/interval.ts'

/** Lists of scores, `true` and `false` among them for right and wrong, are large: that they are rectangular and finite numbers is checked by loops where they are read. */
const Scores = z.custom<ArrayLike<number>>(
  (value) => Array.isArray(value) || value instanceof Float64Array,
  'a list of numbers',
)
const Rows = z.array(Scores)

/**
 * What `stillhouse verdict` reads: per-example scores of runs that were trained anywhere. Rows are seeds 1, 2, 3 …,
 * columns are test examples, the same in all.
 */
export const VerdictProblem = z.strictObject({
  /** Two-sided error of the whole family. */
  alpha: z.number(),
  /** Smallest difference of the score that matters. */
  margin: z.number(),
  /** false for losses: estimates are improvements all the same. */
  higherIsBetter: z.boolean(),
  /** Row s of every arm was trained with the same seed. */
  paired: z.boolean(),
  control: Rows,
  methods: z.record(z.string(), Rows),
  /** [N]: one fixed checkpoint. */
  teacher: Scores.optional(),
  /** [N]: examples with the same number (one patient, one document) are one observation. */
  groups: Scores.optional(),
})
export type VerdictProblem = z.infer<typeof VerdictProblem>

export interface ProblemComparison {
  arm: string
  paired: boolean
  estimate: number | null
  seedVariance: number | null
  exampleVariance: number | null
  degreesOfFreedom: number | null
  exampleDegreesOfFreedom: number | null
  individual: Interval | null
  simultaneous: Interval | null
  p: number | null
  holmP: number | null
  word: ComparisonWord | null
  note: string | null
  /** Why there is no word; set exactly when `word` is null. */
  reason: string | null
  sentence: string
  /** Null figures where one seed tells nothing of the spread. */
  seeds: Pick<Planning, 'sd' | 'sdUpper' | 'needed' | 'neededUpper' | 'testSetFactor' | 'powerAtMargin'>
  /** With a teacher alone; `reason` exactly when its word is null. */
  teacher?: {
    estimate: number | null
    simultaneous: Interval | null
    word: TeacherWord | null
    reason?: string
  }
  /** With a teacher alone; `reason` exactly when there is no interval. */
  gapRecovered?: { estimate: number | null; interval: Interval | null; reason?: string }
}

export interface VerdictResult {
  alpha: number
  margin: number
  comparisons: ProblemComparison[]
}
