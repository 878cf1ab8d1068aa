import type { ArmFigures, ArmView, Estimate, VerdictPage } from '../../../core/contracts/views.ts'
import { count, latency, megabytes } from '../../_ui/format.ts'

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

const metrics: Record<string, { name: string; scale: number; digits: number; spreadDigits: number }> = {
  accuracy: { name: 'test/accuracy', scale: 100, digits: 2, spreadDigits: 2 },
  nll: { name: 'test/nll', scale: 1, digits: 3, spreadDigits: 3 },
  brier: { name: 'test/brier', scale: 1, digits: 3, spreadDigits: 3 },
  ece: { name: 'test/ece', scale: 100, digits: 1, spreadDigits: 1 },
  gap: { name: 'gap/accuracy', scale: 100, digits: 1, spreadDigits: 1 },
  agreement: { name: 'test/agreement', scale: 100, digits: 1, spreadDigits: 1 },
}

const missing: FigureCell = { value: '–', spread: null, decided: false }

/** All figures by arm, in the groups of the page. A missing figure is a dash, never 0. */
export function figureGroups(
  page: Pick<VerdictPage, 'figures' | 'comparisons' | 'metric'>,
  arms: readonly ArmView[],
): FigureGroup[] {
  const better = new Set(
    page.comparisons.filter((c) => !c.provisional && c.word === 'helped').map((c) => c.arm),
  )
  const rows = arms.flatMap((arm) => {
    const figures = page.figures.find((candidate) => candidate.armId === arm.id)
    if (figures === undefined) return []
    return [{ arm, row: figureRow(arm, figures, better.has(arm.id) ? page.metric : null) }]
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

function figureRow(arm: ArmView, figures: ArmFigures, decided: 'accuracy' | 'nll' | null): FigureRow {
  const metric = (key: FigureKey): FigureCell => {
    const look = metrics[key]
    const estimate = look && figures.metrics[look.name]
    if (look === undefined || estimate === undefined) return missing
    if (arm.role === 'teacher' && key === 'agreement') return missing
    return { ...estimateCell(estimate, look), decided: key === decided }
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

function estimateCell(
  estimate: Estimate,
  look: { scale: number; digits: number; spreadDigits: number },
): { value: string; spread: string | null } {
  const value = estimate.mean * look.scale
  return {
    value: `${value < 0 ? '−' : ''}${Math.abs(value).toFixed(look.digits)}`,
    spread: estimate.half === null ? null : `±${(estimate.half * look.scale).toFixed(look.spreadDigits)}`,
  }
}
