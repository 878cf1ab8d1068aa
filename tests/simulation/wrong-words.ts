import { crossedVariance } from '../../core/statistics/crossed-variance.ts'
import { intervals } from '../../core/statistics/interval.ts'
import { type Reading, readInterval } from '../../core/statistics/word.ts'
import { createNormal } from './create-normal.ts'
import {
  corrected,
  distillation,
  experiments,
  fullGains,
  type Question,
  regularisation,
  type Scores,
  truths,
  wrongWord,
} from './experiment-design.ts'
import { createTally, rowOf, type Row, shareOf, type Study, withError } from './study.ts'

const study = 'words'
const counts = [3, 5, 10]
const examples = 200
const alpha = 0.05
const questions: readonly Question[] = ['accuracy', 'nll', 'brier', 'gap']

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

const cellName = (truth: string, seeds: number): string => `${truth}, S=${seeds}`

const judge = (
  scores: Scores,
  [arm, against]: readonly [number, number],
  margin: number,
  m: number,
): Reading => {
  const parts = crossedVariance(scores[arm] ?? [], scores[against] ?? [])
  return readInterval(intervals(parts, alpha, m).simultaneous, margin)
}

/**
 * Any wrong word of a family: at 0, at exactly the margin, and mixed. Each family is judged at alpha over its own
 * comparisons, whether or not the primary question has words.
 */
export const wrongWords: Study = {
  name: study,
  title: `Wrong words, ${corrected} arms, N = ${examples}`,
  cells: truths.flatMap((truth) =>
    counts.map((seeds) => ({
      name: cellName(truth.name, seeds),
      replicates: 10_000,
      short: seeds === 5 ? 1000 : 0,
      simulate: (random, replicates) => {
        const tally = createTally()
        const { draw, scores } = experiments([seeds, examples], createNormal(random), questions)
        const gains = [0, ...truth.gains]
        for (let r = 0; r < replicates; r++) {
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
  ),
  judge: (results, judging) => {
    const rows: Row[] = []
    for (const { name } of families)
      for (const { name: truth } of truths)
        for (const seeds of counts) {
          const result = results.get(cellName(truth, seeds))
          if (result === undefined) continue
          const limits = { nominal: alpha, high: withError(alpha, result.replicates), error: () => 0 }
          const what = { study, name: `${name}, ${truth}: any wrong word`, seeds }
          rows.push(rowOf(what, shareOf(result, `${name} any`), limits, judging))
        }
    const single = alpha / 2 / corrected
    for (const { name } of families.filter(({ pairs }) => pairs === againstControl))
      for (const seeds of counts) {
        const result = results.get(cellName('all at the margin', seeds))
        if (result === undefined) continue
        const limits = { nominal: single, high: withError(single, result.replicates), error: () => 0 }
        const what = { study, name: `${name}, at the margin: one arm said to make no difference`, seeds }
        rows.push(rowOf(what, shareOf(result, `${name} none`), limits, judging))
      }
    return rows
  },
}
