import { agreement } from '../metrics/agreement.ts'
import { gap } from '../metrics/gap.ts'
import { kl } from '../metrics/kl.ts'
import type { Figure, MetricCard } from '../metrics/metric.ts'
import { nll } from '../metrics/nll.ts'
import { metrics, type MetricName } from '../metrics/registry.ts'
import { formatNumber, formatSigned } from '../text/format-number.ts'

export type Split = 'train' | 'validation' | 'test'
type FigureName = Exclude<MetricName, 'gap'>
export type MetricKey = `${Split}/${FigureName}` | 'gap/accuracy' | 'gap/nll'

export interface MetricDescription extends Omit<Figure, 'heading'> {
  key: MetricKey
}

const splitNames: Record<Split, string> = { train: 'Train', validation: 'Validation', test: 'Test' }

const described = ({ heading: _heading, ...figure }: Figure): Omit<Figure, 'heading'> => figure

const onSplit = (split: Split, { name, figure }: MetricCard): MetricDescription => ({
  ...described(figure),
  // Every metric but the gap is one of a split.
  key: `${split}/${name}` as MetricKey,
  label: `${splitNames[split]} ${figure.label}`,
})

/** Metrics of one split by itself, and those for which it takes the teacher. */
const ofColumns = metrics.filter((card: MetricCard) => card.of !== undefined)
const ofTeacher = [agreement, kl]

/** Every metric of a finished run, in the order of the tables. */
export const metricDescriptions: readonly MetricDescription[] = [
  ...(['test', 'validation', 'train'] as const).flatMap((split) =>
    ofColumns.map((card) => onSplit(split, card)),
  ),
  { ...described(gap.figure), key: 'gap/accuracy' },
  { ...described(nll.figure), key: 'gap/nll', label: 'Test\u2013train gap of NLL' },
  ...(['test', 'train'] as const).flatMap((split) => ofTeacher.map((card) => onSplit(split, card))),
]

const byKey: ReadonlyMap<string, MetricDescription> = new Map(
  metricDescriptions.map((description) => [description.key, description]),
)

/** null for a key that is not of this registry, such as one that an MLflow client logged. */
export const describeMetric = (key: string): MetricDescription | null => byKey.get(key) ?? null

/**
 * Beside the figures of a run with early stopping: the step whose weights were evaluated, where validation was best. Runs
 * without it are evaluated at their last step.
 */
export const bestStepKey = 'validation/best-step'

/** A stored value as shown in a table, without its unit: 0.9322 of `test/accuracy` is "93.22". */
export const formatMetric = (key: MetricKey, value: number): string => {
  const { scale, digits } = byKey.get(key) ?? { scale: 1, digits: 3 }
  return formatNumber(value * scale, digits)
}

/** A difference of fractions in points, signed: 0.0184 is "+1.84". */
export const formatPoints = (fraction: number, digits: number = 2): string =>
  formatSigned(fraction * 100, digits)
