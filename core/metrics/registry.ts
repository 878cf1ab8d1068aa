import { accuracy } from './accuracy.ts'
import { agreement } from './agreement.ts'
import { balancedAccuracy } from './balanced-accuracy.ts'
import { brier } from './brier.ts'
import { ece } from './ece.ts'
import { gap } from './gap.ts'
import { kl } from './kl.ts'
import type { Judged, MetricCard, Truth } from './metric.ts'
import { nll } from './nll.ts'
import type { QualityColumns } from './quality-columns.ts'

/** Every metric of this version, in the order in which tables list them. */
export const metrics = [accuracy, nll, brier, ece, agreement, kl, gap, balancedAccuracy] as const
export type MetricName = (typeof metrics)[number]['name']

/** Those that comparisons are made on. A protocol fixes a margin for each: one more is another form of protocols. */
export const judgedMetrics = [accuracy, nll, brier, gap] as const
export type JudgedName = (typeof judgedMetrics)[number]['name']

/** Those that an experiment can be decided by. */
export const primaryMetrics = [accuracy, nll] as const
export type PrimaryName = (typeof primaryMetrics)[number]['name']

/** Those with a score for each example. */
export const scoredMetrics = [accuracy, nll, brier] as const
export type ScoredName = (typeof scoredMetrics)[number]['name']

const judgedByName: Readonly<Record<JudgedName, Judged>> = {
  accuracy: accuracy.judged,
  nll: nll.judged,
  brier: brier.judged,
  gap: gap.judged,
}
export const judgedOf = (name: JudgedName): Judged => judgedByName[name]

/** Its scores, higher is better. */
const scoredByName = { accuracy, nll, brier }
export const scoredOf = (name: ScoredName): (typeof scoredMetrics)[number] => scoredByName[name]

const primaryByName = { accuracy, nll }
export const primaryOf = (name: PrimaryName): (typeof primaryMetrics)[number] => primaryByName[name]

/** 1 where a higher figure is better, −1 where a lower one is. */
export const improvementSign = (name: PrimaryName): 1 | -1 =>
  primaryOf(name).figure.direction === 'lower' ? -1 : 1

/** Metrics that follow from the columns of one split. */
const measured = metrics.filter((card: MetricCard) => card.of !== undefined)
export type MeasuredName = Exclude<MetricName, 'agreement' | 'kl' | 'gap'>

/** Every figure of one split, by the name of its metric: means over examples, never over batches. */
export const figuresOfColumns = (columns: QualityColumns, truth: Truth): Record<MeasuredName, number> =>
  // Every measured metric is among them once.
  Object.fromEntries(
    measured.flatMap(({ name, of }: MetricCard) => (of === undefined ? [] : [[name, of(columns, truth)]])),
  ) as Record<MeasuredName, number>

/**
 * What the even guess over the classes has of them: accuracy 1/K, NLL ln K, Brier 1 − 1/K.
 * @throws RangeError for fewer than two classes.
 */
export const evenFigures = (classes: number): Record<string, number> => {
  if (!Number.isInteger(classes) || classes < 2)
    throw new RangeError(`classes ${classes} is not an integer of 2 or more`)
  return Object.fromEntries(
    metrics.flatMap((card: MetricCard) =>
      card.evenGuess === undefined ? [] : [[card.name, card.evenGuess(classes)]],
    ),
  )
}
