import { judgedOf } from '../../../core/metrics/registry.ts'
import type { PrimaryMetric } from '../../../core/contracts/protocol.ts'
import type { SaidComparison } from '../../../core/wording/say-comparison.ts'
import type { VerdictPage } from '../../../core/contracts/verdict-page.ts'
import type { ArmView } from '../../../core/contracts/views.ts'
import { counted } from '../../../core/text/grammar.ts'
import { plainAmount, withinSentence } from '../../../core/wording/phrases.ts'
import { nameOf } from '../../_charts/forest/forest-items.ts'

export interface UncertaintyShare {
  key: 'seed' | 'noise' | 'testSet'
  name: string
  /** 0 to 1. */
  share: number
  percent: string
  /** What makes it smaller. */
  note: string
}

export interface Uncertainty {
  arm: string
  label: string
  undecided: boolean
  title: string
  text: string
  shares: UncertaintyShare[]
}

const parts = [
  { key: 'seed', name: 'seed', note: 'shrinks with more seeds' },
  { key: 'noise', name: 'noise', note: 'shrinks with more seeds or more test examples' },
  { key: 'testSet', name: 'test set', note: 'shrinks with more test examples alone' },
] as const

/** Where the variance of each difference comes from, in the protocol's order. */
export function uncertainties(
  { comparisons, metric }: Pick<VerdictPage, 'comparisons' | 'metric'>,
  arms: readonly ArmView[],
): Uncertainty[] {
  return comparisons.flatMap((one) => {
    const shares = sharesOf(one)
    if (shares.length === 0) return []
    const label = nameOf(arms, one.arm)
    const undecided = one.word === 'inconclusive'
    const spread = spreadText(one, metric)
    return [
      {
        arm: one.arm,
        label,
        undecided,
        title: undecided ? `Why ${withinSentence(label)} is undecided` : 'Where the uncertainty comes from',
        text: undecided ? `${spread} ${remedy(one)}` : `${label}: ${withinSentence(spread)}`,
        shares,
      },
    ]
  })
}

/** Empty where one seed tells nothing, or nothing varies. */
function sharesOf({ planning }: SaidComparison): UncertaintyShare[] {
  const budget = planning?.budget ?? null
  if (budget === null) return []
  const total = budget.seed + budget.noise + budget.testSet
  if (!(total > 0)) return []
  const shares = parts.map(({ key }) => budget[key] / total)
  const whole = wholePercents(shares)
  return parts.map((part, index) => {
    const [share = 0, percent = 0] = [shares[index], whole[index]]
    return { ...part, share, percent: percent === 0 && share > 0 ? '< 1 %' : `${percent} %` }
  })
}

/** Shares of 1 as whole percents that add up to 100: what rounding down leaves goes to the largest remainders. */
function wholePercents(shares: readonly number[]): number[] {
  // Nine digits: 0.29 · 100 is 28.999999999999996.
  const exact = shares.map((share) => Number((share * 100).toPrecision(9)))
  const left = 100 - exact.reduce((sum, value) => sum + Math.floor(value), 0)
  const raised = exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder)
    .slice(0, left)
    .map(({ index }) => index)
  return exact.map((value, index) => Math.floor(value) + (raised.includes(index) ? 1 : 0))
}

function spreadText({ planning, paired, seeds }: SaidComparison, metric: PrimaryMetric): string {
  const digits = judgedOf(metric).tableDigits
  const said = (value: number | null | undefined): string =>
    value == null ? '–' : plainAmount(metric, value, digits)
  const what = paired ? 'The difference of one seed varies by' : 'The difference of two single runs varies by'
  return `${what} ${said(planning?.sd)} (standard deviation from ${counted(seeds, 'seed')}; it may be as much as ${said(planning?.sdUpper)}).`
}

function remedy({ planning }: SaidComparison): string {
  if (planning?.testSetFactor != null)
    return 'More test examples are the remedy: no number of seeds suffices.'
  const { seed = 0, noise = 0, testSet = 0 } = planning?.budget ?? {}
  return seed + noise >= testSet
    ? 'More seeds are the remedy, rather than more test examples.'
    : 'More test examples would help most, and more seeds a little.'
}
