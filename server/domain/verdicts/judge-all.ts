import {
  judgePrimary,
  judgeSmoothing,
  judgeTeacher,
  smoothingAnswer,
  teacherAnswer,
  withTeacherClause,
  type JudgedArm,
  type ReadAt,
} from '../../../core/statistics/index.ts'
import { planMargins } from '../../../core/distillation/plan-margins.ts'
import type { Protocol, SecondaryMargins } from '../../../core/contracts/protocol.ts'
import type { ComparisonDetail, ComparisonMetric } from '../../../core/contracts/verdict.ts'
import type { VerdictPage } from '../../../core/contracts/verdict-page.ts'
import type { Context } from '../context.ts'
import { runsOf, type LoadedExperiment } from '../experiments/load-experiment.ts'
import { DomainError } from '../../platform/domain-error.ts'
import { compareCalibration } from './compare-calibration.ts'
import { compareSpeed } from './compare-speed.ts'
import { familyInput, judgeExperiment } from './judge-experiment.ts'
import { readScores } from './read-scores.ts'
import { rememberJudged } from './remember-judged.ts'

export type JudgedExperiment = Pick<
  VerdictPage,
  'comparisons' | 'secondary' | 'calibration' | 'smoothing' | 'teacher' | 'speed'
>

/** All questions of an experiment, each a family of its own, as its runs stand now. */
export const judgeAll: (ctx: Context, loaded: LoadedExperiment) => JudgedExperiment = rememberJudged(judge)

function judge(ctx: Context, loaded: LoadedExperiment): JudgedExperiment {
  const { protocol, arms } = loaded
  const primary = judgeExperiment(ctx, loaded)
  const margins = protocol.margins ?? planMargins({ margin: protocol.margin, margins: {} }, protocol.data)
  const readAt = readWhere(primary, protocol.margins !== null)
  const labels = Object.fromEntries(arms.map((arm) => [arm.id, arm.label]))
  const smoothing = isItTheTeacher(ctx, loaded, readAt, labels)
  return {
    comparisons: withTeacherClause(primary, smoothing?.comparisons ?? [], protocol.margin, labels),
    secondary: secondaryMetrics(protocol.primaryMetric).flatMap((metric) =>
      judgePrimary({
        ...familyInput(ctx, loaded, metric),
        family: metric,
        margin: margins[metric],
        readAt,
      }),
    ),
    calibration: compareCalibration(ctx, loaded, primary),
    smoothing,
    teacher: asGoodAsTheTeacher(ctx, loaded, { readAt, labels, margins }),
    speed: compareSpeed(ctx, loaded, { margin: margins.latency, withheld: noSpeedWord(primary, protocol) }),
  }
}

const secondaryMetrics = (primary: 'accuracy' | 'nll'): ComparisonMetric[] => [
  primary === 'accuracy' ? 'nll' : 'accuracy',
  'brier',
  'gap',
]

const noPrimaryWord = 'the primary question has no word'
const exploratory = 'exploratory: the protocol declared no margin for it'

/** Secondary questions are read where the primary one was, and have a word only where it has one. */
function readWhere(primary: readonly ComparisonDetail[], declared: boolean): Map<string, ReadAt> {
  return new Map(
    primary.map(({ arm, look, word, reason, provisional }) => [
      arm,
      {
        look: look.index,
        withheld:
          word === null
            ? { reason: provisional ? (reason ?? '') : noPrimaryWord, provisional }
            : declared
              ? null
              : { reason: exploratory, provisional: false },
      },
    ]),
  )
}

/** Latency is one answer for all arms: it has a word where the primary question has any. */
function noSpeedWord(primary: readonly ComparisonDetail[], { margins }: Protocol): string | null {
  if (primary.every(({ word }) => word === null)) return noPrimaryWord
  return margins === null ? exploratory : null
}

function isItTheTeacher(
  ctx: Context,
  loaded: LoadedExperiment,
  readAt: ReadonlyMap<string, ReadAt>,
  labels: Readonly<Record<string, string>>,
): JudgedExperiment['smoothing'] {
  const { protocol } = loaded
  const { arms, ...family } = familyInput(ctx, loaded, protocol.primaryMetric)
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
  question: {
    readAt: ReadonlyMap<string, ReadAt>
    labels: Readonly<Record<string, string>>
    margins: SecondaryMargins
  },
): JudgedExperiment['teacher'] {
  const { primaryMetric } = loaded.protocol
  const scores = teacherScores(ctx, loaded)
  const input = familyInput(ctx, loaded, primaryMetric)
  const arms: JudgedArm[] = input.arms.filter(({ id }) => roleOf(loaded, id) === 'distillation')
  if (scores === null || arms.length === 0) return null
  const margin = question.margins.teacher
  const corrected = arms.length
  const comparisons = judgeTeacher({
    ...input,
    arms,
    margin,
    corrected,
    readAt: question.readAt,
    teachers: [scores],
  })
  return { sentence: teacherAnswer(comparisons, question.labels), corrected, margin, comparisons }
}

/** Test scores of the teacher's checkpoint, or null while there are none. */
function teacherScores(ctx: Context, loaded: LoadedExperiment): Float64Array | null {
  const run = runsOf(loaded, 'teacher').find(({ status }) => status === 'finished')
  if (run === undefined) return null
  try {
    return readScores(ctx, loaded, run)[loaded.protocol.primaryMetric]
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    ctx.log.error({ err: error, run: run.id }, 'predictions cannot be read')
    return null
  }
}
