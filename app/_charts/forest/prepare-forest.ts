import { judgedOf } from '../../../core/metrics/registry.ts'
import type { PrimaryMetric } from '../../../core/contracts/protocol.ts'
import type { Interval } from '../../../core/mathematics/interval.ts'
import { signed } from '../../_ui/format.ts'
import type { ChipWord, VerdictTone } from '../../_ui/verdict-tone.ts'
import { verdictTone } from '../../_ui/verdict-tone.ts'
import { forestAxis } from './forest-axis.ts'
import type { ForestAxis } from './forest-axis.ts'

export type ForestTone = VerdictTone | 'plain'

/** One comparison as a forest takes it, in the metric's own units (accuracy: a fraction). */
export interface ForestItem {
  /** Tells rows apart: an arm may be compared with several controls. */
  key: string
  label: string
  detail: string
  /** Rows of one group stand under its name; null: no groups. */
  group: string | null
  estimate: number | null
  individual: Interval | null
  simultaneous: Interval | null
  /** Drawn around the others while a row is provisional. */
  liveBand: Interval | null
  perSeed: readonly { seed: number; difference: number }[]
  /** Before the planned seeds: the whole interval is hollow. */
  provisional: boolean
  word: ChipWord | null
  /** In place of a word. */
  tag: string
  remark: string
  /** "98 %, look 1" where the rows are read at levels of their own. */
  level: string
}

export interface ForestInput {
  metric: PrimaryMetric
  margin: number
  /** Where the teacher stands among the differences. */
  teacherDifference: number | null
  items: readonly ForestItem[]
}

/** Everything the renderer places; x in percent of the plot's width. */
export interface Forest {
  zero: number
  band: { from: number; to: number }
  teacher: { x: number; text: string; beyond: 'left' | 'right' | null } | null
  ticks: { x: number; text: string }[]
  dense: boolean
  rows: ForestRow[]
}

export interface ForestRow extends Pick<
  ForestItem,
  'key' | 'label' | 'detail' | 'provisional' | 'word' | 'tag' | 'remark' | 'level'
> {
  /** The name of the group that begins with this row. */
  heading: string | null
  tone: ForestTone
  /** The point is hollow: provisional, undecided or without a word. */
  hollow: boolean
  /** null: no estimate, so nothing to draw. */
  marks: ForestMarks | null
  estimate: string
  interval: string
  /** The thick bar in words, for who cannot see it. */
  alone: string
  /** The dotted one in words. */
  live: string
}

export interface ForestMarks {
  point: number
  thick: Bar | null
  thin: Bar | null
  live: Bar | null
  seeds: { seed: number; x: number }[]
}

/** From and to are cut to the plot; the flags say where the interval goes on beyond it. */
export interface Bar {
  from: number
  to: number
  beyondLeft: boolean
  beyondRight: boolean
}

/** The forest plot of one family: rows in the protocol's order, right is better. Accuracy in points. */
export function prepareForest({ metric, margin, teacherDifference, items }: ForestInput): Forest {
  const { scale, tableDigits: digits } = judgedOf(metric)
  const teacher = teacherDifference === null ? null : teacherDifference * scale
  const axis = forestAxis({
    margin: margin * scale,
    teacher,
    values: items.flatMap(({ estimate, perSeed }) =>
      [...(estimate === null ? [] : [estimate]), ...perSeed.map((seed) => seed.difference)].map(
        (value) => value * scale,
      ),
    ),
    ends: items.flatMap(({ individual, simultaneous }) =>
      [...(individual ?? []), ...(simultaneous ?? [])].map((end) => end * scale),
    ),
  })
  const place = (value: number): number => percentOf(value, axis)
  const bar = (interval: Interval | null): Bar | null => {
    if (interval === null) return null
    const [from, to] = [interval[0] * scale, interval[1] * scale]
    return {
      from: place(clamp(from, axis)),
      to: place(clamp(to, axis)),
      beyondLeft: from < axis.from,
      beyondRight: to > axis.to,
    }
  }
  const range = (interval: Interval | null): string =>
    interval === null ? '' : interval.map((end) => signed(end * scale, digits)).join(' to ')
  return {
    zero: place(0),
    band: { from: place(-margin * scale), to: place(margin * scale) },
    teacher: teacher === null ? null : teacherLine(teacher, axis, digits),
    ticks: namedTicks(axis),
    dense: items.length > 8,
    rows: items.map((item, index) => {
      const { estimate, individual, simultaneous, liveBand, perSeed, group, word } = item
      return {
        ...pickText(item),
        heading: group === items[index - 1]?.group ? null : group,
        tone: word === null ? 'plain' : verdictTone[word],
        hollow: word === null || verdictTone[word] === 'open',
        estimate: estimate === null ? '–' : signed(estimate * scale, digits),
        interval: range(simultaneous ?? individual),
        alone: range(individual),
        live: range(liveBand),
        marks:
          estimate === null
            ? null
            : {
                point: place(estimate * scale),
                thick: bar(individual),
                thin: bar(simultaneous),
                live: bar(liveBand),
                seeds: perSeed.map((s) => ({ seed: s.seed, x: place(s.difference * scale) })),
              },
      }
    }),
  }
}

function pickText({ key, label, detail, provisional, word, tag, remark, level }: ForestItem) {
  return { key, label, detail, provisional, word, tag, remark, level }
}

function teacherLine(teacher: number, axis: ForestAxis, digits: number): NonNullable<Forest['teacher']> {
  return {
    x: percentOf(clamp(teacher, axis), axis),
    text: signed(teacher, digits),
    beyond: teacher > axis.to ? 'right' : teacher < axis.from ? 'left' : null,
  }
}

function namedTicks(axis: ForestAxis): Forest['ticks'] {
  const [first = 0, second = 1] = axis.ticks
  const digits = Math.max(0, -Math.floor(Math.log10(second - first) + 1e-9))
  return axis.ticks.map((tick) => ({
    x: percentOf(tick, axis),
    text: tick === 0 ? '0' : signed(tick, digits),
  }))
}

function clamp(value: number, axis: ForestAxis): number {
  return Math.min(axis.to, Math.max(axis.from, value))
}

/** In percent of the axis, three decimals. */
function percentOf(value: number, axis: ForestAxis): number {
  return Math.round(((value - axis.from) / (axis.to - axis.from)) * 100_000) / 1000
}
