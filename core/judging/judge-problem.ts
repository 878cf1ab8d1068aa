import type { SpokenMetric } from '../contracts/verdict.ts'
import type { VerdictProblem } from '../contracts/verdict-problem.ts'
import { formatCount } from '../text/format-number.ts'
import type { JudgedComparison, JudgedTeacher } from './comparison.ts'
import { judgePrimary } from './judge.ts'
import type { JudgedArm, JudgeInput, SeedResult } from './question.ts'
import { judgeTeacher } from './judge-teacher.ts'
import { counted } from '../text/grammar.ts'

const mostMethods = 100

/** Of scores and margin: fourth powers (degrees of freedom) and ratios of squares stay within the range of numbers. */
const largest = 1e50
const smallestMargin = 1e-50

/** The quantiles of a smaller alpha/M lose their digits. */
const smallestAlpha = 1e-12

type Rows = VerdictProblem['control']

const countSeeds = (rows: Rows): number[] => Array.from({ length: rows.length }, (_, s) => s + 1)

/** Scores as improvements: higher is better. */
const readScores = (
  name: string,
  values: ArrayLike<number>,
  { examples, sign }: { examples: number; sign: 1 | -1 },
): Float64Array => {
  if (values.length !== examples)
    throw new RangeError(
      `${name}: ${counted(values.length, 'example')}, control[0] has ${formatCount(examples)}`,
    )
  const scores = new Float64Array(examples)
  for (let i = 0; i < examples; i++) {
    // What a file holds need not be what the type says. Right and wrong may be written as true and false.
    const given: unknown = values[i]
    const value = typeof given === 'boolean' ? Number(given) : given
    if (typeof value !== 'number' || !Number.isFinite(value))
      throw new RangeError(`${name}[${i}]: ${spoken(value)} is not a finite number`)
    if (Math.abs(value) > largest)
      throw new RangeError(`${name}[${i}]: ${value} is too large (up to ${largest})`)
    scores[i] = sign * value
  }
  return scores
}

const spoken = (value: unknown): string =>
  typeof value === 'string'
    ? JSON.stringify(value.slice(0, 40))
    : typeof value === 'object' && value !== null
      ? 'a list or an object'
      : String(value)

const checkFrame = ({ alpha, margin, control, methods }: VerdictProblem): number => {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha: ${alpha} is not between 0 and 1`)
  if (!(margin > 0) || !Number.isFinite(margin))
    throw new RangeError(`margin: ${margin} is not positive and finite`)
  if (margin < smallestMargin || margin > largest)
    throw new RangeError(`margin: ${margin} is not from ${smallestMargin} to ${largest}`)
  const count = Object.keys(methods).length
  if (count === 0) throw new RangeError('methods: there is none to compare with the control')
  if (count > mostMethods)
    throw new RangeError(`methods: ${count}, at most ${mostMethods} can be judged together`)
  if (alpha / count < smallestAlpha)
    throw new RangeError(`alpha: ${alpha} over ${count} is less than ${smallestAlpha}`)
  const [first] = control
  if (first === undefined) throw new RangeError('control: no seed')
  if (first.length < 2)
    throw new RangeError(`control[0]: ${counted(first.length, 'example')}, at least 2 are needed`)
  return first.length
}

const inputOf = (problem: VerdictProblem): JudgeInput<'score'> => {
  const examples = checkFrame(problem)
  const { alpha, margin, paired, higherIsBetter, control, methods, groups } = problem
  const sign = higherIsBetter ? 1 : -1
  const seedsOfAll = Math.max(control.length, ...Object.values(methods).map((rows) => rows.length))
  const plannedSeeds = Array.from({ length: seedsOfAll }, (_, s) => s + 1)
  const armOf = (id: string, name: string, rows: Rows): JudgedArm => {
    const seeds = rows.map((row, s): SeedResult => ({
      seed: s + 1,
      state: 'finished',
      scores: readScores(`${name}[${s}]`, row, { examples, sign }),
    }))
    // Without pairs an arm's seeds are its own, so none is missing.
    if (!paired) return { id, label: id, seeds, plannedSeeds: countSeeds(rows) }
    const missing = plannedSeeds
      .slice(rows.length)
      .map((seed): SeedResult => ({ seed, state: 'missing', why: 'not-given' }))
    return { id, label: id, seeds: [...seeds, ...missing] }
  }
  return {
    metric: 'score',
    margin,
    alpha,
    paired,
    corrected: Object.keys(methods).length,
    plannedSeeds,
    stopped: false,
    control: armOf('control', 'control', control),
    arms: Object.entries(methods).map(([id, rows]) => armOf(id, `methods.${id}`, rows)),
    ...(groups === undefined ? {} : { groups: readScores('groups', groups, { examples, sign: 1 }) }),
  }
}

/** What the scores of a file have in common, as they were given. */
interface Extent {
  low: number
  high: number
  /** Every score is the lowest or the highest, and a row has both: right or wrong, in whatever unit. */
  twoValued: boolean
}

const extentOf = (rows: readonly Float64Array[], sign: 1 | -1): Extent => {
  const values = new Set<number>()
  let [low, high] = [Infinity, -Infinity]
  for (const row of rows)
    for (const score of row) {
      const given = sign * score
      if (given < low) low = given
      if (given > high) high = given
      if (values.size < 3) values.add(given)
    }
  const both = rows.some((row) => row.some((score) => score !== row[0]))
  return { low, high, twoValued: values.size === 2 && both }
}

const rowsOf = ({ control, arms }: JudgeInput<SpokenMetric>): Float64Array[] =>
  [control, ...arms].flatMap(finishedRows)

/**
 * R: scores from 0 to 1, of arms and teacher alike, are taken for a measure with these bounds, and scores of two values for
 * right and wrong in another unit, such as 0 and 100.
 */
const boundOf = ({ low, high, twoValued }: Extent): number =>
  low >= 0 && high <= 1 ? 1 : twoValued ? high - low : 0

/** A margin that hardly belongs to these scores. */
const marginRemarks = ({ low, high, twoValued }: Extent, margin: number): ProblemRemark[] => {
  // Every difference lies within such a margin, so that a word says nothing of the method.
  if (high > low && margin >= high - low) return [{ kind: 'margin-of-whole-range' }]
  return twoValued && low === 0 && high === 100 && margin < 1
    ? [{ kind: 'margin-in-hundredths', margin }]
    : []
}

const finishedRows = ({ seeds }: JudgedArm): Float64Array[] =>
  seeds.flatMap((seed) => (seed.state === 'finished' ? [seed.scores] : []))

/** From here on scores are in another unit than those that lie from 0 to 1. */
const anotherUnit = 10

/** Two rows of scores that are hardly of one unit: 0 to 1, and 0 to 100. */
const unitRemarks = (ofOne: Named, ofOther: Named, sign: 1 | -1): ProblemRemark[] => {
  const [one, other] = [ofOne, ofOther].map(({ rows }) => extentOf(rows, sign))
  if (one === undefined || other === undefined) return []
  const within = ({ low, high }: Extent): boolean => low >= 0 && high <= 1
  const beyond = ({ low, high }: Extent): boolean => low >= 0 && high >= anotherUnit
  const told = (small: Named, large: Named, high: number): ProblemRemark[] => [
    { kind: 'two-units', small: small.whose, large: large.whose, high },
  ]
  if (within(one) && beyond(other)) return told(ofOne, ofOther, other.high)
  return within(other) && beyond(one) ? told(ofOther, ofOne, one.high) : []
}

/** Whose scores: the control's, the teacher's, or those of an arm by its id. */
export type Whose = { of: 'control' | 'teacher' } | { of: 'arm'; id: string }

interface Named {
  whose: Whose
  rows: readonly Float64Array[]
}

/** What is odd about a problem, as a code with its figures. */
export type ProblemRemark =
  | { kind: 'margin-of-whole-range' }
  /** Scores of 0 and 100 beside a margin below 1. */
  | { kind: 'margin-in-hundredths'; margin: number }
  /** `small` lie from 0 to 1, `large` reach `high`. */
  | { kind: 'two-units'; small: Whose; large: Whose; high: number }

export interface JudgedProblem {
  alpha: number
  margin: number
  comparisons: {
    judged: JudgedComparison<'score'>
    /** Beside it, where a teacher is given. */
    teacher: JudgedTeacher<'score'> | null
    remarks: readonly ProblemRemark[]
  }[]
}

/** A secondary question: it has a word only where the primary one does. */
const againstTheTeacher = (
  input: JudgeInput<'score'>,
  primary: readonly JudgedComparison<'score'>[],
  teacher: Float64Array,
): JudgedTeacher<'score'>[] =>
  judgeTeacher({
    ...input,
    teachers: [teacher],
    readAt: new Map(
      primary.map(({ arm, noWord }) => [
        arm,
        {
          look: 0,
          withheld: noWord === null ? null : { why: 'no-word-against-control', because: noWord },
        },
      ]),
    ),
  })

/**
 * The verdict on scores of any origin: every method against the control, corrected for their number, and against the
 * teacher where one is given. It obeys `paired`, whatever the number of seeds. In a paired problem an arm with fewer
 * rows than another lacks the last seeds; unpaired, an arm has the seeds that it has.
 * @param problem scores S × N, seeds by test examples; α of the whole family.
 * @throws RangeError that names the argument: alpha outside (0, 1), a margin that is not positive and finite, no method
 * or more than 100, no row of the control, fewer than two examples, rows, teacher or groups of another length, a score
 * that is no finite number, fewer than two groups.
 */
export const judgeProblem = (problem: VerdictProblem): JudgedProblem => {
  const read = inputOf(problem)
  const { alpha, margin } = problem
  const sign = problem.higherIsBetter ? 1 : -1
  const teacher =
    problem.teacher === undefined
      ? null
      : readScores('teacher', problem.teacher, { examples: problem.control[0]?.length ?? 0, sign })
  const rows = rowsOf(read)
  const input = {
    ...read,
    range: boundOf(extentOf(teacher === null ? rows : [...rows, teacher], sign)),
  }
  const primary = judgePrimary(input)
  const remarks = marginRemarks(extentOf(rows, sign), margin)
  const beside = teacher === null ? [] : againstTheTeacher(input, primary, teacher)
  const control: Named = { whose: { of: 'control' }, rows: finishedRows(read.control) }
  const ofTeacher =
    teacher === null ? [] : unitRemarks(control, { whose: { of: 'teacher' }, rows: [teacher] }, sign)
  const remarksOn = (arm: JudgedArm | undefined): ProblemRemark[] => [
    ...remarks,
    ...(arm === undefined
      ? []
      : unitRemarks(control, { whose: { of: 'arm', id: arm.id }, rows: finishedRows(arm) }, sign)),
    ...ofTeacher,
  ]
  return {
    alpha,
    margin,
    comparisons: primary.map((judged, index) => ({
      judged,
      teacher: beside[index] ?? null,
      remarks: remarksOn(read.arms[index]),
    })),
  }
}
