import { counted } from '../../_ui/format.ts'
import { markColour, shapePath } from '../arm-look.ts'
import { NARROW } from '../colour-tokens.ts'
import type { Frame } from '../colour-tokens.ts'
import { axisMarks, baseOption, plotted } from '../option/axes.ts'
import type { ChartOption } from '../option/chart-option.ts'
import { escapeHtml } from '../option/escape-html.ts'
import { markSeries } from '../option/mark.ts'
import type { Mark, Point } from '../option/mark.ts'
import { xPixel, yPixel } from '../scale/plot-area.ts'
import type { PlotArea } from '../scale/plot-area.ts'
import { placePoints } from './place-points.ts'
import type { PlacedPoint } from './place-points.ts'
import type { PreparedScatter, ScatterPoint } from './prepare-scatter.ts'

/** Accuracy against cost: the dominated side shaded, intervals as bars, arms in their shapes, labels beside them. */
export function scatterOption(prepared: PreparedScatter, frame: Frame): ChartOption {
  const { palette, font } = frame
  const area = plotArea(frame)
  const placed = placePoints(prepared, area, frame.width)
  const back = [
    ...frontMarks(prepared, area, frame),
    ...axisMarks(area, prepared.x, prepared.y, frame),
    ...frontLine(prepared, area, frame),
  ]
  const front = [
    ...placed.flatMap((point) => barMark(point, frame)),
    ...placed.flatMap((point) => leaderMark(point, frame)),
    ...placed.map((point) => pointMark(point, frame)),
    ...placed.map((point) => labelMark(point, frame)),
  ]
  const base = baseOption(area, prepared.x, prepared.y, frame)
  return {
    ...base,
    tooltip: { ...base.tooltip, trigger: 'item' },
    series: [
      markSeries('back', back, 1, font),
      markSeries('marks', front, 2, font),
      {
        // The marks above are drawn at fixed pixels; these transparent points answer the pointer.
        id: 'points',
        type: 'scatter',
        z: 3,
        symbolSize: 18,
        itemStyle: { color: palette.bg, opacity: 0 },
        data: placed.map(({ point, x }) => ({
          name: point.armId,
          value: [unshifted(prepared, area, x), plotted(prepared.y, point.y)],
          tooltip: { formatter: tooltip(point, prepared.x.title) },
        })),
      },
    ],
  }
}

function plotArea(frame: Frame): PlotArea {
  const narrow = frame.width < NARROW
  return {
    left: 40,
    right: frame.width - (narrow ? 14 : 96),
    top: 26,
    bottom: frame.height - 44,
  }
}

/** The value of the hidden axis under a pixel, for points that stepped aside. */
function unshifted(prepared: PreparedScatter, area: PlotArea, pixel: number): number {
  const [low, high] = prepared.x.domain.map((end) => plotted(prepared.x, end))
  const share = (pixel - area.left) / (area.right - area.left)
  return (low ?? 0) + share * ((high ?? 1) - (low ?? 0))
}

function stepPoints(prepared: PreparedScatter, area: PlotArea): Point[] {
  const points: Point[] = []
  let height = area.bottom
  for (const point of prepared.front) {
    const at = xPixel(area, prepared.x, point.x)
    points.push([at, height])
    height = yPixel(area, prepared.y, point.y)
    points.push([at, height])
  }
  points.push([area.right, height])
  return points
}

function frontMarks(prepared: PreparedScatter, area: PlotArea, { palette }: Frame): Mark[] {
  const points = stepPoints(prepared, area)
  return [
    { type: 'polygon', points: [...points, [area.right, area.bottom]], fill: palette.band, opacity: 0.7 },
  ]
}

function frontLine(prepared: PreparedScatter, area: PlotArea, { palette }: Frame): Mark[] {
  return [{ type: 'polyline', points: stepPoints(prepared, area), stroke: palette['ink-3'], width: 1.25 }]
}

function barMark({ point, x, bar }: PlacedPoint, { palette }: Frame): Mark[] {
  if (bar === null) return []
  const stroke = palette[markColour(point.look)]
  return [{ type: 'line', from: [x, bar[0]], to: [x, bar[1]], stroke, width: 1.25, opacity: 0.75 }]
}

function leaderMark({ x, y, label }: PlacedPoint, { palette }: Frame): Mark[] {
  const [start, end] = label.align === 'left' ? [x + 8, label.x - 4] : [x - 8, label.x + 4]
  if (Math.abs(label.y - y) <= 10 && Math.abs(end - start) < 14) return []
  const stroke = palette['line-strong']
  return [{ type: 'line', from: [start, y], to: [end, label.y], stroke, width: 0.75 }]
}

function pointMark({ point, x, y }: PlacedPoint, { palette }: Frame): Mark {
  const colour = palette[markColour(point.look)]
  const { open } = point.look
  return {
    type: 'path',
    at: [x, y],
    path: shapePath(point.look.shape, 5.5),
    fill: open ? palette.bg : colour,
    stroke: open ? colour : palette.bg,
    width: open ? 2 : 1.5,
  }
}

function labelMark({ point, label }: PlacedPoint, { palette }: Frame): Mark {
  return {
    type: 'text',
    at: [label.x, label.y],
    text: label.text,
    fill: point.onFront ? palette.ink : palette['ink-2'],
    align: label.align,
    bold: point.onFront,
    halo: palette.bg,
  }
}

function tooltip(point: ScatterPoint, cost: string): string {
  const [name, unit] = cost.split(', ')
  const half = point.high === null ? '' : ` ± ${(point.high - point.y).toFixed(2)}`
  const seeds = counted(point.n, 'seed')
  return `<b>${escapeHtml(point.label)}</b><br>${point.y.toFixed(2)}${half} %, ${seeds}<br>${name} ${Number(point.x.toPrecision(3))} ${unit ?? ''}`
}
