import { crossedVariance } from '../../core/statistics/variance/crossed-variance.ts'
import { intervals } from '../../core/statistics/variance/interval.ts'
import { type Reading, readInterval } from '../../core/judging/word.ts'
import { createNormal } from './create-normal.ts'
import {
  corrected,
  distillation,
  experiments,
  fullGains,
  type Question,
  regularisation,
  type Scores,
  type Truth,
  truths,
  wrongWord,
} from './experiment-design.ts'
import { createTally, rowOf, type Row, shareOf, type Study, withError } from './study.ts'

const study = 'words'
const counts = [3, 5, 10]
const usualExamples = 200
/** Where scores that are not normal average out. */
const manyExamples = 1000
const alpha = 0.05
const questions: readonly Question[] = ['accuracy', 'nll', 'brier', 'gap']

const replicates = 10_000
/** The specified limit of one arm at one end of the margin: half of alpha/M, and three standard errors. */
const oneSide = alpha / 2 / corrected
const normalLimit = (100 * withError(oneSide, replicates)).toFixed(2)
/** Says of a row that it has another limit than the specified one, and why. */
const aboveOneSide = `(skewed scores, few examples; the normal design keeps ${normalLimit})`

const worstForNone = 'all at the margin'

interface Family {
  name: string
  question: Question
  /** Arm and what it is compared with. */
  pairs: readonly (readonly [arm: number, against: number])[]
}

const againstControl = [1, 2, 3, 4].map((arm) => [arm, 0] as const)
const families: readonly Family[] = [
  ...questions.map((question) => ({
    name: question === 'accuracy' ? 'primary' : question,
    question,
    pairs: againstControl,
  })),
  {
    name: 'is it the teacher',
    question: 'accuracy',
    pairs: distillation.flatMap((arm) => regularisation.map((other) => [arm, other] as const)),
  },
]

interface Design {
  truth: Truth
  seeds: number
  examples: number
}

const designs: readonly Design[] = [
  ...truths.flatMap((truth) => counts.map((seeds) => ({ truth, seeds, examples: usualExamples }))),
  ...truths
    .filter(({ name }) => name === worstForNone)
    .map((truth) => ({ truth, seeds: Math.max(...counts), examples: manyExamples })),
]

const nameOf = ({ truth, seeds, examples }: Design): string => `${truth.name}, S=${seeds}, N=${examples}`

const judge = (
  scores: Scores,
  [arm, against]: readonly [number, number],
  margin: number,
  m: number,
): Reading => {
  const parts = crossedVariance(scores[arm] ?? [], scores[against] ?? [], 0)
  return readInterval(intervals(parts, alpha, m).simultaneous, margin)
}

/**
 * Any wrong word of a family: at 0, at exactly the margin, and mixed. Each family is judged at alpha over its own
 * comparisons, whether or not the primary question has words.
 */
export const wrongWords: Study = {
  name: study,
  title: `Wrong words, ${corrected} arms, N = ${usualExamples}`,
  cells: designs.map((design) => ({
    name: nameOf(design),
    replicates,
    short: design.seeds === 5 ? 1000 : 0,
    simulate: (random, times) => {
      const { truth, seeds, examples } = design
      const tally = createTally()
      const { draw, scores } = experiments([seeds, examples], createNormal(random), questions)
      const gains = [0, ...truth.gains]
      for (let r = 0; r < times; r++) {
        draw(truth)
        for (const { name, question, pairs } of families) {
          const margin = fullGains[question] * truth.share
          let wrong = 0
          let none = 0
          for (const [arm, against] of pairs) {
            const difference = ((gains[arm] ?? 0) - (gains[against] ?? 0)) * fullGains[question]
            const reading = judge(scores[question], [arm, against], margin, pairs.length)
            if (!wrongWord(reading, difference, margin)) continue
            wrong++
            if (reading.word === 'no practical difference') none++
          }
          tally.add(`${name} any`, wrong > 0)
          tally.add(`${name} none`, none / pairs.length)
        }
      }
      return tally.sums
    },
  })),
  judge: (results, judging) => {
    const rows: Row[] = []
    const add = (
      { name }: Family,
      design: Design,
      [key, what, level]: readonly [key: string, what: string, level: number],
    ): void => {
      const result = results.get(nameOf(design))
      if (result === undefined) return
      const limits = { nominal: level, high: withError(level, result.replicates), error: () => 0 }
      const size = design.examples === usualExamples ? '' : `, N = ${design.examples}`
      const row = { study, name: `${name}, ${design.truth.name}${size}: ${what}`, seeds: design.seeds }
      rows.push(rowOf(row, shareOf(result, `${name} ${key}`), limits, judging))
    }
    for (const family of families)
      for (const design of designs) add(family, design, ['any', 'any wrong word', alpha])
    for (const family of families) {
      if (family.pairs !== againstControl) continue
      for (const design of designs) {
        if (design.truth.name !== worstForNone) continue
        const none = 'one arm said to make no difference'
        // Few scores that are not normal err more on one side, and both sides together still keep alpha/M.
        if (design.examples === usualExamples)
          add(family, design, ['none', `${none} ${aboveOneSide}`, alpha / corrected])
        else add(family, design, ['none', none, oneSide])
      }
    }
    return rows
  },
}
