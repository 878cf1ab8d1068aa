import { fitName, textWidth } from '../fit-name.ts'
import { pushApart } from '../scale/push-apart.ts'
import { clampY, xPixel, yPixel } from '../scale/plot-area.ts'
import type { PlotArea } from '../scale/plot-area.ts'
import type { PreparedScatter, ScatterPoint } from './prepare-scatter.ts'

export interface PlacedPoint {
  point: ScatterPoint
  x: number
  y: number
  /** The interval's ends in pixels, null without an interval. */
  bar: [top: number, bottom: number] | null
  label: { text: string; x: number; y: number; align: 'left' | 'right' }
}

const COLUMN = 44
const SHIFT = 11
const LINE = 16
/** Between the line of the front and the middle of a label above or below it. */
const CLEAR = 10
/** Longest name, in pixels. */
const ROOM = 170

/**
 * Pixels of points and labels. Points at (almost) the same x whose marks would cover each other step aside to the
 * right; the labels of points that are near each other stand in one list beside them, pushed apart with their order kept,
 * on the left where the room on the right is too small.
 */
export function placePoints(prepared: PreparedScatter, area: PlotArea, width: number): PlacedPoint[] {
  const placed: PlacedPoint[] = prepared.points.map((point) => ({
    point,
    x: xPixel(area, prepared.x, point.x),
    y: yPixel(area, prepared.y, point.y),
    bar:
      point.low === null || point.high === null
        ? null
        : [
            clampY(area, yPixel(area, prepared.y, point.high)),
            clampY(area, yPixel(area, prepared.y, point.low)),
          ],
    label: { text: fitName(point, ROOM), x: 0, y: 0, align: 'left' },
  }))
  stepAside(placed)
  for (const column of columns(placed)) {
    for (const cluster of clusters(column)) placeLabels(cluster, area, width)
  }
  return placed
}

function stepAside(placed: readonly PlacedPoint[]): void {
  const byHeight = [...placed].sort((a, b) => a.y - b.y)
  byHeight.forEach((one, index) => {
    for (const other of byHeight.slice(0, index)) {
      if (Math.abs(one.x - other.x) < SHIFT - 2 && Math.abs(one.y - other.y) < 12) one.x = other.x + SHIFT
    }
  })
}

function columns(placed: readonly PlacedPoint[]): PlacedPoint[][] {
  const found: PlacedPoint[][] = []
  for (const point of [...placed].sort((a, b) => a.x - b.x)) {
    const column = found.at(-1)
    const last = column?.at(-1)
    if (column && last && point.x - last.x < COLUMN) column.push(point)
    else found.push([point])
  }
  return found
}

/** Points of a column whose labels would meet; one far above the others has its own label beside it. */
function clusters(column: readonly PlacedPoint[]): PlacedPoint[][] {
  const found: PlacedPoint[][] = []
  for (const point of [...column].sort((a, b) => a.y - b.y)) {
    const cluster = found.at(-1)
    const last = cluster?.at(-1)
    if (cluster && last && point.y - last.y < 3 * LINE) cluster.push(point)
    else found.push([point])
  }
  return found
}

/** Heights that labels would have: above the line of the front, which runs to the right of its point, or clear below it. */
function wantedHeights(cluster: readonly PlacedPoint[]): number[] {
  let below = -Infinity
  return cluster.map(({ y, point }) => {
    if (point.onFront) {
      below = y + CLEAR - LINE
      return y - CLEAR
    }
    below = Math.max(y, below + LINE)
    return below
  })
}

function placeLabels(column: readonly PlacedPoint[], area: PlotArea, width: number): void {
  const right = Math.max(...column.map((point) => point.x)) + 18
  const left = Math.min(...column.map((point) => point.x)) - 12
  const longest = Math.max(...column.map((point) => textWidth(point.label.text)))
  const fits = right + longest <= width
  const heights = pushApart(wantedHeights(column), LINE, area.top + 4, area.bottom - 8)
  column.forEach((point, index) => {
    const y = heights[index] ?? point.y
    const side = fits ? { x: right, align: 'left' as const } : { x: left, align: 'right' as const }
    // A list on the left ends at the numbers of the axis.
    const text = fits ? point.label.text : fitName(point.point, left - area.left - 4)
    point.label = { text, ...side, y }
  })
}
