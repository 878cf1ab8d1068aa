import type { ExperimentPage } from '../../../core/contracts/views.ts'
import { count } from '../../_ui/format.ts'

/** How many of the finished runs were trained once more, and what the newest check of each found. */
export function verifiedText({ verified, progress }: Pick<ExperimentPage, 'verified' | 'progress'>): string {
  const finished = progress.flatMap(({ cells }) => cells).filter(({ status }) => status === 'finished').length
  const { identical, differing } = verified
  if (finished === 0) return 'No run has finished.'
  if (identical + differing === 0) return 'None has been verified yet.'
  const of = `${count(identical)} of ${count(finished)} finished runs verified identical`
  return differing === 0 ? `${of}.` : `${of}, ${count(differing)} differed.`
}
