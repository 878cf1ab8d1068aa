import type { PrimaryMetric, Protocol } from '../../../core/contracts/protocol.ts'
import type { CalibrationComparison, ComparisonMetric } from '../../../core/contracts/verdict.ts'
import type { JudgedComparison, JudgedTeacher } from '../../../core/judging/comparison.ts'
import type { LatencyNoWord, LatencyRatio } from '../../../core/judging/judge-latency.ts'
import { judgeSmoothing } from '../../../core/judging/judge-smoothing.ts'
import { judgeTeacher } from '../../../core/judging/judge-teacher.ts'
import type { WhyDamaged } from '../../../core/judging/no-word.ts'
import type { JudgedArm, ReadAt } from '../../../core/judging/question.ts'
import { readWhere } from '../../../core/judging/read-where.ts'
import { DomainError } from '../../platform/domain-error.ts'
import type { Context } from '../context.ts'
import { runsOf, type LoadedExperiment } from '../experiments/load-experiment.ts'
import { compareCalibration } from './compare-calibration.ts'
import { compareSpeed } from './compare-speed.ts'
import { familyInput, judgeExperiment, type FamilyInput } from './judge-experiment.ts'
import { judgeSecondary, marginsOf } from './judge-secondary.ts'
import { readScores } from './read-scores.ts'
import { rememberJudged } from './remember-judged.ts'
import { whyUnread } from './seed-results.ts'
import { dataFault } from './test-data.ts'

/** A question beside the primary one, with a family of its own. */
interface SideFamily<Comparison> {
  /** Its own M. */
  corrected: number
  margin: number
  comparisons: Comparison[]
}

/** All questions of an experiment, as codes and figures. */
export interface JudgedExperiment {
  /** The primary question. */
  comparisons: JudgedComparison[]
  /** The other metrics against the control, each a family of its own. */
  secondary: JudgedComparison[]
  calibration: CalibrationComparison[]
  /** "Is it the teacher?"; null where no distillation arm or no regularisation control is there. */
  smoothing: SideFamily<JudgedComparison> | null
  /** "As good as the teacher?"; null while the teacher has no result; `unread` where it cannot be judged. */
  teacher: (SideFamily<JudgedTeacher> & { unread: WhyDamaged | null }) | null
  speed: (LatencyRatio & { quantile: 'p50' | 'p90'; margin: number; alpha: number })[]
}

/** All questions of an experiment, each a family of its own, as its runs stand now. */
export const judgeAll: (ctx: Context, loaded: LoadedExperiment) => JudgedExperiment = rememberJudged(judge)

function judge(ctx: Context, loaded: LoadedExperiment): JudgedExperiment {
  const { protocol } = loaded
  const input = familyInput(ctx, loaded, protocol.primaryMetric)
  const primary = judgeExperiment(ctx, loaded, input)
  const margins = marginsOf(loaded)
  const readAt = readWhere(primary, protocol.margins !== null)
  return {
    comparisons: primary,
    secondary: secondaryMetrics(protocol.primaryMetric).flatMap((metric) =>
      judgeSecondary(ctx, loaded, { metric, readAt }),
    ),
    calibration: compareCalibration(ctx, loaded, primary),
    smoothing: isItTheTeacher(loaded, input, readAt),
    teacher: asGoodAsTheTeacher(ctx, loaded, input, { readAt, margin: margins.teacher }),
    speed: compareSpeed(ctx, loaded, { margin: margins.latency, withheld: noSpeedWord(primary, protocol) }),
  }
}

const secondaryMetrics = (primary: PrimaryMetric): ComparisonMetric[] => [
  primary === 'accuracy' ? 'nll' : 'accuracy',
  'brier',
  'gap',
]

/** Latency is one answer for all arms: it has a word where the primary question has any. */
function noSpeedWord(
  primary: readonly JudgedComparison[],
  { margins }: Protocol,
): Extract<LatencyNoWord, 'no-primary-word' | 'exploratory'> | null {
  if (primary.every(({ word }) => word === null)) return 'no-primary-word'
  return margins === null ? 'exploratory' : null
}

function isItTheTeacher(
  loaded: LoadedExperiment,
  { arms, ...family }: FamilyInput,
  readAt: ReadonlyMap<string, ReadAt>,
): JudgedExperiment['smoothing'] {
  const { margin } = loaded.protocol
  const withRole = (role: string): JudgedArm[] => arms.filter(({ id }) => roleOf(loaded, id) === role)
  const [distilled, regularisers] = [withRole('distillation'), withRole('regularisation')]
  if (distilled.length === 0 || regularisers.length === 0) return null
  return {
    corrected: distilled.length * regularisers.length,
    margin,
    comparisons: judgeSmoothing({ ...family, arms: distilled, regularisers, primary: readAt }),
  }
}

const roleOf = ({ arms }: LoadedExperiment, id: string): string | undefined =>
  arms.find((arm) => arm.id === id)?.role

function asGoodAsTheTeacher(
  ctx: Context,
  loaded: LoadedExperiment,
  input: FamilyInput,
  { readAt, margin }: { readAt: ReadonlyMap<string, ReadAt>; margin: number },
): JudgedExperiment['teacher'] {
  const run = runsOf(loaded, 'teacher').find(({ status }) => status === 'finished')
  const arms: JudgedArm[] = input.arms.filter(({ id }) => roleOf(loaded, id) === 'distillation')
  if (run === undefined || arms.length === 0) return null
  const family = { corrected: arms.length, margin }
  try {
    const scores = readScores(ctx, loaded, run)[loaded.protocol.primaryMetric]
    const comparisons = judgeTeacher({ ...input, ...family, arms, readAt, teachers: [scores] })
    return { ...family, unread: null, comparisons }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const what = dataFault(ctx, loaded) === null ? 'predictions' : 'data'
    return { ...family, unread: whyUnread(what, error), comparisons: [] }
  }
}
