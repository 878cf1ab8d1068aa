import type { RunStatus } from '../../../core/contracts/run.ts'
import type { ExperimentPage } from '../../../core/contracts/views.ts'
import { counted, listed } from '../../_ui/format.ts'

const told = ['diverged', 'failed', 'cancelled', 'blocked'] as const satisfies readonly RunStatus[]

/** "No failed or diverged run", or how many ended in which other way. */
export function endings(page: Pick<ExperimentPage, 'progress'>): string {
  const statuses = page.progress.flatMap((row) => row.cells.map((cell) => cell.status))
  const parts = told
    .map((status) => ({ status, n: statuses.filter((each) => each === status).length }))
    .filter(({ n }) => n > 0)
    .map(({ status, n }) => `${n} ${status}`)
  if (parts.length === 0) return 'No failed or diverged run'
  return `${listed(parts)} of ${counted(statuses.length, 'run')}`
}
