import type {
  ExperimentPage,
  LiveEvent,
  RunPage,
  RunRow,
  WorkersPage,
} from '../../../core/contracts/views.ts'

type ProgressEvent = Extract<LiveEvent, { type: 'progress' }>

/** How far a running run is, in the cells of its experiment. */
export function patchExperimentProgress(page: ExperimentPage, event: ProgressEvent): ExperimentPage {
  const progress = page.progress.map((row) =>
    row.cells.some((cell) => cell.runId === event.runId)
      ? {
          ...row,
          cells: row.cells.map((cell) =>
            cell.runId === event.runId && cell.status === 'running'
              ? { ...cell, progress: shareOf(event) }
              : cell,
          ),
        }
      : row,
  )
  return { ...page, progress }
}

/** The same in the table of runs. */
export function patchRunRows(rows: RunRow[], event: ProgressEvent): RunRow[] {
  return rows.map((row) =>
    row.runId === event.runId && row.status === 'running' ? { ...row, progress: shareOf(event) } : row,
  )
}

/** The same on the page of the run; the time left is asked for. */
export function patchRunStep(page: RunPage, event: ProgressEvent): RunPage {
  if (page.runId !== event.runId || page.status !== 'running') return page
  return { ...page, step: event.step }
}

/** The same in the lanes of the Workers page. */
export function patchWorkers(page: WorkersPage, event: ProgressEvent): WorkersPage {
  const slots = page.slots.map((slot) =>
    slot.current !== null && slot.current.runId === event.runId
      ? { ...slot, current: { ...slot.current, step: event.step } }
      : slot,
  )
  return { ...page, slots }
}

function shareOf(event: ProgressEvent): number {
  return event.steps > 0 ? Math.min(1, event.step / event.steps) : 0
}
