import { CustomChart, LineChart, ScatterChart } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

// Loaded on demand (see chart.tsx): no first page carries the chart library.
use([CustomChart, LineChart, ScatterChart, GridComponent, TooltipComponent, SVGRenderer])

/** A chart in `element`, drawn as SVG. Its owner disposes it. */
export function createChart(element: HTMLElement): ReturnType<typeof init> {
  return init(element, null, { renderer: 'svg' })
}
