import { judgedOf } from '../../../core/metrics/registry.ts'
import type { SecondaryMargins } from '../../../core/contracts/protocol.ts'
import type { CalibrationComparison, ComparisonMetric } from '../../../core/contracts/verdict.ts'
import type { SaidComparison } from '../../../core/wording/say-comparison.ts'
import type { Interval } from '../../../core/mathematics/interval.ts'
import type { VerdictPage } from '../../../core/contracts/verdict-page.ts'
import type { ArmFigures, ArmView, Estimate } from '../../../core/contracts/views.ts'
import { formatMetric } from '../../../core/wording/metric-names.ts'
import type { MetricKey } from '../../../core/wording/metric-names.ts'
import { marginAmount, seedList } from '../../../core/wording/phrases.ts'
import { nameOf, withoutWord } from '../../_charts/forest/forest-items.ts'
import { sentence, signed } from '../../_ui/format.ts'
import type { ChipWord } from '../../_ui/verdict-tone.ts'

/** A difference with its interval; a word only where a question has one, else a tag that says why not. */
export interface OtherCell {
  estimate: string
  interval: string
  word: ChipWord | null
  /** Empty where no word is ever given. */
  tag: string
  /** The figures that a difference is made of. */
  beside: string
}

export interface OtherColumn {
  key: ComparisonMetric | 'calibration' | 'ece'
  name: string
  unit: string
  /** What the control has; the differences are from it. */
  control: string
  cells: Record<string, OtherCell>
}

export interface OtherMetrics {
  columns: OtherColumn[]
  arms: { id: string; label: string }[]
  /** Why words are missing, each reason once. */
  reasons: string[]
}

const names: Record<ComparisonMetric, string> = {
  accuracy: 'Accuracy',
  nll: 'NLL',
  brier: 'Brier score',
  gap: 'Train–test gap',
}
const own: Record<ComparisonMetric, MetricKey | null> = {
  accuracy: 'test/accuracy',
  nll: 'test/nll',
  brier: 'test/brier',
  gap: 'gap/accuracy',
}
const units: Record<ComparisonMetric, string> = {
  accuracy: 'points gained',
  nll: 'nat less',
  brier: 'score less',
  gap: 'points less',
}

/** The other metrics against the control: each a family of its own, one column a metric. */
export function otherMetrics(
  verdict: Pick<VerdictPage, 'comparisons' | 'secondary' | 'calibration' | 'figures'>,
  arms: readonly ArmView[],
  margins: SecondaryMargins | null,
): OtherMetrics {
  const { comparisons, secondary, calibration, figures } = verdict
  const of = (armId: string): ArmFigures | undefined => figures.find((one) => one.armId === armId)
  const control = of(comparisons[0]?.against ?? '')
  const metrics = [...new Set(secondary.map(({ metric }) => metric))]
  const columns = metrics.map((metric): OtherColumn => {
    const key = own[metric]
    const family = secondary.filter((one) => one.metric === metric)
    return {
      key: metric,
      name: names[metric],
      unit:
        margins === null
          ? units[metric]
          : `${units[metric]}, margin ±${marginAmount(metric, margins[metric])}`,
      control: [key === null ? '–' : figure(control, key), metric === 'gap' ? trainAndTest(control) : '']
        .filter((text) => text !== '')
        .join(' · '),
      cells: Object.fromEntries(
        family.map((one) => [one.arm, familyCell(one, metric === 'gap' ? trainAndTest(of(one.arm)) : '')]),
      ),
    }
  })
  const squared: OtherColumn = {
    key: 'calibration',
    name: 'Calibration error²',
    unit: 'squared points less, debiased',
    control: '–',
    cells: Object.fromEntries(calibration.map((one) => [one.arm, squaredCell(one)])),
  }
  const plain: OtherColumn = {
    key: 'ece',
    name: 'ECE, 15 bins',
    unit: 'points, of the arm itself',
    control: figure(control, 'test/ece'),
    cells: Object.fromEntries(comparisons.map(({ arm }) => [arm, wordless(figure(of(arm), 'test/ece'), '')])),
  }
  return {
    columns: [...columns, ...(calibration.length === 0 ? [] : [squared]), plain],
    arms: comparisons.map(({ arm }) => ({ id: arm, label: nameOf(arms, arm) })),
    reasons: [
      ...new Set(secondary.flatMap(({ provisional, reason }) => (provisional ? [] : (reason ?? [])))),
    ].map(sentence),
  }
}

function familyCell(one: SaidComparison, beside: string): OtherCell {
  const { metric, estimate, simultaneous, provisional } = one
  const { scale, tableDigits: digits } = judgedOf(metric)
  return {
    estimate: estimate === null ? '–' : signed(estimate * scale, digits),
    interval: range(simultaneous, scale, digits),
    word: provisional ? null : one.word,
    tag: provisional ? 'provisional' : withoutWord(one).tag,
    beside,
  }
}

/** Fractions squared, shown in squared points: 1 is a calibration error of one point. */
function squaredCell({ estimate, simultaneous, withoutSeeds }: CalibrationComparison): OtherCell {
  const without = withoutSeeds.length === 0 ? '' : `without ${seedList(withoutSeeds)}, which diverged`
  return { ...wordless(signed(estimate * 1e4, 1), range(simultaneous, 1e4, 1)), beside: without }
}

const wordless = (estimate: string, interval: string): OtherCell => ({
  estimate,
  interval,
  word: null,
  tag: '',
  beside: '',
})

function range(interval: Interval | null, scale: number, digits: number): string {
  return interval === null ? '' : interval.map((end) => signed(end * scale, digits)).join(' to ')
}

/** "2.1 ±0.4"; a dash where there is none. */
function figure(figures: ArmFigures | undefined, key: MetricKey): string {
  const found: Estimate | undefined = figures?.metrics[key]
  if (found === undefined) return '–'
  const half = found.half === null ? '' : ` ±${formatMetric(key, found.half)}`
  return `${formatMetric(key, found.mean)}${half}`
}

/** "train 98.40, test 93.22 %" */
function trainAndTest(figures: ArmFigures | undefined): string {
  const [train, test] = (['train/accuracy', 'test/accuracy'] as const).map((key) => {
    const found = figures?.metrics[key]
    return found === undefined ? null : formatMetric(key, found.mean)
  })
  return train == null || test == null ? '' : `train ${train}, test ${test} %`
}
