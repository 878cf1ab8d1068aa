'use client'

import type { ReactNode } from 'react'
import type { PlannedPower } from '../../../core/contracts/plan-preview.ts'
import type { PrimaryMetric } from '../../../core/contracts/protocol.ts'
import { PowerCurve } from '../../_charts/power/power-curve.tsx'
import { preparePower } from '../../_charts/power/prepare-power.ts'
import { count, timeSpan } from '../../_ui/format.ts'
import { basisText, detects, metricUnit } from './plan-texts.ts'

/** The curve with its slider, the what-if table and what they rest on. */
export function PlanPower(props: {
  power: PlannedPower
  metric: PrimaryMetric
  comparisons: number
  /** Seeds of the last look as the form has them now; the figures follow a moment later. */
  seeds: number
  looks: boolean
  onSeeds: (seeds: number) => void
}): ReactNode {
  const { power, metric, onSeeds } = props
  const { scale, digits, unit } = metricUnit(metric)
  const last = power.curve.at(-1)?.seeds ?? props.seeds
  const first = power.curve[0]?.seeds ?? props.seeds
  const seeds = Math.min(Math.max(props.seeds, first), last)
  const picture = preparePower({ curve: power.curve, seeds, margin: power.margin, scale, digits, unit })
  const name = props.looks ? 'Seeds per arm at the last look' : 'Seeds per arm in the plan'
  const here = power.curve.find((point) => point.seeds === seeds)?.detectable ?? power.detectable
  return (
    <>
      <div className="mt-5">
        <PowerCurve
          picture={picture}
          seeds={seeds}
          range={[first, last]}
          label={name}
          valueText={`${seeds} seeds: detects ${detects(metric, here)} ${unit}`}
          onSeeds={onSeeds}
        />
        <p className="flex justify-between gap-3 pr-3 pl-9 text-12 text-ink-3">
          <span>Drag to choose the seeds{props.looks ? ' of the last look' : ' per arm'}</span>
          <b className="font-medium whitespace-nowrap text-ink">{seeds} seeds</b>
        </p>
      </div>
      <WhatIf power={power} metric={metric} seeds={seeds} onSeeds={onSeeds} />
      <p className="mt-2 text-12 leading-[1.45] text-pretty text-ink-3">
        {basisText(power, metric, props.comparisons)}
        {power.guess ? ' Your own figure can be stated under What counts.' : ''}
      </p>
    </>
  )
}

const cell = 'border-t border-line py-[5px] text-right font-normal max-wide:py-2'

function WhatIf(props: {
  power: PlannedPower
  metric: PrimaryMetric
  seeds: number
  onSeeds: (seeds: number) => void
}): ReactNode {
  return (
    <table className="mt-4 w-full border-collapse text-13">
      <thead className="text-12 text-ink-3">
        <tr>
          {['What if', 'Runs', 'Time', 'Detectable'].map((head, index) => (
            <th
              key={head}
              scope="col"
              className={`pb-1 font-normal ${index === 0 ? 'text-left' : 'text-right'}`}
            >
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.power.whatIf.map((row) => {
          const chosen = row.seeds === props.seeds
          return (
            <tr key={row.seeds} className={chosen ? '[&>*]:font-strong' : 'hover:bg-sunken'}>
              <th scope="row" className={`${cell} text-left!`}>
                <button
                  type="button"
                  aria-pressed={chosen}
                  onClick={() => props.onSeeds(row.seeds)}
                  className="w-full rounded-1 text-left [font-weight:inherit] hover:underline"
                >
                  {row.seeds} seeds
                </button>
              </th>
              <td className={cell}>{count(row.runs)}</td>
              <td className={cell}>{timeSpan(row.time)}</td>
              <td className={cell}>{detects(props.metric, row.detectable)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
