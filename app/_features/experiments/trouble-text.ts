import type { ExperimentSummary } from '../../../core/contracts/views.ts'
import { listed } from '../../_ui/format.ts'

/** "3 of 9 runs diverged, counted as an even guess." and the like, or null where every run ended well. */
export function troubleText(
  experiment: Pick<ExperimentSummary, 'runsTotal' | 'runsDiverged' | 'runsFailed'>,
): string | null {
  const { runsTotal, runsDiverged, runsFailed } = experiment
  const parts = [
    ...(runsDiverged > 0 ? [`${runsDiverged} of ${runsTotal} runs diverged, counted as an even guess`] : []),
    ...(runsFailed > 0 ? [`${runsFailed} of ${runsTotal} runs failed`] : []),
  ]
  return parts.length === 0 ? null : `${listed(parts)}.`
}
