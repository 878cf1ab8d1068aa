import type { Protocol } from '../../../core/contracts/protocol.ts'
import type { VerdictPage } from '../../../core/contracts/verdict-page.ts'
import type { ArmFigures, ArmView } from '../../../core/contracts/views.ts'
import { formatMetric } from '../../../core/wording/metric-names.ts'
import type { MetricKey } from '../../../core/wording/metric-names.ts'
import { count, counted, latency, megabytes } from '../../_ui/format.ts'
import { verdictTone } from '../../_ui/verdict-tone.ts'

export type FigureKey =
  | 'accuracy'
  | 'nll'
  | 'brier'
  | 'ece'
  | 'gap'
  | 'agreement'
  | 'parameters'
  | 'size'
  | 'macs'
  | 'latency'

export interface FigureColumn {
  key: FigureKey
  name: string
  /** Unit and direction under the name. */
  unit: string
  /** The name and unit where room is short. */
  short: { name: string; unit: string }
}

/** Value and what follows it in grey: the half interval, or the ends of one. */
export interface FigureCell {
  value: string
  spread: string | null
  /** Decided better than the control. */
  decided: boolean
}

export interface FigureRow {
  armId: string
  label: string
  reference: boolean
  cells: Record<FigureKey, FigureCell>
}

export interface FigureGroup {
  name: 'Reference' | 'Without a teacher' | 'Distilled'
  rows: FigureRow[]
}

export const figureColumns: readonly FigureColumn[] = [
  {
    key: 'accuracy',
    name: 'Accuracy',
    unit: '%, higher is better',
    short: { name: 'Accuracy', unit: '%' },
  },
  { key: 'nll', name: 'NLL', unit: 'nat, lower', short: { name: 'NLL', unit: 'nat' } },
  { key: 'brier', name: 'Brier', unit: 'score, lower', short: { name: 'Brier', unit: '' } },
  { key: 'ece', name: 'ECE', unit: 'points, lower', short: { name: 'ECE', unit: 'points' } },
  { key: 'gap', name: 'Train–test gap', unit: 'points, lower', short: { name: 'Gap', unit: 'points' } },
  {
    key: 'agreement',
    name: 'Agrees with teacher',
    unit: '% of test',
    short: { name: 'Agreement', unit: '%' },
  },
  { key: 'parameters', name: 'Parameters', unit: '', short: { name: 'Parameters', unit: '' } },
  { key: 'size', name: 'Size', unit: 'MB', short: { name: 'Size', unit: 'MB' } },
  { key: 'macs', name: 'MACs', unit: 'millions', short: { name: 'MACs', unit: 'M' } },
  {
    key: 'latency',
    name: 'Latency p50',
    unit: 'ms, batch 1',
    short: { name: 'Latency p50', unit: 'ms' },
  },
]

const metrics = {
  accuracy: 'test/accuracy',
  nll: 'test/nll',
  brier: 'test/brier',
  ece: 'test/ece',
  gap: 'gap/accuracy',
  agreement: 'test/agreement',
} as const satisfies Partial<Record<FigureKey, MetricKey>>

const missing: FigureCell = { value: '–', spread: null, decided: false }

/** All figures by arm, in the groups of the page. A missing figure is a dash, never 0. */
export function figureGroups(
  page: Pick<VerdictPage, 'figures' | 'comparisons' | 'secondary'>,
  arms: readonly ArmView[],
): FigureGroup[] {
  const better = [...page.comparisons, ...page.secondary].filter(
    ({ provisional, word }) => !provisional && word !== null && verdictTone[word] === 'helped',
  )
  const rows = arms.flatMap((arm) => {
    const figures = page.figures.find((candidate) => candidate.armId === arm.id)
    if (figures === undefined) return []
    const decided = new Set<FigureKey>(better.filter((c) => c.arm === arm.id).map((c) => c.metric))
    return [{ arm, row: figureRow(arm, figures, decided) }]
  })
  const group = (name: FigureGroup['name'], roles: readonly ArmView['role'][]): FigureGroup => ({
    name,
    rows: rows.filter(({ arm }) => roles.includes(arm.role)).map(({ row }) => row),
  })
  return [
    group('Reference', ['teacher', 'control']),
    group('Without a teacher', ['regularisation']),
    group('Distilled', ['distillation']),
  ].filter(({ rows: members }) => members.length > 0)
}

function figureRow(arm: ArmView, figures: ArmFigures, decided: ReadonlySet<FigureKey>): FigureRow {
  const metric = (key: keyof typeof metrics): FigureCell => {
    const estimate = figures.metrics[metrics[key]]
    if (estimate === undefined) return missing
    if (arm.role === 'teacher' && key === 'agreement') return missing
    return {
      value: formatMetric(metrics[key], estimate.mean),
      spread: estimate.half === null ? null : `±${formatMetric(metrics[key], estimate.half)}`,
      decided: decided.has(key),
    }
  }
  const plain = (value: string): FigureCell => ({ value, spread: null, decided: false })
  return {
    armId: arm.id,
    label: arm.label,
    reference: arm.role === 'teacher' || arm.role === 'control',
    cells: {
      accuracy: metric('accuracy'),
      nll: metric('nll'),
      brier: metric('brier'),
      ece: metric('ece'),
      gap: metric('gap'),
      agreement: metric('agreement'),
      parameters: plain(count(figures.parameters)),
      size: figures.sizeBytes === null ? missing : plain(megabytes(figures.sizeBytes)),
      macs: plain((figures.macs / 1e6).toFixed(figures.macs < 1e5 ? 4 : 2)),
      latency:
        figures.latency === null
          ? missing
          : {
              value: latency(figures.latency.p50Ms),
              spread: figures.latency.p50Interval.map(latency).join('–'),
              decided: false,
            },
    },
  }
}

/** What the figures are means of: a failed run has none, a diverged one has no ECE and no gap. */
export function figuresRemark(
  {
    state,
    figures,
    plannedSeeds,
    outlook,
  }: Pick<VerdictPage, 'state' | 'figures' | 'plannedSeeds' | 'outlook'>,
  protocol: Pick<Protocol, 'checkpoint' | 'teacher'>,
): string {
  const on = `Test set, ${evaluatedText(protocol)}.`
  if (state === 'waiting' || state === 'provisional')
    return `Mean over the finished seeds ± half of the 95 % interval. ${outlook?.all === true ? 'They have no verdict.' : 'Provisional.'}`
  const whole = figures
    .filter(({ armId }) => armId !== 'teacher')
    .every(({ finished }) => finished === plannedSeeds)
  if (!whole) {
    return `Mean over those of the ${counted(plannedSeeds, 'planned seed')} that have the figure ± half of its 95 % interval. ${on}`
  }
  return plannedSeeds === 1
    ? `One seed, so without an interval. ${on}`
    : `Mean over ${counted(plannedSeeds, 'seed')} ± half of its 95 % interval. ${on}`
}

/** The teacher is named where it is evaluated at another step than the students: each stops early, or not, by itself. */
function evaluatedText({ checkpoint, teacher }: Pick<Protocol, 'checkpoint' | 'teacher'>): string {
  const students = checkpoint === 'last' ? 'last step' : 'best step on validation'
  const teacherStops = teacher.training.earlyStop !== undefined
  if (teacherStops === (checkpoint === 'best-on-validation')) return students
  return `${students}, teacher: ${teacherStops ? 'best on validation' : 'last step'}`
}
