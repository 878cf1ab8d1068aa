import type { TeacherComparison } from '../contracts/verdict.ts'
import { againstTeacher } from '../statistics/variance/against-teacher.ts'
import { readTeacherWord } from './teacher-word.ts'
import { groupRows, onlyRightOrWrong } from '../statistics/variance/compared-rows.ts'
import { pickRows } from './picked-rows.ts'
import { fixedSeedsVariance } from '../statistics/variance/fixed-seeds-variance.ts'
import { gapRecovered } from '../statistics/gap/gap-recovered.ts'
import { intervals } from '../statistics/variance/interval.ts'
import { checkJudgeInput, type JudgedArm, type JudgeInput, rangeOfInput, type ReadAt } from './question.ts'
import { looksOf } from './looks.ts'
import {
  type Alike,
  emptyTally,
  noteText,
  type NoWord,
  noWordOf,
  type SeedTally,
  tallySeeds,
} from './seed-rules.ts'
import { teacherQualifier, teacherSentence } from '../wording/teacher-text.ts'
import { type VarianceParts, withoutSpread } from '../statistics/variance/variance-parts.ts'

export interface TeacherInput extends JudgeInput {
  /** Scores, higher is better: of one fixed checkpoint, or of three and more that were trained independently. */
  teachers: readonly Float64Array[]
}

const estimateParts = (
  arm: readonly Float64Array[],
  teachers: readonly Float64Array[],
  range: number,
): VarianceParts | null => {
  if (arm.length === 0) return null
  return arm.length === 1 ? fixedSeedsVariance(arm, teachers, range) : againstTeacher(arm, teachers, range)
}

interface Units {
  units: number
  grouped: boolean
}

const reasonForNone = (
  input: TeacherInput,
  { planned, taken }: { planned: number[]; taken: boolean },
  arm: SeedTally,
  parts: VarianceParts | null,
  of: Units,
): NoWord | null => {
  const own = noWordOf({
    stopped: input.stopped,
    paired: false,
    planned: planned.length,
    underWay: !taken,
    arm,
    // On the teacher's side nothing is planned, missing or stopped.
    control: emptyTally(),
    armSeeds: arm.scores.size,
    controlSeeds: arm.scores.size,
    ...of,
  })
  if (own !== null) return own
  return parts !== null && parts.estimate !== 0 && withoutSpread(parts)
    ? { reason: 'every difference is the same number, so chance cannot be judged', provisional: false }
    : null
}

/** Equal answers are not looked for: the teacher's are those of another network. */
const alikeScores = (
  rows: readonly Float64Array[],
  teachers: readonly Float64Array[],
  of: Units,
): Alike | null => {
  const [first] = teachers
  const same =
    rows.length > 0 && [...rows, ...teachers].every((row) => row.every((score, i) => score === first?.[i]))
  return same ? { known: 'scores', ...of, rightOrWrong: onlyRightOrWrong(rows) } : null
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
  const [one, ...more] = input.teachers
  if (one === undefined || more.length > 0)
    return { estimate: null, interval: null, reason: 'not estimable: there are several teachers' }
  const { groups, paired } = input
  const grouped = (table: Float64Array[]): Float64Array[] =>
    groups === undefined ? table : groupRows(table, groups)
  const [teacher = one] = grouped([one])
  return gapRecovered({
    arm: grouped(rows.arm),
    control: grouped(rows.control),
    teacher,
    paired,
    range: rangeOfInput(input),
    alpha,
  })
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
  const { groups } = input
  const rows = groups === undefined ? original : groupRows(original, groups)
  const teachers = groups === undefined ? input.teachers : groupRows(input.teachers, groups)
  const parts = estimateParts(rows, teachers, rangeOfInput(input))
  const of = { units: teachers[0]?.length ?? 0, grouped: groups !== undefined }
  const both = parts === null ? null : intervals(parts, look.alpha, corrected)
  const taken = index < (input.looksTaken ?? looks.length)
  const noWord = reasonForNone(input, { planned, taken }, arm, parts, of) ?? withheld
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
    examples: input.teachers[0]?.length ?? 0,
    groups: groups === undefined ? null : of.units,
    figures:
      parts === null || both === null ? null : { estimate: parts.estimate, simultaneous: both.simultaneous },
    reading,
    noWord,
    diverged: arm.diverged,
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
      alike: alikeScores(original, input.teachers, of),
      floored: parts?.floored ?? false,
      givenUp: false,
      diverged: arm.diverged,
      // The control enters the share that is kept.
      controlDiverged: control.diverged,
      controlName: 'control',
      dropped: [...arm.missing, ...arm.damaged],
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
 * share of the teacher's gain that the arm keeps: the inference is about this teacher. With three or more teachers that
 * were trained independently it is about such teachers, and there is no share. The control is needed for the share
 * alone.
 * @throws RangeError as `judgePrimary`, for no or two teachers, for one of another length or with a score that is not
 * finite.
 */
export const judgeTeacher = (input: TeacherInput): TeacherComparison[] => {
  const examples = checkJudgeInput(input)
  const { teachers } = input
  if (teachers.length === 0 || teachers.length === 2)
    throw new RangeError(`teachers: ${teachers.length} rows, one checkpoint or at least three are compared`)
  for (const teacher of teachers) {
    if (examples !== 0 && teacher.length !== examples)
      throw new RangeError(`teacher: ${teacher.length} examples, the arms have ${examples}`)
    const bad = teacher.findIndex((score) => !Number.isFinite(score))
    if (bad >= 0) throw new RangeError(`teacher: example ${bad} is ${teacher[bad]}`)
  }
  const last = looksOf(input).length - 1
  return input.arms.map((arm) =>
    compare(input, arm, input.readAt?.get(arm.id) ?? { look: last, withheld: null }),
  )
}
