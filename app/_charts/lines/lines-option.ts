import type { LineSeriesOption } from 'echarts/charts'
import { markColour, shapePath } from '../arm-look.ts'
import { NARROW } from '../colour-tokens.ts'
import type { Frame } from '../colour-tokens.ts'
import { axisMarks, baseOption, plotted } from '../option/axes.ts'
import type { ChartOption } from '../option/chart-option.ts'
import { markSeries } from '../option/mark.ts'
import type { Mark, Point } from '../option/mark.ts'
import { along } from '../scale/axis-scale.ts'
import { clampY, xPixel, yPixel } from '../scale/plot-area.ts'
import type { PlotArea } from '../scale/plot-area.ts'
import { fitName, textWidth } from '../fit-name.ts'
import { pushApart } from '../scale/push-apart.ts'
import type { EndLabel, Line, PreparedLines } from './line-chart.ts'

const BAND_OPACITY = 0.16
const dashes = { solid: 'solid', dotted: [0.1, 4.5], dashed: [6, 4], fine: [3, 2] } as const

/** Lines with their bands, levels across the plot, and direct labels at the right, pushed apart with leaders. */
export function linesOption(
  prepared: PreparedLines,
  frame: Frame,
  room: { narrow: number; wide: number } = { narrow: 128, wide: 190 },
  tooltip?: (x: number) => string,
): ChartOption {
  const area: PlotArea = {
    left: 44,
    right: frame.width - (frame.width < NARROW ? room.narrow : room.wide),
    top: 30,
    bottom: frame.height - 44,
  }
  const { palette, font } = frame
  const back = [
    ...axisMarks(area, prepared.x, prepared.y, frame),
    ...prepared.lines.flatMap((line) => bandMark(line, prepared, area, frame)),
    ...prepared.levels.map((level): Mark => {
      const y = clampY(area, yPixel(area, prepared.y, level.value))
      const stroke = palette[level.colour]
      return { type: 'line', from: [area.left, y], to: [area.right, y], stroke, width: 1.25, dash: [5, 3] }
    }),
  ]
  const base = baseOption(area, prepared.x, prepared.y, frame)
  return {
    ...base,
    tooltip: tooltip
      ? {
          ...base.tooltip,
          trigger: 'axis',
          axisPointer: { type: 'line', lineStyle: { color: palette['line-strong'], type: 'solid' } },
          formatter: (items) => tooltip(hovered(items)),
        }
      : { show: false },
    series: [
      markSeries('back', back, 1, font),
      ...prepared.lines.map((line) => lineSeries(line, prepared, frame)),
      markSeries('labels', labelMarks(prepared, area, frame), 4, font),
    ],
  }
}

/** The x value that an axis tooltip is asked for. */
function hovered(items: unknown): number {
  const first: unknown = Array.isArray(items) ? items[0] : items
  const value = typeof first === 'object' && first !== null && 'axisValue' in first ? first.axisValue : null
  return typeof value === 'number' ? value : Number(value)
}

function lineSeries(line: Line, prepared: PreparedLines, { palette }: Frame): LineSeriesOption {
  const dash = dashes[line.stroke]
  return {
    id: line.id,
    type: 'line',
    z: 2,
    symbol: 'none',
    silent: true,
    clip: true,
    lineStyle: {
      color: palette[line.colour],
      width: line.stroke === 'dotted' ? line.width + 0.6 : line.width,
      opacity: line.opacity,
      type: typeof dash === 'string' ? dash : [...dash],
      cap: line.stroke === 'dotted' ? 'round' : 'butt',
      join: 'round',
    },
    itemStyle: { color: palette[line.colour] },
    data: line.points.map(([x, y]) => [
      plotted(prepared.x, x),
      // What a logarithmic axis cannot show is a gap.
      prepared.y.log && y <= 0 ? Number.NaN : plotted(prepared.y, y),
    ]),
  }
}

function bandMark(line: Line, prepared: PreparedLines, area: PlotArea, frame: Frame): Mark[] {
  if (line.band.length < 2) return []
  const [floor] = prepared.y.domain
  const pixel = (x: number, y: number): Point => [
    xPixel(area, prepared.x, x),
    clampY(area, yPixel(area, prepared.y, prepared.y.log ? Math.max(y, floor) : y)),
  ]
  const above = line.band.map(([x, , high]) => pixel(x, high))
  const below = line.band.map(([x, low]) => pixel(x, low)).toReversed()
  return [
    {
      type: 'polygon',
      points: [...above, ...below],
      fill: frame.palette[line.colour],
      opacity: BAND_OPACITY,
    },
  ]
}

/** Ends nearer to each other than this share one list of labels. */
const SAME_END = 32

/** Labels stand beside the ends of their lines: at the right edge, or earlier where a line is shorter or still grows. */
function labelMarks(prepared: PreparedLines, area: PlotArea, frame: Frame): Mark[] {
  const placed = prepared.labels
    .filter((label) => Number.isFinite(along(prepared.y, label.at[1])))
    .map((label) => ({
      label,
      x: xPixel(area, prepared.x, label.at[0]),
      y: clampY(area, yPixel(area, prepared.y, label.at[1])),
    }))
    .sort((a, b) => a.x - b.x)
  const columns: (typeof placed)[] = []
  for (const end of placed) {
    const column = columns.at(-1)
    const near = column && end.x - (column.at(-1)?.x ?? 0) < SAME_END
    // Words that would run into the labels at the right join those.
    const long = column?.some(({ label, x }) => x + 24 + textWidth(`${label.label} ${label.value}`) > end.x)
    if (column && (near || long)) column.push(end)
    else columns.push([end])
  }
  return columns.flatMap((column) => {
    const edge = Math.max(...column.map((end) => end.x))
    const heights = pushApart(
      column.map((end) => end.y),
      frame.width < NARROW ? 16 : 18,
      area.top - 6,
      area.bottom - 4,
    )
    return column.flatMap((end, index) => labelMark(end, heights[index] ?? end.y, edge, frame))
  })
}

function labelMark(
  { label, x, y }: { label: EndLabel; x: number; y: number },
  height: number,
  edge: number,
  { palette, width }: Frame,
): Mark[] {
  const marks: Mark[] = [
    { type: 'line', from: [x + 6, y], to: [edge + 12, height], stroke: palette[label.colour], width: 0.75 },
    {
      type: 'text',
      at: [edge + 16, height],
      text: fitName(label, width - edge - 22 - textWidth(label.value)),
      fill: palette.ink,
      ...(label.value === '' ? {} : { after: { text: label.value, fill: palette['ink-3'] } }),
      halo: palette.bg,
    },
  ]
  if (label.mark) {
    const colour = palette[markColour(label.mark)]
    marks.push({
      type: 'path',
      at: [x, y],
      path: shapePath(label.mark.shape, 4.5),
      fill: label.mark.open ? palette.bg : colour,
      stroke: label.mark.open ? colour : palette.bg,
      width: 1.5,
    })
  }
  return marks
}
