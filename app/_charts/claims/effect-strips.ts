import type { ClaimComparison } from '../../../core/contracts/claims.ts'
import type { ComparisonMetric, ComparisonWord } from '../../../core/contracts/verdict.ts'
import { signed } from '../../_ui/format.ts'
import { forestAxis } from '../forest/forest-axis.ts'
import { tickDigits } from '../scale/ticks.ts'
import { clearTicks } from './clear-ticks.ts'
import { placer, type StripMark, type Strips, type StripTick } from './strips.ts'

const colours: Record<ComparisonWord, string> = {
  helped: 'helped-mark',
  smaller: 'helped-mark',
  hurt: 'hurt-mark',
  larger: 'hurt-mark',
  'no practical difference': 'same-mark',
  inconclusive: 'open-mark',
}

const scales: Record<ComparisonMetric, number> = { accuracy: 100, gap: 100, nll: 1, brier: 1 }

/**
 * An effect with its margin: thick the interval of this comparison alone, thin the simultaneous one, right is better.
 * Null without an estimate. Colour is the verdict's; grey and hollow without one.
 */
export function effectStrips(
  rows: readonly { label: string; compared: ClaimComparison }[],
  metric: ComparisonMetric,
  teacherDifference: number | null = null,
): Strips | null {
  const scale = scales[metric]
  const drawn = rows.flatMap(({ label, compared: { comparison, margin } }) =>
    comparison.estimate === null ? [] : [{ label, comparison, estimate: comparison.estimate, margin }],
  )
  if (drawn.length === 0) return null
  const margins = drawn.flatMap(({ margin }) => (margin === null ? [] : [margin * scale]))
  const margin = margins.length === 0 ? null : Math.max(...margins)
  const ends = drawn.flatMap(({ comparison }) => [
    ...(comparison.individual ?? []),
    ...(comparison.simultaneous ?? []),
  ])
  const estimates = drawn.map(({ estimate }) => estimate * scale)
  const teacher = teacherDifference === null ? null : teacherDifference * scale
  const room =
    margin ?? Math.max(...estimates.map(Math.abs), ...ends.map((end) => Math.abs(end * scale)), 1e-6)
  // One row, or a few: the axis holds their intervals whole, so that none ends in an arrow.
  const values = [...estimates, ...ends.map((end) => end * scale)]
  const axis = forestAxis({ margin: room, values, ends: [], teacher })
  const x = placer(axis.from, axis.to)
  const inside = teacher !== null && teacher >= axis.from && teacher <= axis.to
  const digits = tickDigits(axis.ticks)
  return {
    rows: drawn.map(({ label, comparison, estimate }) => {
      const word = comparison.provisional ? null : comparison.word
      const colour = word === null ? 'ink-3' : colours[word]
      const hollow = word === null || word === 'inconclusive'
      return {
        label,
        strong: false,
        marks: [
          ...interval(comparison.simultaneous, axis, scale, colour),
          ...thick(comparison.individual, axis, scale, colour),
          { kind: 'dot', at: x(estimate * scale), colour, radius: 6, hollow },
        ],
      }
    }),
    rowHeight: drawn.length === 1 ? 44 : 32,
    bands: margin === null ? [] : [{ from: x(-margin), to: x(margin) }],
    rules: [
      { at: x(0), look: 'zero' },
      ...(inside && teacher !== null ? [{ at: x(teacher), look: 'dashed' as const }] : []),
    ],
    ticks: clearTicks([
      ...axis.ticks.map((tick) => ({
        at: x(tick),
        text: tick === 0 ? '0' : signed(tick, digits),
      })),
      ...(teacher === null ? [] : [teacherTick(teacher, axis, digits)]),
    ]),
    alt: drawn
      .map(({ label, estimate }) => `${label} ${signed(estimate * scale, scale === 100 ? 2 : 3)}`)
      .join(', '),
  }
}

/** The teacher's place below its line; where it lies beyond the axis, its figure and an arrow at that end. */
function teacherTick(teacher: number, axis: Axis, digits: number): StripTick {
  const x = placer(axis.from, axis.to)
  if (teacher > axis.to)
    return { at: 100, text: `teacher ${signed(teacher, digits + 1)} →`, above: true, anchor: 'end' }
  if (teacher < axis.from)
    return { at: 0, text: `← teacher ${signed(teacher, digits + 1)}`, above: true, anchor: 'start' }
  return { at: x(teacher), text: 'teacher' }
}

type Axis = ReturnType<typeof forestAxis>
type Ends = readonly [number, number] | null

function interval(ends: Ends, axis: Axis, scale: number, colour: string): StripMark[] {
  if (ends === null) return []
  const x = placer(axis.from, axis.to)
  const [from, to] = [x(ends[0] * scale), x(ends[1] * scale)]
  return [
    { kind: 'line', from, to, colour, width: 1.75 },
    { kind: 'cap', at: from, colour, height: 9 },
    { kind: 'cap', at: to, colour, height: 9 },
  ]
}

function thick(ends: Ends, axis: Axis, scale: number, colour: string): StripMark[] {
  if (ends === null) return []
  const x = placer(axis.from, axis.to)
  const [from, to] = [x(ends[0] * scale), x(ends[1] * scale)]
  return to > from ? [{ kind: 'line', from, to, colour, width: 7 }] : []
}
