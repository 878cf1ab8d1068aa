import type { TeacherComparison } from '../contracts/verdict.ts'
import { againstTeacher, readTeacherWord } from './against-teacher.ts'
import { groupRows, pickRows } from './compared-rows.ts'
import { fixedSeedsVariance } from './fixed-seeds-variance.ts'
import { gapRecovered } from './gap-recovered.ts'
import { intervals } from './interval.ts'
import { checkJudgeInput, type JudgedArm, type JudgeInput, type ReadAt } from './judge-input.ts'
import { looksOf } from './looks.ts'
import { noteText, type NoWord, noWordReason, type SeedTally, tallySeeds } from './seed-rules.ts'
import { teacherQualifier, teacherSentence } from './teacher-text.ts'
import { type VarianceParts, withoutSpread } from './variance-parts.ts'

export interface TeacherInput extends JudgeInput {
  /** Scores, higher is better: of one fixed checkpoint, or of three and more that were trained independently. */
  teachers: readonly Float64Array[]
}

const estimateParts = (
  arm: readonly Float64Array[],
  teachers: readonly Float64Array[],
): VarianceParts | null => {
  if (arm.length === 0) return null
  return arm.length === 1 ? fixedSeedsVariance(arm, teachers) : againstTeacher(arm, teachers)
}

/** The teacher's side of the rules: nothing is planned, missing or stopped there. */
const whole: SeedTally = {
  scores: new Map(),
  diverged: [],
  pending: [],
  missing: [],
  damaged: [],
  stopped: false,
}

const noWordOf = (
  input: TeacherInput,
  { planned, taken }: { planned: number[]; taken: boolean },
  arm: SeedTally,
  parts: VarianceParts | null,
  same: boolean,
): NoWord | null => {
  const seeds = arm.scores.size
  const stopped = arm.stopped || (input.stopped !== null && seeds < planned.length)
  const rules = { ...input, plannedSeeds: planned, paired: false, underWay: !taken }
  const own = noWordReason(rules, arm, whole, seeds, seeds, stopped)
  if (own !== null) return own
  return !same && parts !== null && withoutSpread(parts)
    ? { reason: 'every difference is the same number, so chance cannot be judged', provisional: false }
    : null
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
    original.length > 0 &&
    [...original, ...input.teachers].every((row) => row.every((score, i) => score === input.teachers[0]?.[i]))
  const { groups } = input
  const rows = groups === undefined ? original : groupRows(original, groups)
  const teachers = groups === undefined ? input.teachers : groupRows(input.teachers, groups)
  const parts = estimateParts(rows, teachers)
  const both = parts === null ? null : intervals(parts, look.alpha, corrected)
  const taken = index < (input.looksTaken ?? looks.length)
  const noWord = noWordOf(input, { planned, taken }, arm, parts, same) ?? withheld
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
    groups: groups === undefined ? null : new Set(Array.from(groups)).size,
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
      identical: same,
      floored: parts?.floored ?? false,
      givenUp: false,
      diverged: arm.diverged,
      // The control enters the share that is kept.
      controlDiverged: control.diverged,
      controlName: 'control',
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
