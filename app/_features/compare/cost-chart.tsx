'use client'

import { useCallback, useMemo } from 'react'
import type { ReactNode } from 'react'
import type { ArmFigures, ArmView } from '../../../core/contracts/views.ts'
import { Chart } from '../../_charts/chart.tsx'
import type { Frame } from '../../_charts/colour-tokens.ts'
import type { ChartOption } from '../../_charts/option/chart-option.ts'
import { prepareScatter } from '../../_charts/scatter/prepare-scatter.ts'
import { scatterOption } from '../../_charts/scatter/scatter-option.ts'
import { counted, decimal, listed } from '../../_ui/format.ts'

/** Test accuracy against what it costs: bytes on disk, or milliseconds. */
export function CostChart(props: {
  cost: 'size' | 'latency'
  title: string
  remark: string
  waiting: string
  arms: readonly ArmView[]
  figures: readonly ArmFigures[]
}): ReactNode {
  const { arms, figures, cost } = props
  const prepared = useMemo(() => prepareScatter(arms, figures, cost), [arms, figures, cost])
  const option = useCallback(
    (frame: Frame): ChartOption => (prepared ? scatterOption(prepared, frame) : {}),
    [prepared],
  )
  return (
    <figure>
      <figcaption>
        <span className="block text-13 font-semibold">{props.title}</span>
        <span className="mb-3 block text-12 text-ink-3">{props.remark}</span>
      </figcaption>
      {prepared ? (
        <Chart
          option={option}
          className="h-[420px] wide:h-[460px]"
          label={`${props.title}: ${counted(prepared.points.length, 'arm')}; on the Pareto front ${listed(prepared.front.map((point) => point.label))}`}
          table={{
            caption: props.title,
            head: ['Arm', prepared.x.title, prepared.y.title, 'Half of the 95 % interval', 'On the front'],
            rows: prepared.points.map((point) => [
              point.label,
              String(Number(point.x.toPrecision(3))),
              decimal(point.y, 2),
              point.high === null ? 'no interval' : decimal(point.high - point.y, 2),
              point.onFront ? 'yes' : 'no',
            ]),
          }}
        />
      ) : (
        <p className="grid h-40 place-items-center border-y border-line text-13 text-ink-2">
          {props.waiting}
        </p>
      )}
      {prepared && prepared.missing.length > 0 ? (
        <p className="mt-1 text-12 text-ink-3">Without a figure: {listed(prepared.missing)}.</p>
      ) : null}
    </figure>
  )
}
