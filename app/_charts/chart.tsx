'use client'

import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import type { createChart } from './echarts-setup.ts'
import type { Frame } from './colour-tokens.ts'
import { DataTable } from './data-table.tsx'
import type { ChartTable } from './data-table.tsx'
import type { ChartOption } from './option/chart-option.ts'
import { useThemePalette } from './use-theme-palette.ts'

type Instance = ReturnType<typeof createChart>

/**
 * One chart. `option` turns a frame (size and colours) into what is drawn; keep it stable with useCallback, a new one
 * draws again. To a screen reader the picture is `label`, and its figures are `table`.
 */
export function Chart(props: {
  option: (frame: Frame) => ChartOption
  label: string
  table: ChartTable
  /** Classes with the height, such as `h-[360px] wide:h-[460px]`. */
  className: string
}): ReactNode {
  const { option } = props
  const element = useRef<HTMLDivElement>(null)
  const [instance, setInstance] = useState<Instance | null>(null)
  const [failed, setFailed] = useState(false)
  const [size, setSize] = useState<{ width: number; height: number } | null>(null)
  const palette = useThemePalette()

  useEffect(() => {
    const place = element.current
    if (!place) return undefined
    let chart: Instance | null = null
    let left = false
    const observer = new ResizeObserver(() => {
      if (place.clientWidth > 0) setSize({ width: place.clientWidth, height: place.clientHeight })
    })
    observer.observe(place)
    const open = async (): Promise<void> => {
      try {
        const setup = await import('./echarts-setup.ts')
        if (left) return
        chart = setup.createChart(place)
        setInstance(chart)
      } catch {
        if (!left) setFailed(true)
      }
    }
    void open()
    return () => {
      left = true
      observer.disconnect()
      chart?.dispose()
      setInstance(null)
    }
  }, [])

  useEffect(() => {
    if (!instance || instance.isDisposed() || !palette || !size) return
    instance.resize({ ...size, silent: true })
    const font = getComputedStyle(document.body).fontFamily
    instance.setOption(option({ ...size, palette, font }), { notMerge: true })
  }, [instance, option, palette, size])

  return (
    <div className="relative">
      {/* Contained: what is drawn has a fixed width, and would keep the page from getting narrower. */}
      <div
        ref={element}
        role="img"
        aria-label={props.label}
        className={`w-full contain-inline-size ${props.className}`}
      />
      {failed ? (
        <p className="absolute top-0 left-0 text-13 text-ink-2">
          The chart’s code could not be loaded. Reload the page to try again.
        </p>
      ) : null}
      <DataTable table={props.table} />
    </div>
  )
}
