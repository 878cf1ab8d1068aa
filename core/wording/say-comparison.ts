import type { ComparisonMetric, SpokenMetric } from '../contracts/verdict.ts'
import type { JudgedComparison, JudgedTeacher } from '../judging/comparison.ts'
import { noWordText } from './no-word-text.ts'
import { noteText } from './note-text.ts'
import { withinSentence } from './phrases.ts'
import { qualifierText } from './qualifier.ts'
import { comparisonSentence } from './sentence.ts'
import { teacherQualifier, teacherSentence } from './teacher-text.ts'

/** What is said of a comparison: no code reads it. */
export interface ComparisonText {
  /** Why there is no word; set exactly when there is none. */
  reason: string | null
  /** Remarks such as "seed spread floored". */
  note: string | null
  /** Short text under the chip, e.g. "by at least the 1-point margin". */
  qualifier: string
  /** One sentence in plain English. */
  sentence: string
}

export type SaidComparison<Metric extends SpokenMetric = ComparisonMetric> = JudgedComparison<Metric> &
  ComparisonText

export type SaidTeacher<Metric extends SpokenMetric = ComparisonMetric> = JudgedTeacher<Metric> &
  ComparisonText

type Labels = Readonly<Record<string, string>>

/** Its remarks as one text. */
const notesText = ({ notes }: Pick<JudgedComparison, 'notes'>, against: string | null): string | null =>
  notes.length === 0 ? null : notes.map((note) => noteText(note, against)).join('; ')

/** The seeds that count as the even guess. */
const divergedOf = (
  { notes }: Pick<JudgedComparison, 'notes'>,
  kind: 'diverged' | 'control-diverged',
): readonly number[] => notes.flatMap((note) => (note.kind === kind ? note.seeds : []))

/** @param further clauses with which the sentence goes on, each with its mark in front. */
export const sayComparison = <Metric extends SpokenMetric>(
  one: JudgedComparison<Metric>,
  labels: Labels,
  further: readonly string[] = [],
): SaidComparison<Metric> => {
  const { metric, margin, reading, noWord, simultaneous, estimate } = one
  const label = labels[one.arm] ?? one.arm
  // The control goes without saying.
  const against = one.family === 'teacher-or-smoothing' ? (labels[one.against] ?? one.against) : null
  const within = against === null ? null : withinSentence(against)
  const reason = noWord === null ? null : noWordText(noWord, within ?? undefined)
  const sentence = comparisonSentence({
    ...one,
    label,
    against: within,
    alpha: one.look.alpha,
    figures:
      estimate === null || simultaneous === null
        ? null
        : { estimate, simultaneous, examplesOnly: one.seedVariance === null },
    reason: reason ?? '',
    diverged: divergedOf(one, 'diverged'),
    controlDiverged: divergedOf(one, 'control-diverged'),
    further,
  })
  return {
    ...one,
    reason,
    note: notesText(one, against),
    qualifier: reading === null ? (reason ?? '') : qualifierText(reading, metric, margin),
    sentence,
  }
}

export const sayTeacher = <Metric extends SpokenMetric>(
  one: JudgedTeacher<Metric>,
  labels: Labels,
): SaidTeacher<Metric> => {
  const { metric, margin, reading, noWord, estimate, simultaneous } = one
  const reason = noWord === null ? null : noWordText(noWord)
  return {
    ...one,
    reason,
    note: notesText(one, null),
    qualifier: reading === null ? (reason ?? '') : teacherQualifier(reading, metric, margin),
    sentence: teacherSentence({
      ...one,
      label: labels[one.arm] ?? one.arm,
      alpha: one.look.alpha,
      figures: estimate === null || simultaneous === null ? null : { estimate, simultaneous },
      reason: reason ?? '',
      diverged: divergedOf(one, 'diverged'),
    }),
  }
}
