'use client'

import { useCallback, useMemo } from 'react'
import type { ReactNode } from 'react'
import type { RunPage } from '../../../core/contracts/views.ts'
import { Chart } from '../../_charts/chart.tsx'
import type { Frame } from '../../_charts/colour-tokens.ts'
import { linesOption } from '../../_charts/lines/lines-option.ts'
import { prepareRunLines } from '../../_charts/lines/prepare-run-lines.ts'
import type { ChartOption } from '../../_charts/option/chart-option.ts'
import { counted, decimal } from '../../_ui/format.ts'
import { endText } from './run-facts.ts'
import { hasEnded } from './run-phase.ts'

const ROOM = { narrow: 90, wide: 90 }

/** Accuracy and cross-entropy by epoch, on training and validation data, over the arm's other seeds in grey. */
export function RunCurves({ page }: { page: RunPage }): ReactNode {
  const siblings = page.siblings['validation/accuracy']?.length ?? 0
  return (
    <section aria-label="Curves" className="mt-5">
      <div className="grid gap-x-8 gap-y-6 desk:grid-cols-2">
        <RunCurve page={page} kind="accuracy" title="Accuracy, %" />
        <RunCurve page={page} kind="nll" title="Cross-entropy, nat" />
      </div>
      <p className="mt-3 max-w-[64em] text-12 text-ink-3">
        {siblings > 0
          ? `Grey: the same arm’s ${counted(siblings, 'finished seed')} on validation data. `
          : ''}
        {endText(page)} One run decides nothing
        {!hasEnded(page) ? '; test figures appear when it has ended.' : '.'}
      </p>
    </section>
  )
}

function RunCurve(props: { page: RunPage; kind: 'accuracy' | 'nll'; title: string }): ReactNode {
  const { page, kind, title } = props
  const prepared = useMemo(() => prepareRunLines(page, title, kind), [page, title, kind])
  const option = useCallback(
    (frame: Frame): ChartOption => (prepared ? linesOption(prepared, frame, ROOM) : {}),
    [prepared],
  )
  if (prepared === null) {
    return (
      <p className="grid h-[140px] place-items-center border-y border-line text-13 text-ink-2">
        {title.split(',')[0]}: {hasEnded(page) ? 'it ended before the first point.' : 'no point yet.'}
      </p>
    )
  }
  return (
    <Chart
      option={option}
      className="h-[280px]"
      label={`${title} by epoch, on training and validation data`}
      table={{
        caption: `${title}, at the last point`,
        head: ['Data', 'Epoch', title],
        rows: prepared.labels.map((end) => [end.label, decimal(end.at[0], 1), decimal(end.at[1], 3)]),
      }}
    />
  )
}
