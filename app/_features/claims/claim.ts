import type { ClaimComparison, ClaimsPage } from '../../../core/contracts/claims.ts'
import type { ComparisonMetric, ComparisonWord } from '../../../core/contracts/verdict.ts'
import type { Interval } from '../../../core/mathematics/interval.ts'
import type { SpeedWord } from '../../../core/contracts/verdict-page.ts'
import type { Estimate } from '../../../core/contracts/views.ts'
import { digitsFor, sayingsOf } from '../../../core/wording/phrases.ts'
import type { Strips } from '../../_charts/claims/strips.ts'
import { counted, decimal } from '../../_ui/format.ts'

/** One thing that is said about distillation, with the evidence for it. */
export interface Claim {
  key: string
  title: string
  question: string
  tags: ClaimTag[]
  /** What is measured; `**` around what is read first. */
  text: string
  /** null: nothing to draw. */
  picture: Strips | null
  stance: Stance
  /** The experiment that would test it. */
  plan: ClaimsPage['labels']['plan']
  links: { href: string; label: string }[]
}

/** A chip only for a word of a tested family; what is counted, described or exploratory is outlined. */
export type ClaimTag =
  | { kind: 'chip'; word: ComparisonWord | SpeedWord; text: string }
  | { kind: 'outlined'; text: string }

/** What the headline makes of a claim; `says` goes on after "the student", or after "Not shown:". */
export type Stance =
  | { kind: 'shown'; because: 'architecture' | null }
  | { kind: 'contrary'; says: string }
  | { kind: 'open'; says: string }
  | { kind: 'no word'; says: string }
  | { kind: 'untested' }

export const outlined = (text: string): ClaimTag => ({ kind: 'outlined', text })

/** The comparison that answers the primary question of this arm. */
export const primaryOf = ({ accuracy, nll }: ClaimsPage): ClaimComparison['comparison'] | undefined =>
  [accuracy, nll].find((one) => one?.comparison.family === 'primary')?.comparison

/** The primary question of this arm has no word yet, and may still get one. */
export function undecided(page: ClaimsPage): boolean {
  if (page.state !== 'waiting' && page.state !== 'provisional') return false
  const primary = primaryOf(page)
  return primary === undefined || (primary.word === null && primary.provisional)
}

export function provisionalTag({ seedsIn, plannedSeeds }: ClaimsPage): ClaimTag {
  return outlined(
    seedsIn === 0
      ? 'provisional, no seed is in'
      : `provisional, ${seedsIn} of ${counted(plannedSeeds, 'seed')}`,
  )
}

/** No seed of the arm has been compared with the control on any metric. */
export const withoutFigures = ({ accuracy, nll, brier, gap }: ClaimsPage): boolean =>
  [accuracy, nll, brier, gap].every((one) => (one?.comparison.estimate ?? null) === null)

/** The chip of a comparison, or what stands where it would. `prefix` tells families of one claim apart. */
export function comparisonTag({ comparison }: ClaimComparison, prefix: string = ''): ClaimTag {
  const { word, provisional, seeds, plannedSeeds } = comparison
  if (provisional) return outlined(`provisional, ${seeds} of ${counted(plannedSeeds, 'seed')}`)
  if (word === null)
    return outlined(`${prefix}${comparison.noWord?.why === 'exploratory' ? 'exploratory, ' : ''}no word`)
  return { kind: 'chip', word, text: `${prefix}${word}` }
}

/** "**1.8 points higher** (1.2 to 2.5)"; an interval that holds 0 says both directions. */
export function amountText(
  metric: ComparisonMetric,
  { comparison, margin }: ClaimComparison,
  [better, worse]: readonly [better: string, worse: string],
): string {
  const { estimate, individual, simultaneous } = comparison
  if (estimate === null) return 'no figure'
  const { scale, many } = sayingsOf(metric)
  const ends = simultaneous ?? individual
  const digits = digitsFor(metric, [estimate, ...(ends ?? [])], margin ?? 1e-9)
  const plain = (value: number): string => decimal(Math.abs(value) * scale, digits)
  const amount =
    Number(plain(estimate)) === 0
      ? '**no difference**'
      : `**${plain(estimate)}${many === '' ? '' : ` ${many}`} ${estimate < 0 ? worse : better}**`
  return ends === null ? amount : `${amount} (${rangeText(ends, plain, [better, worse])})`
}

/** "1.2 to 2.5", the smaller first; both directions where the interval holds 0. `plain` says an amount without a sign. */
export function rangeText(
  [low, high]: Interval,
  plain: (value: number) => string,
  [better, worse]: readonly [better: string, worse: string],
): string {
  if (low < 0 && high > 0) return `${plain(low)} ${worse} to ${plain(high)} ${better}`
  return low < 0 ? `${plain(high)} to ${plain(low)}` : `${plain(low)} to ${plain(high)}`
}

/** An arm that needs no teacher has none of its own, but can be compared with that of the others. */
export const teacherOf = ({ cost }: Pick<ClaimsPage, 'cost'>): string =>
  cost.teacher === null ? 'the teacher' : 'its teacher'

/** The qualifier of a word, or why there is none, as the end of a sentence or one of its own. */
export function ending({ comparison }: ClaimComparison): string {
  if (comparison.word === null) {
    return comparison.provisional || comparison.reason === null ? '.' : `. No word: ${comparison.reason}.`
  }
  return comparison.qualifier === '' ? '.' : `, ${comparison.qualifier}.`
}

/** Why there is nothing to say of a figure yet, or at all. */
export function nothingText(page: ClaimsPage, compared: ClaimComparison | null): string {
  const { plannedSeeds } = page
  if (undecided(page)) {
    return `No seed has a figure for this arm and the control yet; ${counted(plannedSeeds, 'seed')} ${plannedSeeds === 1 ? 'is' : 'are'} planned.`
  }
  const reason = (compared?.comparison ?? primaryOf(page))?.reason ?? null
  return reason === null ? 'No run of this arm has a figure for it.' : `No figure: ${reason}.`
}

/** "95.3 % (±0.3)" */
export function share(estimate: Estimate | undefined, digits: number = 1): string {
  if (estimate === undefined) return '–'
  const half = estimate.half === null ? '' : ` (±${decimal(estimate.half * 100, digits)})`
  return `${decimal(estimate.mean * 100, digits)} %${half}`
}
