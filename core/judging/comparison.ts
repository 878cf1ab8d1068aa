import type {
  ComparisonFamily,
  ComparisonMetric,
  ComparisonWord,
  SpokenMetric,
} from '../contracts/verdict.ts'
import type { Interval } from '../mathematics/interval.ts'
import type { GapRecovered } from '../statistics/gap/gap-recovered.ts'
import type { Planning } from '../statistics/planning/planning.ts'
import type { NoWord } from './no-word.ts'
import type { Note } from './note.ts'
import type { TeacherReading } from './teacher-word.ts'
import type { Reading } from './word.ts'

/** The look of the protocol at which a comparison is read. */
export interface LookTaken {
  /** From 0. */
  index: number
  /** Looks in the protocol. */
  of: number
  /** Seeds an arm at this look. */
  seeds: number
  /** Share of alpha that this look spends, before it is divided by M. */
  alpha: number
}

/** Why there is no exact p of sign flips. */
export type NoSignFlip = { why: 'unpaired' } | { why: 'too-few-seeds' | 'too-many-seeds'; seeds: number }

/**
 * What else the figures of a comparison say; no verdict word depends on it. Figures without a claim while the
 * comparison has no word.
 */
export interface Sensitivity {
  /** Of this comparison alone: the level at which its interval ends at 0; null where no difference varies. */
  p: number | null
  /** Adjusted over the M comparisons of the protocol; null with `p`. */
  holm: number | null
  /** Share of the pairs of one run of the arm and one of the control in which the arm's is better; ties count half. */
  nextRunBeats: number
  pairs: number
  /** Exact, over the sign patterns of the paired seed differences. */
  signFlip: number | null
  /** Set exactly when `signFlip` is null. */
  noSignFlip: NoSignFlip | null
  /** The word without each seed in turn, null where chance could then not be judged; null: no word, or too few seeds. */
  leaveOneOut: { seed: number; word: ComparisonWord | null }[] | null
  /** Scope B, new seeds on exactly these examples (C = 0): simultaneous; null where one seed tells nothing of it. */
  thisTestSet: Interval | null
}

interface Figures {
  arm: string
  margin: number
  /** M. */
  corrected: number
  estimate: number | null
  individual: Interval | null
  simultaneous: Interval | null
  /** Why there is no word; set exactly when `word` is null. */
  noWord: NoWord | null
  /** Words are read only when all seeds of a look have ended. */
  provisional: boolean
  notes: readonly Note[]
  examples: number
  /** Groups of examples that count as one; null: each stands for itself. */
  groups: number | null
  look: LookTaken
}

/**
 * One arm against the control, or against a regularisation control (`teacher-or-smoothing`), as codes and figures.
 * Estimates are improvements: positive is better, for NLL too. Accuracy is a fraction. `seedVariance` and
 * `exampleVariance` are A and C of docs/statistics.md after the guards.
 */
export interface JudgedComparison<Metric extends SpokenMetric = ComparisonMetric> extends Figures {
  against: string
  family: ComparisonFamily
  metric: Metric
  paired: boolean
  seedVariance: number | null
  exampleVariance: number | null
  degreesOfFreedom: number | null
  exampleDegreesOfFreedom: number | null
  word: ComparisonWord | null
  /** Set exactly when `word` is. */
  reading: Reading | null
  /** Seeds with a result in both arms (paired), or in the arm (unpaired). */
  seeds: number
  controlSeeds: number
  plannedSeeds: number
  /** The arm goes on to a further look: its word is not decided yet, and the protocol has one left. */
  open: boolean
  /** No number of seeds would suffice for a difference of the margin: the test set is too small. */
  undecidable: boolean
  /** Differences of single seeds (paired only; unpaired: the arm's seed means minus the control's mean). */
  perSeed: { seed: number; difference: number }[]
  droppedSeeds: number[]
  divergedSeeds: number[]
  /** Absent where there is no interval. */
  sensitivity?: Sensitivity
  planning?: Planning
  /** While provisional: the interval that may be looked at after every seed; null: infinite so far. */
  liveBand: Interval | null
  /** Seeds from which that interval is finite. */
  liveFrom: number
}

/** Share of the teacher's gain over the control that an arm keeps; a fraction. */
export interface Recovered extends Omit<GapRecovered, 'none'> {
  /** Set exactly when there is no interval. */
  none: GapRecovered['none'] | 'too-few-seeds' | 'several-teachers'
}

/** One arm against the one checkpoint of its teacher; positive is better than the teacher. */
export interface JudgedTeacher<Metric extends SpokenMetric = ComparisonMetric> extends Figures {
  metric: Metric
  word: TeacherReading['word'] | null
  /** Set exactly when `word` is. */
  reading: TeacherReading | null
  seeds: number
  perSeed: { seed: number; difference: number }[]
  recovered: Recovered
}
