import type { VerdictPage } from '../../../core/contracts/verdict-page.ts'
import type { ArmView } from '../../../core/contracts/views.ts'
import type { ComparisonDetail, VerdictWord } from '../../../core/contracts/verdict.ts'
import { signed } from '../../_ui/format.ts'
import { forestAxis } from './forest-axis.ts'

export type ForestTone = 'helped' | 'hurt' | 'same' | 'open' | 'plain'

/** Everything the renderer places; x in percent of the plot's width. */
export interface Forest {
  zero: number
  band: { from: number; to: number }
  teacher: { x: number; text: string; beyond: 'left' | 'right' | null } | null
  ticks: { x: number; text: string }[]
  dense: boolean
  rows: ForestRow[]
}

export interface ForestRow {
  armId: string
  label: string
  detail: string
  tone: ForestTone
  /** Before the planned seeds: the whole interval is hollow. */
  provisional: boolean
  /** The point is hollow: provisional, undecided or without a word. */
  hollow: boolean
  /** null: no estimate, so nothing to draw. */
  marks: ForestMarks | null
  estimate: string
  interval: string
  /** The thick bar in words, for who cannot see it. */
  alone: string
  word: VerdictWord | null
  /** In place of a word. */
  tag: string
  remark: string
}

export interface ForestMarks {
  point: number
  thick: Bar | null
  thin: Bar | null
  seeds: { seed: number; x: number }[]
}

/** From and to are cut to the plot; the flags say where the interval goes on beyond it. */
export interface Bar {
  from: number
  to: number
  beyondLeft: boolean
  beyondRight: boolean
}

const tones: Record<VerdictWord, ForestTone> = {
  helped: 'helped',
  hurt: 'hurt',
  'no practical difference': 'same',
  inconclusive: 'open',
}

type ForestInput = Pick<VerdictPage, 'comparisons' | 'metric' | 'margin' | 'teacherDifference'> & {
  arms: readonly ArmView[]
}

/** The forest plot of the primary family: rows in the protocol's order, right is better. Accuracy in points. */
export function prepareForest(input: ForestInput): Forest {
  const scale = input.metric === 'accuracy' ? 100 : 1
  const digits = input.metric === 'accuracy' ? 2 : 3
  const scaled = (value: number): number => value * scale
  const margin = scaled(input.margin)
  const teacher = input.teacherDifference === null ? null : scaled(input.teacherDifference)
  const axis = forestAxis({
    margin,
    teacher,
    values: input.comparisons.flatMap((c) => [
      ...(c.estimate === null ? [] : [scaled(c.estimate)]),
      ...c.perSeed.map((seed) => scaled(seed.difference)),
    ]),
    ends: input.comparisons.flatMap((c) => [...(c.individual ?? []), ...(c.simultaneous ?? [])].map(scaled)),
  })
  const x = (value: number): number => round(((value - axis.from) / (axis.to - axis.from)) * 100)
  const bar = (interval: readonly [number, number] | null): Bar | null => {
    if (interval === null) return null
    const [from, to] = [scaled(interval[0]), scaled(interval[1])]
    return {
      from: x(clamp(from, axis)),
      to: x(clamp(to, axis)),
      beyondLeft: from < axis.from,
      beyondRight: to > axis.to,
    }
  }
  const step = axis.ticks.length > 1 ? (axis.ticks[1] ?? 0) - (axis.ticks[0] ?? 0) : 1
  const tickDigits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9))
  return {
    zero: x(0),
    band: { from: x(-margin), to: x(margin) },
    teacher:
      teacher === null
        ? null
        : {
            x: x(clamp(teacher, axis)),
            text: signed(teacher, digits),
            beyond: teacher > axis.to ? 'right' : teacher < axis.from ? 'left' : null,
          },
    ticks: axis.ticks.map((tick) => ({ x: x(tick), text: tick === 0 ? '0' : signed(tick, tickDigits) })),
    dense: input.comparisons.length > 8,
    rows: input.comparisons.map((comparison) => ({
      ...rowText(comparison, input.arms, scale, digits),
      marks:
        comparison.estimate === null
          ? null
          : {
              point: x(scaled(comparison.estimate)),
              thick: bar(comparison.individual),
              thin: bar(comparison.simultaneous),
              seeds: comparison.perSeed.map((s) => ({ seed: s.seed, x: x(scaled(s.difference)) })),
            },
    })),
  }
}

function rowText(
  comparison: ComparisonDetail,
  arms: readonly ArmView[],
  scale: number,
  digits: number,
): Omit<ForestRow, 'marks'> {
  const arm = arms.find((candidate) => candidate.id === comparison.arm)
  const word = comparison.provisional ? null : comparison.word
  const shown = comparison.simultaneous ?? comparison.individual
  const range = (interval: readonly [number, number] | null): string =>
    interval === null
      ? ''
      : `${signed(interval[0] * scale, digits)} to ${signed(interval[1] * scale, digits)}`
  return {
    armId: comparison.arm,
    label: arm?.label ?? comparison.arm,
    detail: arm?.detail ?? '',
    tone: word === null ? 'plain' : tones[word],
    provisional: comparison.provisional,
    hollow: word === null || word === 'inconclusive',
    estimate: comparison.estimate === null ? '–' : signed(comparison.estimate * scale, digits),
    interval: range(shown),
    alone: range(comparison.individual),
    word,
    ...remarks(comparison),
  }
}

/** Provisional rows count their seeds instead of a word; a row without a word says why. */
function remarks(comparison: ComparisonDetail): { tag: string; remark: string } {
  if (comparison.provisional) {
    const { seeds, plannedSeeds } = comparison
    return seeds === 0
      ? { tag: 'waiting', remark: `no seed of ${plannedSeeds} is in yet` }
      : { tag: `provisional, ${seeds} of ${plannedSeeds} seeds`, remark: '' }
  }
  if (comparison.word === null) return { tag: 'no verdict', remark: comparison.reason ?? '' }
  return { tag: '', remark: comparison.qualifier }
}

function clamp(value: number, axis: { from: number; to: number }): number {
  return Math.min(axis.to, Math.max(axis.from, value))
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
