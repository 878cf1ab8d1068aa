import type { ComparisonMetric, SpokenMetric } from '../contracts/verdict.ts'
import { gapRecovered } from '../statistics/gap/gap-recovered.ts'
import { againstTeacher } from '../statistics/variance/against-teacher.ts'
import { groupRows, onlyRightOrWrong } from '../statistics/variance/compared-rows.ts'
import { fixedSeedsVariance } from '../statistics/variance/fixed-seeds-variance.ts'
import { intervals } from '../statistics/variance/interval.ts'
import { type VarianceParts, withoutSpread } from '../statistics/variance/variance-parts.ts'
import type { JudgedTeacher, Recovered } from './comparison.ts'
import { type LookState, looksOf, lookState } from './looks.ts'
import { isProvisional, type NoWord } from './no-word.ts'
import type { Alike, Note } from './note.ts'
import { pickRows } from './picked-rows.ts'
import { checkJudgeInput, type JudgedArm, type JudgeInput, rangeOfInput, type ReadAt } from './question.ts'
import { emptyTally, type SeedTally, tallySeeds } from './seed-tally.ts'
import { readTeacherWord } from './teacher-word.ts'
import { noWordOf } from './word-rules.ts'

export interface TeacherInput<Metric extends SpokenMetric = ComparisonMetric> extends JudgeInput<Metric> {
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

const noWordHere = (
  input: TeacherInput<SpokenMetric>,
  look: LookState,
  arm: SeedTally,
  parts: VarianceParts | null,
  of: Units,
): NoWord | null => {
  const own = noWordOf({
    stopped: input.stopped,
    paired: false,
    planned: look.seeds.length,
    underWay: !look.taken,
    arm,
    // On the teacher's side nothing is planned, missing or stopped.
    control: emptyTally(),
    armSeeds: arm.scores.size,
    controlSeeds: arm.scores.size,
    ...of,
  })
  if (own !== null) return own
  return parts !== null && parts.estimate !== 0 && withoutSpread(parts) ? { why: 'no-spread' } : null
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
  input: TeacherInput<SpokenMetric>,
  arm: SeedTally,
  control: SeedTally,
  alpha: number,
): Recovered => {
  const rows = pickRows(arm, control, input.paired)
  if (Math.min(rows.arm.length, rows.control.length) < 2)
    return { estimate: null, interval: null, none: 'too-few-seeds' }
  const [one, ...more] = input.teachers
  if (one === undefined || more.length > 0)
    return { estimate: null, interval: null, none: 'several-teachers' }
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

const compare = <Metric extends SpokenMetric>(
  input: TeacherInput<Metric>,
  judged: JudgedArm,
  { look: index, withheld }: ReadAt,
): JudgedTeacher<Metric> => {
  const { metric, margin, corrected, groups } = input
  const look = lookState(input, index)
  const arm = tallySeeds(judged, look.seeds)
  const control = tallySeeds(input.control, look.seeds)
  const original = [...arm.scores.values()]
  const rows = groups === undefined ? original : groupRows(original, groups)
  const teachers = groups === undefined ? input.teachers : groupRows(input.teachers, groups)
  const parts = estimateParts(rows, teachers, rangeOfInput(input))
  const of = { units: teachers[0]?.length ?? 0, grouped: groups !== undefined }
  const both = parts === null ? null : intervals(parts, look.alpha, corrected)
  const noWord = noWordHere(input, look, arm, parts, of) ?? withheld
  const reading = noWord === null && both !== null ? readTeacherWord(both.simultaneous, margin) : null
  const alike = alikeScores(original, input.teachers, of)
  const notes: Note[] = []
  if (alike !== null) notes.push({ kind: 'alike', ...alike })
  if (parts?.floored === true) notes.push({ kind: 'spread-floored' })
  if (arm.diverged.length > 0) notes.push({ kind: 'diverged', seeds: arm.diverged })
  // The control enters the share that is kept.
  if (control.diverged.length > 0) notes.push({ kind: 'control-diverged', seeds: control.diverged })
  const dropped = [...arm.missing, ...arm.damaged].map((one) => ({ ...one, of: 'arm' as const }))
  if (dropped.length > 0) notes.push({ kind: 'dropped', seeds: dropped })
  return {
    arm: judged.id,
    metric,
    margin,
    corrected,
    estimate: parts?.estimate ?? null,
    individual: both?.individual ?? null,
    simultaneous: both?.simultaneous ?? null,
    word: reading?.word ?? null,
    reading,
    noWord,
    provisional: isProvisional(noWord),
    notes,
    examples: input.teachers[0]?.length ?? 0,
    groups: groups === undefined ? null : of.units,
    seeds: rows.length,
    look: { index, of: look.of, seeds: look.seeds.length, alpha: look.alpha },
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
export const judgeTeacher = <Metric extends SpokenMetric>(
  input: TeacherInput<Metric>,
): JudgedTeacher<Metric>[] => {
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
