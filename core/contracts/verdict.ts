import { z } from 'zod'
import type { Interval } from '../mathematics/interval.ts'
import type { Planning } from '../statistics/planning/planning.ts'
import { Look } from './protocol.ts'

export const VerdictWord = z.enum(['helped', 'hurt', 'no practical difference', 'inconclusive'])
export type VerdictWord = z.infer<typeof VerdictWord>

/** Words of every family: the generalization gap is *smaller* or *larger* where other metrics *helped* or *hurt*. */
export const ComparisonWord = z.enum([...VerdictWord.options, 'smaller', 'larger'])
export type ComparisonWord = z.infer<typeof ComparisonWord>

/** "As good as the teacher?" Within the margin is *as good*; *better* and *worse* need an interval that says so. */
export const TeacherWord = z.enum(['better', 'as good', 'worse', 'not shown'])
export type TeacherWord = z.infer<typeof TeacherWord>

/** What a comparison can be made on. `gap`: train minus test accuracy. */
export const ComparisonMetric = z.enum(['accuracy', 'nll', 'brier', 'gap'])
export type ComparisonMetric = z.infer<typeof ComparisonMetric>
/** What can be judged: a metric of the product, or scores of unknown meaning from a file. */
export type SpokenMetric = ComparisonMetric | 'score'

const bounds = z.tuple([z.number(), z.number()])

/** Each family is a question of its own, at alpha over its own comparisons. */
export const ComparisonFamily = z.enum(['primary', 'accuracy', 'nll', 'brier', 'gap', 'teacher-or-smoothing'])
export type ComparisonFamily = z.infer<typeof ComparisonFamily>

/**
 * One arm against the control, or against a regularisation control (`teacher-or-smoothing`). Estimates are improvements: positive is better, for NLL too.
 * Accuracy is a fraction. `seedVariance` and `exampleVariance` are A and C of docs/statistics.md after the guards.
 */
export const Comparison = z
  .strictObject({
    arm: z.string(),
    against: z.string(),
    family: ComparisonFamily,
    metric: ComparisonMetric,
    paired: z.boolean(),
    /** null where no seed of one arm has a result. */
    estimate: z.number().nullable(),
    seedVariance: z.number().nullable(),
    exampleVariance: z.number().nullable(),
    degreesOfFreedom: z.number().nullable(),
    /** Of `exampleVariance`: N − 1, with groups G − 1. */
    exampleDegreesOfFreedom: z.number().nullable(),
    individual: bounds.nullable(),
    simultaneous: bounds.nullable(),
    word: ComparisonWord.nullable(),
    /** Remarks such as "seed spread floored", joined by "; ". */
    note: z.string().nullable(),
    /** Why there is no word; set exactly when `word` is null. */
    reason: z.string().nullable(),
    /** One sentence in plain English. */
    sentence: z.string(),
    /** The look at which it is read, of a protocol with several: its seeds an arm and its share of alpha. */
    look: Look.optional(),
  })
  .refine(({ word, reason }) => (word === null) === (reason !== null), {
    message: 'A comparison has a reason exactly when it has no word.',
  })
export type Comparison = z.infer<typeof Comparison>

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
  /** Why there is none; set exactly when `signFlip` is null. */
  signFlipReason: string | null
  /** The word without each seed in turn, null where chance could then not be judged; null: not asked. */
  leaveOneOut: { seed: number; word: ComparisonWord | null }[] | null
  /** What follows from it in one sentence, or why it is not asked. */
  leaveOneOutSentence: string
  /** Scope B, new seeds on exactly these examples (C = 0): simultaneous; null where one seed tells nothing of it. */
  thisTestSet: Interval | null
}

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

/** What the page shows beside a Comparison. */
export interface ComparisonDetail extends Comparison {
  /** Seeds with a result in both arms (paired), or in the arm (unpaired). */
  seeds: number
  plannedSeeds: number
  examples: number
  /** Words are read only when all seeds of a look have ended. */
  provisional: boolean
  look: LookTaken
  /** The arm goes on to a further look: its word is not decided yet, and the protocol has one left. */
  open: boolean
  /** No number of seeds would suffice for a difference of the margin: the test set is too small. */
  undecidable: boolean
  /** Short text under the chip, e.g. "by at least the 1-point margin". */
  qualifier: string
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

/** One arm against the one checkpoint of its teacher; positive is better than the teacher. */
export interface TeacherComparison {
  arm: string
  metric: ComparisonMetric
  margin: number
  estimate: number | null
  individual: Interval | null
  simultaneous: Interval | null
  word: TeacherWord | null
  /** Why there is no word; set exactly when `word` is null. */
  reason: string | null
  provisional: boolean
  /** Short text under the chip. */
  qualifier: string
  note: string | null
  sentence: string
  seeds: number
  look: LookTaken
  perSeed: { seed: number; difference: number }[]
  /** Share of the teacher's gain over the control that the arm keeps; a fraction. */
  recovered: { estimate: number | null; interval: Interval | null; reason: string | null }
}

/** Debiased squared calibration error against the control: shown with its interval, never with a word. */
export interface CalibrationComparison {
  arm: string
  /** Improvement on the squared scale: positive is better calibrated. */
  estimate: number
  individual: Interval
  simultaneous: Interval
  /** Seeds that diverged in either arm: an even guess has no calibration that could be estimated, so they are left out. */
  withoutSeeds: number[]
}
