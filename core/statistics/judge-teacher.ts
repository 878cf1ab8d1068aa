import type { TeacherComparison } from '../contracts/verdict.ts'
import { againstTeacher, readTeacherWord } from './against-teacher.ts'
import { groupRows, pickRows } from './compared-rows.ts'
import { fixedSeedsVariance } from './fixed-seeds-variance.ts'
import { gapRecovered } from './gap-recovered.ts'
import { intervals } from './interval.ts'
import { checkJudgeInput, type JudgedArm, type JudgeInput, type ReadAt } from './judge-input.ts'
import { looksOf } from './looks.ts'
import { noteText, type NoWord, type SeedTally, tallySeeds } from './seed-rules.ts'
import { teacherQualifier, teacherSentence } from './teacher-text.ts'
import { type VarianceParts, withoutSpread } from './variance-parts.ts'

export interface TeacherInput extends JudgeInput {
  /** Scores of one fixed checkpoint, [N], higher is better. */
  teacher: Float64Array
}

const estimateParts = (arm: readonly Float64Array[], teacher: Float64Array): VarianceParts | null => {
  if (arm.length === 0) return null
  return arm.length === 1 ? fixedSeedsVariance(arm, [teacher]) : againstTeacher(arm, [teacher])
}

const noWordOf = (
  seeds: number,
  withheld: NoWord | null,
  parts: VarianceParts | null,
  same: boolean,
): NoWord | null => {
  const final = (reason: string): NoWord => ({ reason, provisional: false })
  if (withheld !== null) return withheld
  if (seeds === 1) return final('one seed compares two trained networks only, not the method')
  if (seeds < 3) return final(seeds === 0 ? 'no seed has a result' : '2 seeds cannot decide')
  if (!same && parts !== null && withoutSpread(parts))
    return final('every difference is the same number, so chance cannot be judged')
  return null
}

/** Nothing is recovered of a gap that one seed cannot show. */
const recoveredOf = (
  input: TeacherInput,
  arm: SeedTally,
  control: SeedTally,
  alpha: number,
): TeacherComparison['recovered'] => {
  const rows = pickRows(arm, control, input.paired)
  if (Math.min(rows.arm.length, rows.control.length) < 2)
    return { estimate: null, interval: null, reason: 'not estimable: two seeds of both arms are needed' }
  const { groups, paired } = input
  const grouped = (table: Float64Array[]): Float64Array[] =>
    groups === undefined ? table : groupRows(table, groups)
  const [teacher = input.teacher] = grouped([input.teacher])
  return gapRecovered({ arm: grouped(rows.arm), control: grouped(rows.control), teacher, paired, alpha })
}

const compare = (
  input: TeacherInput,
  judged: JudgedArm,
  { look: index, withheld }: ReadAt,
): TeacherComparison => {
  const { metric, margin, corrected } = input
  const looks = looksOf(input)
  const look = looks[index]
  if (look === undefined) throw new RangeError(`readAt: look ${index} of ${looks.length}`)
  const planned = input.plannedSeeds.slice(0, look.seeds)
  const arm = tallySeeds(judged, planned)
  const control = tallySeeds(input.control, planned)
  const original = [...arm.scores.values()]
  const same =
    original.length > 0 && original.every((row) => row.every((score, i) => score === input.teacher[i]))
  const { groups } = input
  const rows = groups === undefined ? original : groupRows(original, groups)
  const [teacher = input.teacher] = groups === undefined ? [] : groupRows([input.teacher], groups)
  const parts = estimateParts(rows, teacher)
  const both = parts === null ? null : intervals(parts, look.alpha, corrected)
  const noWord = noWordOf(rows.length, withheld, parts, same)
  const reading = noWord === null && both !== null ? readTeacherWord(both.simultaneous, margin) : null
  const at = { index, of: looks.length, seeds: planned.length, alpha: look.alpha }
  const text = {
    label: judged.label,
    metric,
    margin,
    alpha: look.alpha,
    corrected,
    look: at,
    seeds: rows.length,
    examples: input.teacher.length,
    figures:
      parts === null || both === null ? null : { estimate: parts.estimate, simultaneous: both.simultaneous },
    reading,
    noWord,
  }
  return {
    arm: judged.id,
    metric: metric === 'score' ? 'accuracy' : metric,
    margin,
    estimate: parts?.estimate ?? null,
    individual: both?.individual ?? null,
    simultaneous: both?.simultaneous ?? null,
    word: reading?.word ?? null,
    reason: noWord?.reason ?? null,
    provisional: noWord?.provisional ?? false,
    qualifier: reading === null ? (noWord?.reason ?? '') : teacherQualifier(reading, metric, margin),
    note: noteText({
      identical: same,
      floored: parts?.floored ?? false,
      givenUp: false,
      diverged: arm.diverged,
      controlDiverged: [],
      controlName: 'teacher',
      dropped: arm.missing,
    }),
    sentence: teacherSentence(text),
    seeds: rows.length,
    look: at,
    perSeed: [...arm.scores.keys()].map((seed, s) => ({ seed, difference: parts?.perSeed[s] ?? 0 })),
    recovered: recoveredOf(input, arm, control, look.alpha / corrected),
  }
}

/**
 * "As good as the teacher?": every arm against one fixed checkpoint, a family of its own at alpha over its M, with the
 * share of the teacher's gain that the arm keeps. Inference is about this teacher. Scores of `input.teacher` are those
 * of `input.arms`; the control is needed for the share alone.
 * @throws RangeError as `judgePrimary`, for a teacher of another length and for one whose scores are not finite.
 */
export const judgeTeacher = (input: TeacherInput): TeacherComparison[] => {
  const examples = checkJudgeInput(input)
  const { teacher } = input
  if (examples !== 0 && teacher.length !== examples)
    throw new RangeError(`teacher: ${teacher.length} examples, the arms have ${examples}`)
  const bad = teacher.findIndex((score) => !Number.isFinite(score))
  if (bad >= 0) throw new RangeError(`teacher: example ${bad} is ${teacher[bad]}`)
  const last = looksOf(input).length - 1
  return input.arms.map((arm) =>
    compare(input, arm, input.readAt?.get(arm.id) ?? { look: last, withheld: null }),
  )
}
