import type { ExperimentSummary } from '../../../core/contracts/views.ts'

/** What the list asks for first: the newest experiments. */
export const firstPage = { limit: 100 }

/** Where the page after this one begins; null after the last one. */
export function nextCursor(page: readonly ExperimentSummary[]): { createdAt: number; id: string } | null {
  const last = page.length < firstPage.limit ? undefined : page.at(-1)
  return last === undefined ? null : { createdAt: last.launchedAt, id: last.id }
}
