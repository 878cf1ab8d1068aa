import { fitName, textWidth } from '../short-name.ts'
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
/** Longest name, in pixels. */
const ROOM = 170

/**
 * Pixels of points and labels. Points at (almost) the same x whose marks would cover each other step aside to the
 * right; the labels of a column of points stand in one list beside it, pushed apart with their order kept. In the
 * last column they stand on the left where the room on the right is too small.
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
    label: { text: fitName(point.label, ROOM), x: 0, y: 0, align: 'left' },
  }))
  stepAside(placed)
  for (const column of columns(placed)) placeLabels(column, area, width)
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

function placeLabels(column: readonly PlacedPoint[], area: PlotArea, width: number): void {
  const right = Math.max(...column.map((point) => point.x)) + 18
  const left = Math.min(...column.map((point) => point.x)) - 12
  const longest = Math.max(...column.map((point) => textWidth(point.label.text)))
  const fits = right + longest <= width
  // The step line runs to the right of a point on the front: its label stands above the line.
  const wanted = column.map((point) => point.y - (point.point.onFront ? 10 : 0))
  const heights = pushApart(wanted, LINE, area.top + 4, area.bottom - 8)
  column.forEach((point, index) => {
    const y = heights[index] ?? point.y
    const side = fits ? { x: right, align: 'left' as const } : { x: left, align: 'right' as const }
    point.label = { ...point.label, ...side, y }
  })
}
