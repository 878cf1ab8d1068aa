import { exploratory, noPrimaryWord, readWhere } from '../../../core/judging/read-where.ts'
import { judgeSmoothing, smoothingAnswer, withTeacherClause } from '../../../core/judging/judge-smoothing.ts'
import { judgeTeacher } from '../../../core/judging/judge-teacher.ts'
import { teacherAnswer } from '../../../core/wording/teacher-text.ts'
import type { JudgedArm, ReadAt } from '../../../core/judging/question.ts'
import type { Protocol } from '../../../core/contracts/protocol.ts'
import type { ComparisonDetail, ComparisonMetric } from '../../../core/contracts/verdict.ts'
import type { VerdictPage } from '../../../core/contracts/verdict-page.ts'
import type { Context } from '../context.ts'
import { runsOf, testPredictions, type LoadedExperiment } from '../experiments/load-experiment.ts'
import { DomainError } from '../../platform/domain-error.ts'
import { compareCalibration } from './compare-calibration.ts'
import { compareSpeed } from './compare-speed.ts'
import { familyInput, judgeExperiment, type FamilyInput } from './judge-experiment.ts'
import { judgeSecondary, marginsOf } from './judge-secondary.ts'
import { readScores } from './read-scores.ts'
import { rememberJudged } from './remember-judged.ts'
import { unreadText } from './seed-results.ts'
import { dataFault } from './test-data.ts'

export type JudgedExperiment = Pick<
  VerdictPage,
  'comparisons' | 'secondary' | 'calibration' | 'smoothing' | 'teacher' | 'speed'
>

/** All questions of an experiment, each a family of its own, as its runs stand now. */
export const judgeAll: (ctx: Context, loaded: LoadedExperiment) => JudgedExperiment = rememberJudged(judge)

function judge(ctx: Context, loaded: LoadedExperiment): JudgedExperiment {
  const { protocol, arms } = loaded
  const input = familyInput(ctx, loaded, protocol.primaryMetric)
  const primary = judgeExperiment(ctx, loaded, input)
  const margins = marginsOf(loaded)
  const readAt = readWhere(primary, protocol.margins !== null)
  const labels = Object.fromEntries(arms.map((arm) => [arm.id, arm.label]))
  const smoothing = isItTheTeacher(loaded, input, { readAt, labels })
  return {
    comparisons: withTeacherClause(primary, smoothing?.comparisons ?? [], protocol.margin, labels),
    secondary: secondaryMetrics(protocol.primaryMetric).flatMap((metric) =>
      judgeSecondary(ctx, loaded, { metric, readAt }),
    ),
    calibration: compareCalibration(ctx, loaded, primary),
    smoothing,
    teacher: asGoodAsTheTeacher(ctx, loaded, input, { readAt, labels, margin: margins.teacher }),
    speed: compareSpeed(ctx, loaded, { margin: margins.latency, withheld: noSpeedWord(primary, protocol) }),
  }
}

const secondaryMetrics = (primary: 'accuracy' | 'nll'): ComparisonMetric[] => [
  primary === 'accuracy' ? 'nll' : 'accuracy',
  'brier',
  'gap',
]

/** Latency is one answer for all arms: it has a word where the primary question has any. */
function noSpeedWord(primary: readonly ComparisonDetail[], { margins }: Protocol): string | null {
  if (primary.every(({ word }) => word === null)) return noPrimaryWord
  return margins === null ? exploratory : null
}

interface Asked {
  readAt: ReadonlyMap<string, ReadAt>
  labels: Readonly<Record<string, string>>
}

function isItTheTeacher(
  loaded: LoadedExperiment,
  { arms, ...family }: FamilyInput,
  { readAt, labels }: Asked,
): JudgedExperiment['smoothing'] {
  const { protocol } = loaded
  const [distilled, regularisers] = (['distillation', 'regularisation'] as const).map((role) =>
    arms.filter(({ id }) => roleOf(loaded, id) === role),
  )
  if (distilled === undefined || regularisers === undefined) return null
  if (distilled.length === 0 || regularisers.length === 0) return null
  const comparisons = judgeSmoothing({ ...family, arms: distilled, regularisers, primary: readAt })
  return {
    sentence: smoothingAnswer(comparisons, protocol.margin, labels),
    corrected: distilled.length * regularisers.length,
    margin: protocol.margin,
    comparisons,
  }
}

const roleOf = ({ arms }: LoadedExperiment, id: string): string | undefined =>
  arms.find((arm) => arm.id === id)?.role

function asGoodAsTheTeacher(
  ctx: Context,
  loaded: LoadedExperiment,
  input: FamilyInput,
  { readAt, labels, margin }: Asked & { margin: number },
): JudgedExperiment['teacher'] {
  const run = runsOf(loaded, 'teacher').find(({ status }) => status === 'finished')
  const arms: JudgedArm[] = input.arms.filter(({ id }) => roleOf(loaded, id) === 'distillation')
  if (run === undefined || arms.length === 0) return null
  const corrected = arms.length
  try {
    const scores = readScores(ctx, loaded, run)[loaded.protocol.primaryMetric]
    const comparisons = judgeTeacher({ ...input, arms, margin, corrected, readAt, teachers: [scores] })
    return { sentence: teacherAnswer(comparisons, labels), corrected, margin, comparisons }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const what =
      dataFault(ctx, loaded) === null ? `the file ${testPredictions} of the teacher` : 'the data set'
    return { sentence: `No verdict: ${unreadText(what, error)}.`, corrected, margin, comparisons: [] }
  }
}
