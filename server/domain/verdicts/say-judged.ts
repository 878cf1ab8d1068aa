import type { VerdictPage } from '../../../core/contracts/verdict-page.ts'
import { noSpeedWordText } from '../../../core/wording/no-word-text.ts'
import { sayComparison, sayTeacher } from '../../../core/wording/say-comparison.ts'
import { sayPrimary, smoothingAnswer } from '../../../core/wording/smoothing-text.ts'
import { speedSentence } from '../../../core/wording/speed-sentence.ts'
import { teacherAnswer, unreadTeacherText } from '../../../core/wording/teacher-text.ts'
import type { JudgedExperiment } from './judge-all.ts'

export type SaidExperiment = Pick<
  VerdictPage,
  'comparisons' | 'secondary' | 'calibration' | 'smoothing' | 'teacher' | 'speed'
>

/** Everything that was judged, with its English beside it. @param labels by arm id. */
export function sayJudged(
  { comparisons, secondary, calibration, smoothing, teacher, speed }: JudgedExperiment,
  labels: Readonly<Record<string, string>>,
): SaidExperiment {
  const besideSmoothing = smoothing?.comparisons.map((one) => sayComparison(one, labels)) ?? []
  const besideTeacher = teacher?.comparisons.map((one) => sayTeacher(one, labels)) ?? []
  return {
    comparisons: sayPrimary(comparisons, smoothing?.comparisons ?? [], labels),
    secondary: secondary.map((one) => sayComparison(one, labels)),
    calibration,
    smoothing: smoothing && {
      ...smoothing,
      sentence: smoothingAnswer(besideSmoothing, labels),
      comparisons: besideSmoothing,
    },
    teacher: teacher && {
      corrected: teacher.corrected,
      margin: teacher.margin,
      sentence:
        teacher.unread === null ? teacherAnswer(besideTeacher, labels) : unreadTeacherText(teacher.unread),
      comparisons: besideTeacher,
    },
    speed: speed.map((one) => ({
      ...one,
      reason: one.noWord === null ? null : noSpeedWordText(one.noWord, one.blocks),
      sentence: speedSentence(one),
    })),
  }
}
