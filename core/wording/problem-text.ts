import type { ProblemComparison, VerdictResult } from '../contracts/verdict-problem.ts'
import type { JudgedProblem, ProblemRemark, Whose } from '../judging/judge-problem.ts'
import { formatNumber } from '../text/format-number.ts'
import { recoveredText } from './recovered-text.ts'
import { type SaidTeacher, sayComparison, sayTeacher } from './say-comparison.ts'

const whose = (one: Whose): string => (one.of === 'arm' ? one.id : `the ${one.of}`)

/** What is odd about a problem. */
export const remarkText = (remark: ProblemRemark): string => {
  switch (remark.kind) {
    case 'margin-of-whole-range':
      return 'the margin is as wide as the range of the scores'
    case 'margin-in-hundredths':
      return `the scores are 0 and 100, of which the margin is ${remark.margin}: write them as 0 and 1, or the margin in hundredths`
    case 'two-units':
      return `the scores of ${whose(remark.small)} lie from 0 to 1, those of ${whose(remark.large)} reach ${formatNumber(remark.high, 0)}: are they in one unit?`
  }
}

const besideTeacher = (
  one: SaidTeacher<'score'>,
): Required<Pick<ProblemComparison, 'teacher' | 'gapRecovered'>> => {
  const { estimate, simultaneous, word, reason, recovered } = one
  const none = recoveredText(recovered)
  return {
    teacher: { estimate, simultaneous, word, ...(reason === null ? {} : { reason }) },
    gapRecovered: {
      estimate: recovered.estimate,
      interval: recovered.interval,
      ...(none === null ? {} : { reason: none }),
    },
  }
}

const comparisonOf = ({
  judged,
  teacher,
  remarks,
}: JudgedProblem['comparisons'][number]): ProblemComparison => {
  // A method's id is its name.
  const one = sayComparison(judged, {})
  const notes = [...(one.note === null ? [] : [one.note]), ...remarks.map(remarkText)]
  return {
    arm: one.arm,
    paired: one.paired,
    estimate: one.estimate,
    seedVariance: one.seedVariance,
    exampleVariance: one.exampleVariance,
    degreesOfFreedom: one.degreesOfFreedom,
    exampleDegreesOfFreedom: one.exampleDegreesOfFreedom,
    individual: one.individual,
    simultaneous: one.simultaneous,
    p: one.sensitivity?.p ?? null,
    holmP: one.sensitivity?.holm ?? null,
    word: one.word,
    note: notes.length === 0 ? null : notes.join('; '),
    reason: one.reason,
    sentence: one.sentence,
    seeds: {
      sd: one.planning?.sd ?? null,
      sdUpper: one.planning?.sdUpper ?? null,
      needed: one.planning?.needed ?? null,
      neededUpper: one.planning?.neededUpper ?? null,
      testSetFactor: one.planning?.testSetFactor ?? null,
      powerAtMargin: one.planning?.powerAtMargin ?? null,
    },
    ...(teacher === null ? {} : besideTeacher(sayTeacher(teacher, {}))),
  }
}

/** What `stillhouse verdict` prints of a problem. */
export const sayProblem = ({ alpha, margin, comparisons }: JudgedProblem): VerdictResult => ({
  alpha,
  margin,
  comparisons: comparisons.map(comparisonOf),
})
