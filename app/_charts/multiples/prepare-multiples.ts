import type { ArmFigures, ArmView } from '../../../core/contracts/views.ts'
import { armLook } from '../arm-look.ts'
import type { ArmLook } from '../arm-look.ts'
import { tickLabels } from '../scale/axis-scale.ts'
import { fraction, linearTicks, paddedDomain } from '../scale/ticks.ts'
import type { Domain } from '../scale/ticks.ts'

/** What one arm shows in one column; positions are shares of the column's width, 0 to 1. */
export type MultipleCell =
  | { kind: 'missing' }
  /** Beyond the axis: the figure with an arrow. */
  | { kind: 'beyond'; side: 'left' | 'right'; text: string }
  | { kind: 'value'; at: number; interval: [number, number] | null; text: string }

export interface MultipleColumn {
  key: string
  title: string
  /** Unit, and where better is. */
  remark: string
  ticks: { at: number; label: string }[]
  /** Where the control lies, null without it. */
  control: number | null
  cells: MultipleCell[]
}

export interface MultipleRow {
  armId: string
  label: string
  look: ArmLook
  /** Teacher and control. */
  reference: boolean
}

export interface PreparedMultiples {
  rows: MultipleRow[]
  columns: MultipleColumn[]
}

interface Measure {
  key: string
  title: string
  remark: string
  scale: number
  digits: number
  /** Values cannot leave this range. */
  bounds: Domain
}

interface Value {
  mean: number
  interval: [number, number] | null
}

const measures: readonly Measure[] = [
  measure('test/accuracy', 'Accuracy', '%, right is better', 100, 2, [0, 100]),
  measure('test/nll', 'NLL', 'nat, left is better', 1, 3, [0, Infinity]),
  measure('test/brier', 'Brier score', 'left is better', 1, 3, [0, 2]),
  measure('test/ece', 'ECE, 15 bins', 'points, left, no verdict', 100, 1, [0, 100]),
  measure('gap/accuracy', 'Train–test gap', 'points, left is better', 100, 1, [-100, 100]),
  measure('test/agreement', 'Agreement', '% with teacher', 100, 1, [0, 100]),
  measure('test/kl', 'KL from teacher', 'nat', 1, 3, [0, Infinity]),
  measure('latency', 'Latency p50', 'ms, left is better', 1, 3, [0, Infinity]),
]

/** The teacher stretches an axis only so far: the other arms keep at least this share of it. */
const LEAST_SHARE = 0.3

/** Width of a character of a tick's label: about 6 px of a column of 80 px. */
const CHARACTER_SHARE = 0.075

/** Arms down, metrics across, every column its own scale. A column that no arm has a value for is left out. */
export function prepareMultiples(
  arms: readonly ArmView[],
  figures: readonly ArmFigures[],
): PreparedMultiples {
  const rows = arms.map((arm) => ({
    armId: arm.id,
    label: arm.label,
    look: armLook(arm),
    reference: arm.role === 'teacher' || arm.role === 'control',
  }))
  const columns = measures.flatMap((one) => {
    const values = arms.map((arm) =>
      valueOf(
        one,
        figures.find((of) => of.armId === arm.id),
      ),
    )
    const column = prepareColumn(one, arms, values)
    return column ? [column] : []
  })
  return { rows, columns }
}

function prepareColumn(
  one: Measure,
  arms: readonly ArmView[],
  values: readonly (Value | null)[],
): MultipleColumn | null {
  const domain = columnDomain(one, arms, values)
  if (!domain) return null
  const control = values[arms.findIndex((arm) => arm.role === 'control')]
  return {
    key: one.key,
    title: one.title,
    remark: one.remark,
    ticks: roomyTicks(domain),
    control: control ? fraction(control.mean, domain) : null,
    cells: values.map((value) => prepareCell(one, value, domain)),
  }
}

/** About three ticks, or only the outer two where the labels between them would touch in a narrow column. */
function roomyTicks(domain: Domain): MultipleColumn['ticks'] {
  const values = linearTicks(domain, 3)
  const labels = tickLabels(values)
  const ticks = values.map((tick, index) => ({ at: fraction(tick, domain), label: labels[index] ?? '' }))
  const [first, second] = ticks
  const needed = (Math.max(...labels.map((label) => label.length)) + 1) * CHARACTER_SHARE
  if (first === undefined || second === undefined || second.at - first.at >= needed) return ticks
  return [first, ...ticks.slice(-1)]
}

function prepareCell(one: Measure, value: Value | null, domain: Domain): MultipleCell {
  if (!value) return { kind: 'missing' }
  const text = significant(value.mean, one.digits)
  if (value.mean > domain[1]) return { kind: 'beyond', side: 'right', text }
  if (value.mean < domain[0]) return { kind: 'beyond', side: 'left', text }
  const ends = value.interval
  return {
    kind: 'value',
    at: fraction(value.mean, domain),
    interval: ends && [Math.max(0, fraction(ends[0], domain)), Math.min(1, fraction(ends[1], domain))],
    text: ends
      ? `${text} (${significant(ends[0], one.digits)} to ${significant(ends[1], one.digits)})`
      : text,
  }
}

function columnDomain(
  one: Measure,
  arms: readonly ArmView[],
  values: readonly (Value | null)[],
): Domain | null {
  const reach = (of: (arm: ArmView) => boolean): number[] =>
    values.flatMap((value, index) => {
      const arm = arms[index]
      return value && arm && of(arm) ? [value.mean, ...(value.interval ?? [])] : []
    })
  const students = reach((arm) => arm.role !== 'teacher')
  const all = reach(() => true)
  const least = Math.max(1e-6, 0.02 * Math.max(...all.map(Math.abs), 0))
  const narrow = paddedDomain(students, 0.08, least)
  const whole = paddedDomain(all, 0.08, least)
  if (!whole) return null
  const keeps = !narrow || narrow[1] - narrow[0] >= LEAST_SHARE * (whole[1] - whole[0])
  const [low, high] = keeps ? whole : narrow
  return [Math.max(one.bounds[0], low), Math.min(one.bounds[1], high)]
}

function valueOf(one: Measure, figures: ArmFigures | undefined): Value | null {
  if (!figures) return null
  if (one.key === 'latency') {
    return figures.latency && { mean: figures.latency.p50Ms, interval: figures.latency.p50Interval }
  }
  const estimate = figures.metrics[one.key]
  if (!estimate) return null
  const mean = estimate.mean * one.scale
  const half = estimate.half === null ? null : estimate.half * one.scale
  return { mean, interval: half === null ? null : [mean - half, mean + half] }
}

/** Small figures, such as a latency of 0.0123 ms, keep three digits that say something. */
function significant(value: number, digits: number): string {
  const size = Math.abs(value)
  const needed = size > 0 && size < 0.1 ? Math.min(6, 2 - Math.floor(Math.log10(size))) : digits
  return value.toFixed(Math.max(digits, needed)).replace('-', '−')
}

function measure(
  key: string,
  title: string,
  remark: string,
  scale: number,
  digits: number,
  bounds: Domain,
): Measure {
  return { key, title, remark, scale, digits, bounds }
}
