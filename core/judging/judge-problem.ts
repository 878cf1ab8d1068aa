import type { ComparisonDetail, TeacherComparison } from '../contracts/verdict.ts'
import type { ProblemComparison, VerdictProblem, VerdictResult } from '../contracts/verdict-problem.ts'
import { formatCount, formatNumber } from '../wording/format-number.ts'
import { judgePrimary } from './judge.ts'
import type { JudgedArm, JudgeInput, SeedResult } from './question.ts'
import { judgeTeacher } from './judge-teacher.ts'
import { counted } from '../wording/phrases.ts'

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

const inputOf = (problem: VerdictProblem): JudgeInput => {
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
      .map((seed): SeedResult => ({ seed, state: 'missing', why: 'not given' }))
    return { id, label: id, seeds: [...seeds, ...missing] }
  }
  return {
    metric: 'score',
    margin,
    alpha,
    paired,
    corrected: Object.keys(methods).length,
    plannedSeeds,
    stopped: null,
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

const rowsOf = ({ control, arms }: JudgeInput): Float64Array[] => [control, ...arms].flatMap(finishedRows)

/**
 * R: scores from 0 to 1, of arms and teacher alike, are taken for a measure with these bounds, and scores of two values for
 * right and wrong in another unit, such as 0 and 100.
 */
const boundOf = ({ low, high, twoValued }: Extent): number =>
  low >= 0 && high <= 1 ? 1 : twoValued ? high - low : 0

/** A margin that hardly belongs to these scores. */
const marginRemarks = ({ low, high, twoValued }: Extent, margin: number): string[] => {
  // Every difference lies within such a margin, so that a word says nothing of the method.
  if (high > low && margin >= high - low) return ['the margin is as wide as the range of the scores']
  return twoValued && low === 0 && high === 100 && margin < 1
    ? [
        `the scores are 0 and 100, of which the margin is ${margin}: write them as 0 and 1, or the margin in hundredths`,
      ]
    : []
}

const finishedRows = ({ seeds }: JudgedArm): Float64Array[] =>
  seeds.flatMap((seed) => (seed.state === 'finished' ? [seed.scores] : []))

/** From here on scores are in another unit than those that lie from 0 to 1. */
const anotherUnit = 10

/** Two rows of scores that are hardly of one unit: 0 to 1, and 0 to 100. */
const unitRemarks = (ofOne: Named, ofOther: Named, sign: 1 | -1): string[] => {
  const [one, other] = [ofOne, ofOther].map(({ rows }) => extentOf(rows, sign))
  if (one === undefined || other === undefined) return []
  const within = ({ low, high }: Extent): boolean => low >= 0 && high <= 1
  const beyond = ({ low, high }: Extent): boolean => low >= 0 && high >= anotherUnit
  const told = (small: Named, large: Named, high: number): string[] => [
    `the scores of ${small.name} lie from 0 to 1, those of ${large.name} reach ${formatNumber(high, 0)}: are they in one unit?`,
  ]
  if (within(one) && beyond(other)) return told(ofOne, ofOther, other.high)
  return within(other) && beyond(one) ? told(ofOther, ofOne, one.high) : []
}

interface Named {
  name: string
  rows: readonly Float64Array[]
}

const comparisonOf = (
  one: ComparisonDetail,
  teacher: TeacherComparison | undefined,
  remarks: readonly string[],
): ProblemComparison => ({
  arm: one.arm,
  paired: one.paired,
  estimate: one.estimate,
  seedVariance: one.seedVariance,
  exampleVariance: one.exampleVariance,
  degreesOfFreedom: one.degreesOfFreedom,
  exampleDegreesOfFreedom: one.exampleDegreesOfFreedom,
  individual: one.individual,
  simultaneous: one.simultaneous,
  p: one.sensitivity?.p ?? null,
  holmP: one.sensitivity?.holm ?? null,
  word: one.word,
  note: [one.note, ...remarks].filter((text) => text !== null).join('; ') || null,
  reason: one.reason,
  sentence: one.sentence,
  seeds: {
    sd: one.planning?.sd ?? null,
    sdUpper: one.planning?.sdUpper ?? null,
    needed: one.planning?.needed ?? null,
    neededUpper: one.planning?.neededUpper ?? null,
    testSetFactor: one.planning?.testSetFactor ?? null,
    powerAtMargin: one.planning?.powerAtMargin ?? null,
  },
  ...(teacher === undefined ? {} : besideTeacher(teacher)),
})

const besideTeacher = ({
  estimate,
  simultaneous,
  word,
  reason,
  recovered,
}: TeacherComparison): Required<Pick<ProblemComparison, 'teacher' | 'gapRecovered'>> => ({
  teacher: { estimate, simultaneous, word, ...(reason === null ? {} : { reason }) },
  gapRecovered: {
    estimate: recovered.estimate,
    interval: recovered.interval,
    ...(recovered.reason === null ? {} : { reason: recovered.reason }),
  },
})

/** A secondary question: it has a word only where the primary one does. */
const againstTheTeacher = (
  input: JudgeInput,
  primary: readonly ComparisonDetail[],
  teacher: Float64Array,
): TeacherComparison[] =>
  judgeTeacher({
    ...input,
    teachers: [teacher],
    readAt: new Map(
      primary.map(({ arm, reason }) => [
        arm,
        {
          look: 0,
          withheld:
            reason === null
              ? null
              : { reason: `no word against the control either: ${reason}`, provisional: false },
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
export const judgeProblem = (problem: VerdictProblem): VerdictResult => {
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
  const control: Named = { name: 'the control', rows: finishedRows(read.control) }
  const ofTeacher =
    teacher === null ? [] : unitRemarks(control, { name: 'the teacher', rows: [teacher] }, sign)
  const remarksOn = (arm: JudgedArm | undefined): string[] => [
    ...remarks,
    ...(arm === undefined ? [] : unitRemarks(control, { name: arm.label, rows: finishedRows(arm) }, sign)),
    ...ofTeacher,
  ]
  return {
    alpha,
    margin,
    comparisons: primary.map((one, index) => comparisonOf(one, beside[index], remarksOn(read.arms[index]))),
  }
}
