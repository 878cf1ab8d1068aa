'use client'

import type { ReactNode } from 'react'
import type { ExperimentPage } from '../../../core/contracts/views.ts'
import { count, timeSpan } from '../../_ui/format.ts'
import { ProgressCells } from '../../_ui/progress.tsx'
import { CancelExperiment } from '../experiment/cancel-experiment.tsx'
import { afterText } from './after-text.ts'

/** While an experiment runs: how far every arm is, what is left, and the way to stop it. */
export function ProgressStrip({ page }: { page: ExperimentPage }): ReactNode {
  const name = (armId: string): string => page.arms.find((arm) => arm.id === armId)?.label ?? armId
  const after = afterText(page)
  return (
    <div className="mt-5 grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-6 gap-y-3 rounded-2 border border-line bg-surface px-3 py-2.5 text-13 wide:grid-cols-[auto_minmax(0,1fr)_auto] wide:px-4">
      <div className="flex items-center gap-2.5 pt-0.5">
        <i className="pulse" />
        <div>
          <b>
            {count(page.runsEnded)} of {count(page.runsTotal)} runs
          </b>
          <div className="text-ink-2">
            {[after, page.left === null ? null : `about ${timeSpan(page.left)} left`]
              .filter((text) => text !== null)
              .join(', ')}
          </div>
        </div>
      </div>
      <div className="grid max-w-[760px] grid-cols-[minmax(96px,max-content)_minmax(0,1fr)] items-center gap-x-3 gap-y-[5px] max-wide:col-span-2 max-wide:row-start-2 desk:grid-cols-[max-content_minmax(0,1fr)_max-content_minmax(0,1fr)]">
        {page.progress.map((row) => (
          <div key={row.armId} className="contents">
            <span
              className="truncate text-12 text-ink-2 max-w-[150px] wide:max-w-[200px]"
              title={name(row.armId)}
            >
              {name(row.armId)}
            </span>
            <ProgressCells name={name(row.armId)} cells={row.cells} />
          </div>
        ))}
      </div>
      <CancelExperiment page={page} />
    </div>
  )
}
