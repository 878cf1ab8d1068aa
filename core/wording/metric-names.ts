import { formatNumber, formatSigned } from '../text/format-number.ts'

const splits = ['train', 'validation', 'test'] as const
const qualities = ['accuracy', 'nll', 'brier', 'ece'] as const
const followed = ['train', 'test'] as const
const fidelities = ['agreement', 'kl'] as const

export type Split = (typeof splits)[number]
export type MetricKey =
  | `${Split}/${(typeof qualities)[number]}`
  | `${(typeof followed)[number]}/${(typeof fidelities)[number]}`
  | 'gap/accuracy'
  | 'gap/nll'

export interface MetricDescription {
  key: MetricKey
  label: string
  /** As shown: accuracies and agreement in percent, ECE and gap in points, both stored as fractions. */
  unit: '%' | 'points' | 'nat' | ''
  /** Which way is better; `none` where neither is. */
  direction: 'higher' | 'lower' | 'none'
  /** After the point, in tables. */
  digits: number
  /** Stored value times this is the shown one. */
  scale: 1 | 100
}

type Kind = Omit<MetricDescription, 'key' | 'label'> & { name: string }

const kinds: Record<(typeof qualities)[number] | (typeof fidelities)[number], Kind> = {
  accuracy: { name: 'accuracy', unit: '%', direction: 'higher', digits: 2, scale: 100 },
  nll: { name: 'NLL', unit: 'nat', direction: 'lower', digits: 3, scale: 1 },
  brier: { name: 'Brier score', unit: '', direction: 'lower', digits: 3, scale: 1 },
  ece: { name: 'ECE (15 bins)', unit: 'points', direction: 'lower', digits: 1, scale: 100 },
  agreement: { name: 'agreement with teacher', unit: '%', direction: 'none', digits: 1, scale: 100 },
  kl: { name: 'KL from teacher', unit: 'nat', direction: 'none', digits: 3, scale: 1 },
}

const splitNames: Record<Split, string> = { train: 'Train', validation: 'Validation', test: 'Test' }

const describe = (split: Split, kind: keyof typeof kinds): MetricDescription => {
  const { name, ...rest } = kinds[kind]
  // The template is a member of MetricKey for every pair that is described below.
  return { key: `${split}/${kind}` as MetricKey, label: `${splitNames[split]} ${name}`, ...rest }
}

/** Every metric of a finished run, in the order of the tables. */
export const metricDescriptions: readonly MetricDescription[] = [
  ...(['test', 'validation', 'train'] as const).flatMap((split) =>
    qualities.map((kind) => describe(split, kind)),
  ),
  {
    key: 'gap/accuracy',
    label: 'Train\u2013test gap',
    unit: 'points',
    direction: 'lower',
    digits: 1,
    scale: 100,
  },
  {
    key: 'gap/nll',
    label: 'Test\u2013train gap of NLL',
    unit: 'nat',
    direction: 'lower',
    digits: 3,
    scale: 1,
  },
  ...(['test', 'train'] as const).flatMap((split) => fidelities.map((kind) => describe(split, kind))),
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

/** train − test for accuracy (fraction), test − train for NLL (nats): positive where training data are fitted better. */
export const gaps = (
  train: { accuracy: number; nll: number },
  test: { accuracy: number; nll: number },
): { 'gap/accuracy': number; 'gap/nll': number } => ({
  'gap/accuracy': train.accuracy - test.accuracy,
  'gap/nll': test.nll - train.nll,
})
