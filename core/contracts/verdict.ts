import { judgedMetrics } from '../metrics/registry.ts'
import { z } from 'zod'
import type { Interval } from '../mathematics/interval.ts'
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
export const ComparisonMetric = z.enum(judgedMetrics.map(({ name }) => name))
export type ComparisonMetric = z.infer<typeof ComparisonMetric>
/** What can be judged: a metric of the product, or scores of unknown meaning from a file. */
export type SpokenMetric = ComparisonMetric | 'score'

const bounds = z.tuple([z.number(), z.number()])

/** Each family is a question of its own, at alpha over its own comparisons. */
export const ComparisonFamily = z.enum(['primary', ...ComparisonMetric.options, 'teacher-or-smoothing'])
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
