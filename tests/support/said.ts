import type { SpokenMetric } from '../../core/contracts/verdict.ts'
import type { VerdictProblem, VerdictResult } from '../../core/contracts/verdict-problem.ts'
import { judgePrimary } from '../../core/judging/judge.ts'
import { judgeProblem } from '../../core/judging/judge-problem.ts'
import { judgeSmoothing, type SmoothingInput } from '../../core/judging/judge-smoothing.ts'
import { judgeTeacher, type TeacherInput } from '../../core/judging/judge-teacher.ts'
import type { JudgedArm, JudgeInput } from '../../core/judging/question.ts'
import { sayProblem } from '../../core/wording/problem-text.ts'
import {
  sayComparison,
  sayTeacher,
  type SaidComparison,
  type SaidTeacher,
} from '../../core/wording/say-comparison.ts'

// What is judged with its English beside it, for tests that read both.

const labelsOf = (arms: readonly JudgedArm[]): Record<string, string> =>
  Object.fromEntries(arms.map(({ id, label }) => [id, label]))

export const saidPrimary = <Metric extends SpokenMetric>(
  input: JudgeInput<Metric>,
): SaidComparison<Metric>[] =>
  judgePrimary(input).map((one) => sayComparison(one, labelsOf([input.control, ...input.arms])))

export const saidSmoothing = <Metric extends SpokenMetric>(
  input: SmoothingInput<Metric>,
): SaidComparison<Metric>[] =>
  judgeSmoothing(input).map((one) => sayComparison(one, labelsOf([...input.regularisers, ...input.arms])))

export const saidTeacher = <Metric extends SpokenMetric>(
  input: TeacherInput<Metric>,
): SaidTeacher<Metric>[] => judgeTeacher(input).map((one) => sayTeacher(one, labelsOf(input.arms)))

export const saidProblem = (problem: VerdictProblem): VerdictResult => sayProblem(judgeProblem(problem))
