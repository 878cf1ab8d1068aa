import { decimal, duration } from '../../_ui/format.ts'
import { linearTicks } from '../scale/ticks.ts'
import { clearTicks } from './clear-ticks.ts'
import { placer, type StripMark, type Strips } from './strips.ts'

/** Seconds with a decimal where whole ones would hide that bars differ. */
const shown = (ms: number): string => (ms < 9950 ? `${decimal(ms / 1000, 1)} s` : duration(ms))

/** Training times as bars, milliseconds; what the teacher took hangs on the arm's bar, hatched. */
export function costStrips(
  rows: readonly { label: string; colour: string; ms: number; teacherMs: number | null }[],
): Strips | null {
  const most = Math.max(0, ...rows.map(({ ms, teacherMs }) => ms + (teacherMs ?? 0)))
  if (most === 0) return null
  const [unit, each] = most < 120_000 ? (['s', 1000] as const) : (['min', 60_000] as const)
  const x = placer(0, most * 1.22)
  const ticks = linearTicks([0, (most * 1.22) / each], 5)
  return {
    rows: rows.map(({ label, colour, ms, teacherMs }) => {
      const end = ms + (teacherMs ?? 0)
      const marks: StripMark[] = [{ kind: 'bar', from: 0, to: x(ms), colour, look: 'filled' }]
      if (teacherMs !== null) marks.push({ kind: 'bar', from: x(ms), to: x(end), colour, look: 'hatched' })
      if (teacherMs !== null && x(end) - x(ms) > 46) {
        marks.push({
          kind: 'text',
          at: (x(ms) + x(end)) / 2,
          text: `teacher, once, ${shown(teacherMs)}`,
          anchor: 'middle',
          on: 'hatch',
        })
        if (x(ms) > 18)
          marks.push({ kind: 'text', at: 0, text: shown(ms), anchor: 'start', dx: 5, on: 'bar' })
      } else {
        marks.push({ kind: 'text', at: x(end), text: shown(ms), anchor: 'start', dx: 7 })
      }
      return { label, strong: false, marks }
    }),
    rowHeight: 28,
    bands: [],
    rules: [],
    ticks: clearTicks(
      ticks.map((tick, index) => ({
        at: x(tick * each),
        text: index === ticks.length - 1 ? `${tick} ${unit}` : String(tick),
      })),
    ),
    alt: rows
      .map(
        ({ label, ms, teacherMs }) =>
          `${label} ${shown(ms)}${teacherMs === null ? '' : ` and ${shown(teacherMs)} for the teacher`}`,
      )
      .join(', '),
  }
}
