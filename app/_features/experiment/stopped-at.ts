import type { VerdictPage } from '../../../core/contracts/verdict-page.ts'
import { counted } from '../../_ui/format.ts'

/** "2 of 3 seeds", where that is so for every arm; null where they were stopped at different ones, or at none. */
export function stoppedAt({
  comparisons,
  plannedSeeds,
}: Pick<VerdictPage, 'comparisons' | 'plannedSeeds'>): string | null {
  const [at, ...others] = new Set(comparisons.map(({ seeds }) => seeds))
  return at === undefined || others.length > 0 || at >= plannedSeeds
    ? null
    : `${at} of ${counted(plannedSeeds, 'seed')}`
}
