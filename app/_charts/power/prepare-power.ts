import { linearScale, along } from '../scale/axis-scale.ts'
import { niceStep } from '../scale/ticks.ts'

export interface PowerPoint {
  seeds: number
  detectable: number
  low: number
  high: number
}

/** The power curve, ready to draw: x and y in percent of the plot, y downwards from 0. */
export interface PowerPicture {
  /** "Smallest detectable difference, points" */
  title: string
  yTicks: { y: number; text: string }[]
  xTicks: { x: number; text: string }[]
  /** Paths in a box of 100 by 100; parts above the axis are cut. */
  line: string
  /** null where the spread was not estimated and nothing is known of its range. */
  band: string | null
  /** y of the margin; below it the plan is fine enough. */
  margin: number
  chosen: PowerMark
}

export interface PowerMark {
  x: number
  y: number
  /** "8 seeds: ±0.96" */
  text: string
  /**
   * Where the text stands, seen from the mark. Right of it and above the falling curve is free; where that would leave
   * the plot, left and below the curve, or above it where the curve lies low and is flat.
   */
  place: 'right' | 'left-below' | 'left-above'
  /** The words on the margin stand on the side that its stem leaves free. */
  words: 'right' | 'left'
}

/**
 * @param input.curve rising seeds, at least two. @param input.seeds the plan's; between the curve's ends, else the nearer end.
 * @param input.scale values of the curve times this are shown (100 for points). @param input.unit "points"
 */
export function preparePower(input: {
  curve: readonly PowerPoint[]
  seeds: number
  margin: number
  scale: number
  digits: number
  unit: string
}): PowerPicture {
  const { curve, margin, scale } = input
  const first = curve[0]?.seeds ?? 0
  const last = curve.at(-1)?.seeds ?? first + 1
  const chosen = curve.find((point) => point.seeds === clamp(input.seeds, first, last)) ?? curve[0]
  const top = axisTop(curve, margin, chosen?.detectable ?? margin) * scale
  const axis = linearScale(`Smallest detectable difference, ${input.unit}`, [0, top], 4)
  const x = (seeds: number): number => (100 * (seeds - first)) / Math.max(1, last - first)
  const y = (value: number): number => 100 * (1 - along(axis, value * scale))
  const path = (pick: (point: PowerPoint) => number, points: readonly PowerPoint[]): string =>
    points.map((point) => `${round(x(point.seeds))} ${round(y(pick(point)))}`).join('L')
  const value = chosen?.detectable ?? 0
  const at = chosen === undefined ? 0 : x(chosen.seeds)
  return {
    title: axis.title,
    yTicks: axis.ticks.map((tick, index) => ({ y: y(tick / scale), text: axis.labels[index] ?? '' })),
    xTicks: seedTicks(first, last).map((seeds) => ({ x: x(seeds), text: String(seeds) })),
    line: `M${path((point) => point.detectable, curve)}`,
    band: curve.every((point) => point.low === point.high)
      ? null
      : `M${path((point) => point.high, curve)}L${path((point) => point.low, curve.toReversed())}Z`,
    margin: y(margin),
    chosen: {
      x: at,
      y: y(value),
      text: `${chosen?.seeds ?? input.seeds} seeds: ±${(value * scale).toFixed(input.digits)}`,
      words: at <= 45 ? 'right' : 'left',
      place: at <= 55 ? 'right' : y(value) < 62 ? 'left-below' : 'left-above',
    },
  }
}

/**
 * Three margins, or more where the plan or the end of the curve lies higher: the steep rise at few seeds would flatten
 * all the rest, so it leaves the axis.
 */
function axisTop(curve: readonly PowerPoint[], margin: number, chosen: number): number {
  return Math.max(3 * margin, 1.2 * chosen, 1.6 * (curve.at(-1)?.detectable ?? 0))
}

/** Round numbers of seeds, at most eight. */
function seedTicks(first: number, last: number): number[] {
  const step = Math.max(1, niceStep((last - first) / 8))
  const from = Math.ceil(first / step)
  return Array.from({ length: Math.floor(last / step) - from + 1 }, (_, index) => (from + index) * step)
}

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high)
const round = (value: number): number => Number(value.toFixed(3))
