import { z } from 'zod'
import { PrimaryMetric } from './protocol.ts'

export const VerdictWord = z.enum(['helped', 'hurt', 'no practical difference', 'inconclusive'])
export type VerdictWord = z.infer<typeof VerdictWord>

export const Interval = z.tuple([z.number(), z.number()])
export type Interval = z.infer<typeof Interval>

export const ComparisonFamily = z.enum(['primary', 'nll', 'brier', 'gap', 'teacher-or-smoothing'])

/**
 * One arm against the control. Estimates are improvements: positive is better, for NLL too.
 * Accuracy is a fraction. `seedVariance` and `exampleVariance` are A and C of docs/statistics.md after the guards.
 */
export const Comparison = z
  .strictObject({
    arm: z.string(),
    against: z.string(),
    family: ComparisonFamily,
    metric: PrimaryMetric,
    paired: z.boolean(),
    /** null where no seed of one arm has a result. */
    estimate: z.number().nullable(),
    seedVariance: z.number().nullable(),
    exampleVariance: z.number().nullable(),
    degreesOfFreedom: z.number().nullable(),
    individual: Interval.nullable(),
    simultaneous: Interval.nullable(),
    word: VerdictWord.nullable(),
    /** Remarks such as "seed spread floored", joined by "; ". */
    note: z.string().nullable(),
    /** Why there is no word; set exactly when `word` is null. */
    reason: z.string().nullable(),
    /** One sentence in plain English. */
    sentence: z.string(),
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
  leaveOneOut: { seed: number; word: VerdictWord | null }[] | null
  /** What follows from it in one sentence, or why it is not asked. */
  leaveOneOutSentence: string
}

/** What the page shows beside a Comparison. */
export interface ComparisonDetail extends Comparison {
  /** Seeds with a result in both arms (paired), or in the arm (unpaired). */
  seeds: number
  plannedSeeds: number
  examples: number
  /** Words are read only when all planned seeds have ended. */
  provisional: boolean
  /** Short text under the chip, e.g. "by at least the 1-point margin". */
  qualifier: string
  /** Differences of single seeds (paired only; unpaired: the arm's seed means minus the control's mean). */
  perSeed: { seed: number; difference: number }[]
  droppedSeeds: number[]
  divergedSeeds: number[]
  /** Absent where there is no interval. */
  sensitivity?: Sensitivity
}
