import type { SpokenMetric } from '../contracts/verdict.ts'
import type { LookTaken } from '../judging/comparison.ts'
import type { Interval } from '../mathematics/interval.ts'
import type { WhyDamaged } from '../judging/no-word.ts'
import type { TeacherReading } from '../judging/teacher-word.ts'
import { capital, counted, joinAnd } from '../text/grammar.ts'
import {
  digitsFor,
  levelText,
  marginAmount,
  marginName,
  plainAmount,
  plainRange,
  signedAmount,
  signedRange,
  sayingsOf,
  withinSentence,
} from './phrases.ts'
import { whyText } from './no-word-text.ts'
import type { SaidTeacher } from './say-comparison.ts'
import { divergenceClause } from './sentence.ts'

/** The short text under the chip of a comparison with the teacher. */
export const teacherQualifier = (reading: TeacherReading, metric: SpokenMetric, margin: number): string => {
  const amount = marginAmount(metric, margin)
  switch (reading.word) {
    case 'better':
      return reading.detail === 'by-margin'
        ? `by at least the ${marginName(metric, margin)}`
        : `whether by ${amount} is open`
    case 'worse':
      return `by more than ${amount}`
    case 'as good':
      return reading.detail === 'equivalent' ? `within ±${amount} either way` : `not worse by ${amount}`
    case 'not shown':
      return reading.detail === 'loss-margin-open'
        ? `worse; whether by ${amount} is open`
        : `to be within ${amount}`
  }
}

export interface TeacherTextInput {
  label: string
  metric: SpokenMetric
  margin: number
  alpha: number
  corrected: number
  look: Pick<LookTaken, 'index' | 'of'>
  seeds: number
  examples: number
  /** Groups of examples that count as one; null: each stands for itself. */
  groups: number | null
  figures: { estimate: number; simultaneous: Interval } | null
  /** null: there is no word, for this reason. */
  reading: TeacherReading | null
  reason: string
  provisional: boolean
  /** Seeds of the arm that count as the even guess. */
  diverged: readonly number[]
}

const bracket = (input: TeacherTextInput, range: string): string => {
  const { alpha, corrected, look, seeds, examples, groups } = input
  const at = look.of > 1 ? ` at look ${look.index + 1} of ${look.of}` : ''
  const grouped = groups === null ? '' : ` in ${counted(groups, 'group')}`
  const joint = corrected > 1 ? `, corrected for ${corrected} comparisons` : ''
  return `(${levelText(alpha)} interval${at} ${range}${joint}, ${counted(seeds, 'seed')}, ${counted(examples, 'test example')}${grouped})`
}

const decided = (
  input: TeacherTextInput,
  reading: TeacherReading,
  { estimate, simultaneous }: NonNullable<TeacherTextInput['figures']>,
): string => {
  const { label, metric, margin } = input
  const digits = digitsFor(metric, simultaneous, margin)
  const amount = marginAmount(metric, margin)
  const signed = `${signedAmount(metric, estimate, digits)} ${bracket(input, signedRange(metric, simultaneous, digits))}`
  const plain = (): string =>
    `${plainAmount(metric, estimate, digits)} ${bracket(input, plainRange(metric, simultaneous, digits))}`
  const { noun } = sayingsOf(metric)
  switch (reading.word) {
    case 'better':
      return `${label} did better than the teacher in ${noun} by ${plain()}${reading.detail === 'by-margin' ? `, by at least the ${marginName(metric, margin)}` : `; whether by ${amount} is open`}`
    case 'worse':
      return `${label} did worse than the teacher in ${noun} by ${plain()}, by more than ${amount}`
    case 'as good':
      return `${label} did as well as the teacher in ${noun} within ${amount}: ${signed}${reading.detail === 'equivalent' ? '' : '; perhaps better'}`
    case 'not shown':
      return `That ${withinSentence(label)} did as well as the teacher in ${noun} within ${amount} is not shown: ${signed}`
  }
}

/** One arm against its teacher in one sentence; names of arms are singular and plural, so verbs fit both. */
export const teacherSentence = (input: TeacherTextInput): string => {
  const { label, reading, reason, provisional, figures, metric, margin } = input
  const divergence = divergenceClause({ diverged: input.diverged, controlDiverged: [], against: null })
  if (reading !== null && figures !== null) return `${decided(input, reading, figures)}${divergence}.`
  if (figures === null) return `No comparison of ${withinSentence(label)} with the teacher: ${reason}.`
  const digits = digitsFor(metric, figures.simultaneous, margin)
  const range = bracket(input, signedRange(metric, figures.simultaneous, digits))
  return `Against the teacher the difference of ${withinSentence(label)} is ${signedAmount(metric, figures.estimate, digits)}${provisional ? ' so far' : ''} ${range}: ${reason}${divergence}.`
}

const perhaps = (items: readonly string[], did: string): string[] =>
  items.length === 0 ? [] : [`${capital(joinAnd(items))} ${did}.`]

/** The answer to "As good as the teacher?" over all arms. */
export const teacherAnswer = (
  comparisons: readonly SaidTeacher[],
  labels: Readonly<Record<string, string>>,
): string => {
  const [first] = comparisons
  if (first === undefined) return ''
  if (comparisons.every(({ word }) => word === null))
    return comparisons.some(({ provisional }) => provisional)
      ? 'Too early to say: the intervals are descriptive.'
      : `No verdict: ${first.reason ?? 'no seed has a result'}.`
  const amount = marginAmount(first.metric, first.margin)
  const named = (word: SaidTeacher['word']): string[] =>
    comparisons.filter((one) => one.word === word).map((one) => withinSentence(labels[one.arm] ?? one.arm))
  const open = named('not shown')
  const shown =
    open.length === 0
      ? []
      : open.length === comparisons.length && open.length > 1
        ? [`Not shown for any: none is shown to be within ${amount} of the teacher.`]
        : [`Not shown to be within ${amount} of the teacher: ${joinAnd(open)}.`]
  return [
    ...perhaps(named('better'), 'did better than the teacher'),
    ...perhaps(named('as good'), `did as well as the teacher, within ${amount}`),
    ...perhaps(named('worse'), `did worse by more than ${amount}`),
    ...shown,
  ].join(' ')
}

/** The same where what all are compared with cannot be read. */
export const unreadTeacherText = (why: WhyDamaged): string =>
  `No verdict: ${whyText(why, ' of the teacher')}.`
