import type { PrimaryMetric } from '../contracts/protocol.ts'
import { counted } from '../text/grammar.ts'
import { sayingsOf } from './phrases.ts'
import type { PlannedSpread } from '../statistics/planning/plan-power.ts'

interface BasisInput {
  metric: PrimaryMetric
  /** From the experiments, or the guess where there are none. */
  spread: PlannedSpread
  /** Earlier experiments it comes from; `alike`: with the same student, training and labels. */
  experiments: readonly { alike: boolean }[]
}

/** Where a planned spread comes from, after "Spread between seeds: 0.55 points, …". */
export const spreadBasis = ({ metric, spread, experiments }: BasisInput): string => {
  if (experiments.length === 0) {
    return 'a guess: there is no earlier experiment on this data and metric to go by'
  }
  return `from ${named(experiments)}, range ${amount(metric, spread.seedSdLow)} to ${amount(metric, spread.seedSdHigh)}`
}

/** The same where a person states the spread: what it was earlier stands beside it. */
export const statedBasis = ({ metric, spread, experiments }: BasisInput): string =>
  experiments.length === 0
    ? `as stated here; there is no earlier experiment on this data and metric to compare it with`
    : `as stated here; ${named(experiments)} showed ${amount(metric, spread.seedSd)}`

const named = (experiments: readonly { alike: boolean }[]): string => {
  const alike = experiments.every((one) => one.alike)
  return `${counted(experiments.length, 'earlier experiment')} ${alike ? 'with this student' : 'on this data'}`
}

const amount = (metric: BasisInput['metric'], sd: number): string =>
  (sd * sayingsOf(metric).scale).toFixed(sayingsOf(metric).tableDigits)
