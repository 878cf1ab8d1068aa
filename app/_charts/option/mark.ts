import type { CustomSeriesOption } from 'echarts/charts'

export type Point = [x: number, y: number]

/** Something drawn at fixed pixels: axes, intervals, leaders, labels. */
export type Mark =
  | { type: 'line'; from: Point; to: Point; stroke: string; width: number; dash?: number[]; opacity?: number }
  | { type: 'polyline'; points: Point[]; stroke: string; width: number }
  | { type: 'polygon'; points: Point[]; fill: string; opacity: number }
  | { type: 'path'; at: Point; path: string; fill: string; stroke: string; width: number }
  | {
      type: 'text'
      at: Point
      text: string
      fill: string
      align?: 'left' | 'center' | 'right'
      size?: number
      bold?: boolean
      /** Quiet words behind the text. */
      after?: { text: string; fill: string }
      /** A rim in this colour keeps the text readable over lines. */
      halo?: string
    }

/** A series that draws `marks` as they are, on layer `z`, deaf to the pointer. */
export function markSeries(id: string, marks: readonly Mark[], z: number, font: string): CustomSeriesOption {
  return {
    id,
    type: 'custom',
    coordinateSystem: 'none',
    silent: true,
    animation: false,
    tooltip: { show: false },
    z,
    data: [[0]],
    renderItem: () => ({
      type: 'group',
      silent: true,
      children: marks.map((mark) => element(mark, font)),
    }),
  }
}

// The chart library's own types of elements are not exported one by one; this is the one that a group's children have.
type Group = Extract<ReturnType<NonNullable<CustomSeriesOption['renderItem']>>, { type: 'group' }>
type Element = Group['children'][number]

function element(mark: Mark, font: string): Element {
  switch (mark.type) {
    case 'line':
      return {
        type: 'line',
        shape: { x1: mark.from[0], y1: mark.from[1], x2: mark.to[0], y2: mark.to[1] },
        style: {
          stroke: mark.stroke,
          lineWidth: mark.width,
          lineDash: mark.dash ?? 'solid',
          opacity: mark.opacity ?? 1,
        },
      }
    case 'polyline':
      return {
        type: 'polyline',
        shape: { points: mark.points },
        style: { stroke: mark.stroke, lineWidth: mark.width, fill: 'none' },
      }
    case 'polygon':
      return {
        type: 'polygon',
        shape: { points: mark.points },
        style: { fill: mark.fill, opacity: mark.opacity },
      }
    case 'path':
      return {
        type: 'path',
        x: mark.at[0],
        y: mark.at[1],
        shape: { pathData: mark.path },
        style: { fill: mark.fill, stroke: mark.stroke, lineWidth: mark.width },
      }
    case 'text':
      return {
        type: 'text',
        x: mark.at[0],
        y: mark.at[1],
        style: {
          text: mark.after ? `{name|${mark.text}} {after|${mark.after.text}}` : mark.text,
          fill: mark.fill,
          fontFamily: font,
          fontSize: mark.size ?? 12,
          fontWeight: mark.bold ? 600 : 400,
          align: mark.align ?? 'left',
          verticalAlign: 'middle',
          ...(mark.halo ? { stroke: mark.halo, lineWidth: 4 } : {}),
          ...(mark.after
            ? {
                rich: {
                  name: { fill: mark.fill, fontFamily: font, fontSize: mark.size ?? 12 },
                  after: { fill: mark.after.fill, fontFamily: font, fontSize: mark.size ?? 12 },
                },
              }
            : {}),
        },
      }
  }
}
