import type { VerdictWord } from '../../core/contracts/verdict.ts'
import { crossedVariance } from '../../core/statistics/variance/crossed-variance.ts'
import { intervals } from '../../core/statistics/variance/interval.ts'
import { seedsNeeded } from '../../core/statistics/planning/seeds-needed.ts'
import { spendAlpha } from '../../core/statistics/tests/spend-alpha.ts'
import { readInterval } from '../../core/judging/word.ts'
import { createNormal } from './create-normal.ts'
import { corrected, experiments, fullGains, type Scores, truths, wrongWord } from './experiment-design.ts'
import { alpha, type Plan } from './judged-experiment.ts'
import { createTally, rowOf, type Row, shareOf, type Study, withError } from './study.ts'

const study = 'looks'
export const examples = 200

export const plans: readonly Plan[] = [
  { name: 'until decided, looks 3, 5, 10', looks: [3, 5, 10], continuation: 'until-decided' },
  { name: 'one extension, looks 5, 10', looks: [5, 10], continuation: 'on-request' },
]

interface Outcome {
  word: VerdictWord
  wrong: boolean
  seeds: number
}

/**
 * One arm, look after look, until its word is decided; the control trains all seeds that any arm needs. The rules of
 * the judge without its texts, power and sensitivity: a tenth of the time. The study `judge` holds the two together.
 */
export const followArm = (
  { looks, continuation }: Plan,
  arm: Scores[number],
  control: Scores[number],
  { difference, margin }: { difference: number; margin: number },
): Outcome => {
  const shares = spendAlpha(alpha, looks)
  const last = (shares[shares.length - 1] ?? 0) / corrected
  for (const [k, seeds] of looks.entries()) {
    const parts = crossedVariance(arm.slice(0, seeds), control.slice(0, seeds), 0)
    const reading = readInterval(intervals(parts, shares[k] ?? 0, corrected).simultaneous, margin)
    if (reading.word !== 'inconclusive')
      return { word: reading.word, wrong: wrongWord(reading, difference, margin), seeds }
    const { exampleVariance, seedVariance } = parts
    const spread = {
      seedSd: Math.sqrt(seedVariance * seeds),
      exampleVariance,
      units: arm[0]?.length ?? 0,
      range: 0,
    }
    // An arm whose test set is too small for its margin ends here, without a decision.
    if (continuation !== 'until-decided') continue
    // Only the limit of the test set is asked for: the search ends at its first step.
    const { testSetFactor } = seedsNeeded({ spread, alpha: last, effect: margin, mostSeeds: 3 })
    if (testSetFactor !== null) return { word: 'inconclusive', wrong: false, seeds }
  }
  return { word: 'inconclusive', wrong: false, seeds: looks.at(-1) ?? 0 }
}

/** Wrong words where arms stop as soon as their word is decided at a planned look. */
export const untilDecided: Study = {
  name: study,
  title: `Planned looks, ${corrected} arms, N = ${examples}`,
  cells: truths.map((truth) => ({
    name: truth.name,
    replicates: 10_000,
    short: 1000,
    simulate: (random, replicates) => {
      const tally = createTally()
      const { draw, scores } = experiments([10, examples], createNormal(random), ['accuracy'])
      const [control = [], ...arms] = scores.accuracy
      const margin = fullGains.accuracy * truth.share
      for (let r = 0; r < replicates; r++) {
        draw(truth)
        for (const plan of plans) {
          const outcomes = arms.map((arm, a) =>
            followArm(plan, arm, control, {
              difference: (truth.gains[a] ?? 0) * fullGains.accuracy,
              margin,
            }),
          )
          tally.add(
            `${plan.name} wrong`,
            outcomes.some(({ wrong }) => wrong),
          )
          const decided = outcomes.filter(({ word }) => word !== 'inconclusive').length
          tally.add(`${plan.name} decided`, decided / arms.length)
        }
      }
      return tally.sums
    },
  })),
  judge: (results, judging) => {
    const cells = [...results]
    return plans.flatMap(({ name }): Row[] => [
      ...cells.map(([truth, result]) => {
        const limits = { nominal: alpha, high: withError(alpha, result.replicates), error: () => 0 }
        const what = { study, name: `${name}; ${truth}: any wrong word` }
        return rowOf(what, shareOf(result, `${name} wrong`), limits, judging)
      }),
      ...cells.map(([truth, result]) =>
        rowOf(
          { study, name: `${name}; ${truth}: arms decided` },
          shareOf(result, `${name} decided`),
          {},
          judging,
        ),
      ),
    ])
  },
}
