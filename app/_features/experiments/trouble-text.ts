import type { ExperimentSummary } from '../../../core/contracts/views.ts'
import { counted, listed } from '../../_ui/format.ts'

/** "3 of 9 runs diverged, counted as an even guess." and the like, or null where every run ended well. */
export function troubleText(
  experiment: Pick<ExperimentSummary, 'runsTotal' | 'runsDiverged' | 'runsFailed'>,
): string | null {
  const { runsTotal, runsDiverged, runsFailed } = experiment
  const parts = [
    ...(runsFailed > 0 ? [`${runsFailed} of ${counted(runsTotal, 'run')} failed`] : []),
    ...(runsDiverged > 0
      ? [`${runsDiverged} of ${counted(runsTotal, 'run')} diverged, counted as an even guess`]
      : []),
  ]
  return parts.length === 0 ? null : `${listed(parts)}.`
}
