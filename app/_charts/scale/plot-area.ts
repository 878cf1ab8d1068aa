import { along } from './axis-scale.ts'
import type { AxisScale } from './axis-scale.ts'

/** The edges of the rectangle in which data is drawn, in pixels from the chart's upper left corner. */
export interface PlotArea {
  left: number
  right: number
  top: number
  bottom: number
}

export function xPixel(area: PlotArea, scale: AxisScale, value: number): number {
  return area.left + along(scale, value) * (area.right - area.left)
}

export function yPixel(area: PlotArea, scale: AxisScale, value: number): number {
  return area.bottom - along(scale, value) * (area.bottom - area.top)
}

/** Pixels cut to the plot's height, for intervals and bands that leave the axis. */
export function clampY(area: PlotArea, pixel: number): number {
  return Math.max(area.top, Math.min(area.bottom, pixel))
}
