import { textWidth } from '../fit-name.ts'
import type { AxisScale } from '../scale/axis-scale.ts'
import { xPixel, yPixel } from '../scale/plot-area.ts'
import type { PlotArea } from '../scale/plot-area.ts'
import type { Frame } from '../colour-tokens.ts'
import type { ChartOption } from './chart-option.ts'
import type { Mark } from './mark.ts'

/** Horizontal grid lines, tick labels, the x axis, and both titles, horizontal: y above its axis, x at the right end. */
export function axisMarks(area: PlotArea, x: AxisScale, y: AxisScale, { palette }: Frame): Mark[] {
  const marks: Mark[] = []
  y.ticks.forEach((tick, index) => {
    const at = yPixel(area, y, tick)
    marks.push(
      { type: 'line', from: [area.left, at], to: [area.right, at], stroke: palette.line, width: 1 },
      text([area.left - 8, at], y.labels[index] ?? '', 'right'),
    )
  })
  marks.push({
    type: 'line',
    from: [area.left, area.bottom],
    to: [area.right, area.bottom],
    stroke: palette['line-strong'],
    width: 1,
  })
  let taken = -Infinity
  x.ticks.forEach((tick, index) => {
    const at = xPixel(area, x, tick)
    const label = x.labels[index] ?? ''
    marks.push({
      type: 'line',
      from: [at, area.bottom],
      to: [at, area.bottom + 4],
      stroke: palette['line-strong'],
      width: 1,
    })
    // On a logarithmic axis ticks crowd: a label that would touch the one before it is left out.
    const half = textWidth(label) / 2
    if (at - half < taken + 6) return
    taken = at + half
    marks.push(text([at, area.bottom + 14], label, 'center'))
  })
  marks.push(text([0, 8], y.title, 'left'), text([area.right, area.bottom + 32], x.title, 'right'))
  return marks

  function text(at: [number, number], words: string, align: 'left' | 'center' | 'right'): Mark {
    return { type: 'text', at, text: words, fill: palette['ink-3'], align }
  }
}

/**
 * The invisible coordinate system under the marks, and the look of the tooltip. Axes are plain numbers: a logarithmic
 * axis holds log10 of the values (`plotted`), so that its ticks are ours.
 */
export function baseOption(area: PlotArea, x: AxisScale, y: AxisScale, frame: Frame): ChartOption {
  const hidden = { type: 'value' as const, show: false }
  const [xMin, xMax] = x.domain.map((end) => plotted(x, end))
  const [yMin, yMax] = y.domain.map((end) => plotted(y, end))
  return {
    animation: false,
    textStyle: { fontFamily: frame.font, fontSize: 12 },
    grid: {
      left: area.left,
      top: area.top,
      width: area.right - area.left,
      height: area.bottom - area.top,
      outerBoundsMode: 'none',
    },
    xAxis: { ...hidden, min: xMin ?? 0, max: xMax ?? 1 },
    yAxis: { ...hidden, min: yMin ?? 0, max: yMax ?? 1 },
    tooltip: {
      confine: true,
      transitionDuration: 0,
      backgroundColor: frame.palette.surface,
      borderColor: frame.palette.line,
      borderWidth: 1,
      padding: [8, 12],
      textStyle: { color: frame.palette.ink, fontFamily: frame.font, fontSize: 12 },
    },
  }
}

/** A value as the hidden axis holds it. */
export function plotted(scale: AxisScale, value: number): number {
  return scale.log ? Math.log10(value) : value
}
