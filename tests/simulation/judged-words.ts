import type { Random } from '../../core/random/create-random.ts'
import type { JudgedComparison } from '../../core/judging/comparison.ts'
import { judgePrimary } from '../../core/judging/judge.ts'
import { judgeSmoothing } from '../../core/judging/judge-smoothing.ts'
import type { JudgedArm } from '../../core/judging/question.ts'
import { readWhere } from '../../core/judging/read-where.ts'
import { createNormal } from './create-normal.ts'
import {
  corrected,
  distillation,
  experiments,
  fullGains,
  regularisation,
  type Truth,
  truths,
} from './experiment-design.ts'
import { alpha, armId, followExperiment, judgedWrong, type LostRun, type Plan } from './judged-experiment.ts'
import {
  addSums,
  type CellResult,
  createTally,
  type Limits,
  rowOf,
  type Row,
  shareOf,
  type Study,
  type Sums,
  withError,
} from './study.ts'
import { examples, followArm, plans } from './until-decided.ts'

const study = 'judge'
const mostSeeds = 10
/** The judge also writes sentences, plans and sensitivity: some 5 ms an experiment. */
const replicates = 800
const short = 40

/** Every wrong word is counted on what the judge returns; beside it stands the fast rule, on the same draws. */
const simulateLooks =
  (truth: Truth) =>
  (random: Random, times: number): Sums => {
    const tally = createTally()
    const { draw, scores } = experiments([mostSeeds, examples], createNormal(random), ['accuracy'])
    const [control = [], ...arms] = scores.accuracy
    const margin = fullGains.accuracy * truth.share
    for (let r = 0; r < times; r++) {
      draw(truth)
      for (const plan of plans) {
        const { comparisons } = followExperiment(plan, scores.accuracy, margin)
        const differences = arms.map((_, a) => (truth.gains[a] ?? 0) * fullGains.accuracy)
        const wrong = comparisons.some((one, a) => judgedWrong(one, differences[a] ?? 0, margin))
        const decided = comparisons.filter(({ word }) => word !== null && word !== 'inconclusive').length
        const apart = arms.some((arm, a) => {
          const fast = followArm(plan, arm, control, { difference: differences[a] ?? 0, margin })
          const judged = comparisons[a]
          return judged?.word !== fast.word || judged.look.seeds !== fast.seeds
        })
        tally.add(`${plan.name} wrong`, wrong)
        tally.add(`${plan.name} decided`, decided / arms.length)
        tally.add(`${plan.name} apart`, apart)
      }
    }
    return tally.sums
  }

/** The pairs (distillation, regularisation) are all at the margin. */
const familyTruth = truths.find(({ name }) => name === 'half at the margin')

/**
 * In half of the experiments the control or one arm lacks three of ten seeds, more than a word may lack: there the
 * other questions have to be silent too, also where their own runs are whole.
 */
const loseRuns = (random: Random): LostRun[] => {
  if (random.nextFloat() < 0.5) return []
  const arm = random.nextFloat() < 0.5 ? 0 : 1 + random.nextInt(corrected)
  const seeds = Int32Array.from({ length: mostSeeds }, (_, s) => s + 1)
  return Array.from(random.shuffle(seeds).slice(0, 3), (seed) => ({ arm, seed }))
}

const pick = (arms: readonly JudgedArm[], chosen: readonly number[]): JudgedArm[] =>
  arms.filter(({ id }) => chosen.some((arm) => armId(arm) === id))

/** A secondary question and "is it the teacher?", read where the primary question was and gated by its words. */
const simulateFamilies =
  (plan: Plan, truth: Truth) =>
  (random: Random, times: number): Sums => {
    const tally = createTally()
    const { draw, scores } = experiments([mostSeeds, examples], createNormal(random), ['accuracy', 'nll'])
    const gains = new Map([0, ...truth.gains].map((gain, arm) => [armId(arm), gain]))
    const margins = { accuracy: fullGains.accuracy * truth.share, nll: fullGains.nll * truth.share }
    const wrongIn = (list: readonly JudgedComparison[], metric: 'accuracy' | 'nll'): boolean =>
      list.some((one) => {
        const difference = ((gains.get(one.arm) ?? 0) - (gains.get(one.against) ?? 0)) * fullGains[metric]
        return judgedWrong(one, difference, margins[metric])
      })
    for (let r = 0; r < times; r++) {
      draw(truth)
      const { comparisons, inputFor } = followExperiment(
        plan,
        scores.accuracy,
        margins.accuracy,
        loseRuns(random),
      )
      const primary = readWhere(comparisons)
      const nll = judgePrimary({
        ...inputFor(scores.nll, 'nll', margins.nll),
        family: 'nll',
        readAt: primary,
      })
      const { arms, ...family } = inputFor(scores.accuracy, 'accuracy', margins.accuracy)
      const smoothing = judgeSmoothing({
        ...family,
        arms: pick(arms, distillation),
        regularisers: pick(arms, regularisation),
        primary,
      })
      const silent = new Set(comparisons.filter(({ word }) => word === null).map(({ arm }) => arm))
      const gated = [...nll, ...smoothing].filter((one) => silent.has(one.arm) || silent.has(one.against))
      tally.add('primary', wrongIn(comparisons, 'accuracy'))
      tally.add('nll', wrongIn(nll, 'nll'))
      tally.add('is it the teacher', wrongIn(smoothing, 'accuracy'))
      tally.add('gated', gated.length > 0)
      tally.add(
        'gate broken',
        gated.some(({ word }) => word !== null),
      )
    }
    return tally.sums
  }

const familyCell = 'families'
const [untilDecided] = plans

/** Wrong words counted on what the judge of the product returns, look after look as the server asks it. */
export const judgedWords: Study = {
  name: study,
  title: `Through the judge, N = ${examples}`,
  cells: [
    ...truths.map((truth) => ({ name: truth.name, replicates, short, simulate: simulateLooks(truth) })),
    ...(familyTruth === undefined || untilDecided === undefined
      ? []
      : [{ name: familyCell, replicates, short, simulate: simulateFamilies(untilDecided, familyTruth) }]),
  ],
  judge: (results, judging) => {
    const cells = [...results].filter(([name]) => name !== familyCell)
    const families = results.get(familyCell)
    const wrong = (n: number): Limits => ({
      nominal: alpha,
      high: withError(alpha, n),
      error: () => 0,
    })
    const shares = (plan: string, key: string, what: string, limits: (n: number) => Limits): Row[] =>
      cells.map(([truth, result]) =>
        rowOf(
          { study, name: `${plan}; ${truth}: ${what}` },
          shareOf(result, `${plan} ${key}`),
          limits(result.replicates),
          judging,
        ),
      )
    const together: CellResult = { sums: {}, replicates: 0 }
    for (const [, { sums, replicates: own }] of cells) {
      addSums(together.sums, sums)
      together.replicates += own
    }
    const never = { nominal: 0, high: 0 }
    const rows = plans.flatMap(({ name }): Row[] => [
      ...shares(name, 'wrong', 'any wrong word', wrong),
      ...shares(name, 'decided', 'arms decided', () => ({})),
      rowOf(
        { study, name: `${name}: another word or look than by the fast rule` },
        shareOf(together, `${name} apart`),
        never,
        judging,
      ),
    ])
    if (families === undefined) return rows
    const ofFamily = (key: string, name: string, limits: Limits): Row =>
      rowOf({ study, name }, shareOf(families, key), limits, judging)
    return [
      ...rows,
      ...['primary', 'nll', 'is it the teacher'].map((key) =>
        ofFamily(key, `${key}, until decided, runs lost: any wrong word`, wrong(families.replicates)),
      ),
      ofFamily('gated', 'experiments with an arm that has no primary word', { low: 0.2 }),
      ofFamily('gate broken', 'a secondary word without a primary one', never),
    ]
  },
}
