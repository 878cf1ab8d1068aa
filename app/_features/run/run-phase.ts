import { endedStatuses } from '../../../core/contracts/run.ts'
import type { RunPage } from '../../../core/contracts/views.ts'

/** Nothing more will come of this run. */
export function hasEnded({ status }: Pick<RunPage, 'status'>): boolean {
  return endedStatuses.some((ended) => ended === status)
}

/** It has been trained, if only for a step: there is something to show. */
export function hasStarted(page: Pick<RunPage, 'status' | 'startedAt'>): boolean {
  return page.startedAt !== null && page.status !== 'blocked'
}
