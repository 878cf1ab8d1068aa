import type { PrimaryMetric } from '../../../core/contracts/protocol.ts'
import type { Sensitivity } from '../../../core/judging/comparison.ts'
import type { VerdictPage } from '../../../core/contracts/verdict-page.ts'
import { count, counted, difference, sentence } from '../../_ui/format.ts'

/** Three decimals, four where three would say little: "0.598", "0.0023", "< 0.0001"; a missing p is a dash. */
export function pText(p: number | null): string {
  if (p === null) return '–'
  if (p < 0.0001) return '< 0.0001'
  return p.toFixed(p < 0.01 ? 4 : 3)
}

/** "0.86" */
export function shareText({ nextRunBeats }: Pick<Sensitivity, 'nextRunBeats'>): string {
  return nextRunBeats.toFixed(2)
}

/** "of 64 pairs" */
export function pairsText({ pairs }: Pick<Sensitivity, 'pairs'>): string {
  return pairs === 1 ? 'of one pair' : `of ${count(pairs)} pairs`
}

/** "+1.21 to +2.47": points, or nat; a dash where one seed tells nothing. */
export function thisTestSetText(
  { thisTestSet }: Pick<Sensitivity, 'thisTestSet'>,
  metric: PrimaryMetric,
): string {
  return thisTestSet === null ? '–' : thisTestSet.map((end) => difference(end, metric)).join(' to ')
}

/** A reason as a sentence, nothing where there is none. */
export function sentenceOf(reason: string | null): string {
  return reason === null ? '' : sentence(reason)
}

/** What the figures are worth in the state of the page. */
export function sensitivityRemark(
  verdict: Pick<VerdictPage, 'state' | 'seedsIn' | 'plannedSeeds' | 'outlook'>,
): string {
  switch (verdict.state) {
    case 'waiting':
      return ''
    case 'provisional':
      return verdict.outlook?.all === true
        ? 'no further word will come: figures without a claim where there is none'
        : `provisional, ${verdict.seedsIn} of ${counted(verdict.plannedSeeds, 'seed')}: figures without a claim where there is no word`
    case 'stopped':
      return 'stopped early: figures without a claim where there is no word'
    case 'decided':
      return 'p-values, single runs, one seed left out'
  }
}
