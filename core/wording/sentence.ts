import type { LookTaken } from '../judging/comparison.ts'
import type { Interval } from '../mathematics/interval.ts'
import { formatCount } from '../text/format-number.ts'
import { counted } from '../text/grammar.ts'
import {
  digitsFor,
  levelText,
  marginAmount,
  marginName,
  plainAmount,
  plainRange,
  sayingsOf,
  seedList,
  signedAmount,
  signedRange,
  withinSentence,
} from './phrases.ts'
import type { SpokenMetric } from '../contracts/verdict.ts'
import type { Reading } from '../judging/word.ts'

export interface SentenceInput {
  label: string
  /** What it is compared with, within a sentence: "label smoothing"; null: the control, which goes without saying. */
  against: string | null
  metric: SpokenMetric
  margin: number
  alpha: number
  /** M */
  corrected: number
  seeds: number
  controlSeeds: number
  examples: number
  /** Groups of examples that count as one; null: each stands for itself. */
  groups: number | null
  /** Looks of the protocol, where there are several. */
  look: Pick<LookTaken, 'index' | 'of'>
  /** null where no figure exists yet. */
  figures: { estimate: number; simultaneous: Interval; examplesOnly: boolean } | null
  /** null: there is no word, for this reason. */
  reading: Reading | null
  reason: string
  provisional: boolean
  /** Seeds that diverged and are scored as the even guess. */
  diverged: readonly number[]
  controlDiverged: readonly number[]
  /** Clauses with which the sentence goes on, each with its mark in front. */
  further: readonly string[]
}

const basis = (input: SentenceInput): string => {
  const { seeds, controlSeeds, examples } = input
  const arms =
    counted(seeds, 'seed') +
    (seeds === controlSeeds ? '' : ` against ${controlSeeds} of ${input.against ?? 'the control'}`)
  const grouped = input.groups === null ? '' : ` in ${formatCount(input.groups)} groups`
  return `${arms}, ${formatCount(examples)} test examples${grouped}`
}

const bracket = (input: SentenceInput, range: string): string => {
  const over = input.figures?.examplesOnly === true ? ' over test examples alone' : ''
  const corrected = input.corrected > 1 ? `, corrected for ${input.corrected} comparisons` : ''
  const look = input.look.of > 1 ? ` at look ${input.look.index + 1} of ${input.look.of}` : ''
  return `(${levelText(input.alpha)} interval${over}${look} ${range}${corrected}, ${basis(input)})`
}

/** Against something other than the control the sentence says so: " over label smoothing". */
const beyond = ({ against }: SentenceInput): string => (against === null ? '' : ` over ${against}`)

const decided = (
  input: SentenceInput,
  reading: Reading,
  figures: NonNullable<SentenceInput['figures']>,
): string => {
  const { label, metric, margin } = input
  const { estimate, simultaneous } = figures
  const { better, worse, lead } = sayingsOf(metric)
  const noun = sayingsOf(metric).noun + beyond(input)
  const digits = digitsFor(metric, simultaneous, margin)
  const amount = marginAmount(metric, margin)
  const plain = `${plainAmount(metric, estimate, digits)} ${bracket(input, plainRange(metric, simultaneous, digits))}`
  const signed = `${lead}${signedAmount(metric, estimate, digits)} ${bracket(input, signedRange(metric, simultaneous, digits))}`
  switch (reading.detail) {
    case 'by-margin':
    case 'margin-open': {
      const verb = reading.word === 'helped' ? better : worse
      const end =
        reading.detail === 'by-margin'
          ? `, by at least the ${marginName(metric, margin)}`
          : `; whether by ${amount} is open`
      return `${label} ${verb} ${noun} by ${plain}${end}`
    }
    case 'within':
      return `${label} made no practical difference to ${noun}: ${signed}, within ±${amount} either way`
    case 'negligible-gain':
    case 'negligible-loss': {
      const what = reading.detail === 'negligible-gain' ? 'gain' : 'loss'
      return `${label} made no practical difference to ${noun}: ${signed}, a real but negligible ${what}`
    }
    case 'not-worse':
      return `Whether ${withinSentence(label)} ${better} ${noun} is not settled: ${signed}; not worse by ${amount}, but a gain is not shown`
    case 'at-most-better':
      return `Whether ${withinSentence(label)} ${worse} ${noun} is not settled: ${signed}; at most ${amount} better, but a loss is not shown`
    case 'wide':
      return `Whether ${withinSentence(label)} ${better} or ${worse} ${noun} is not settled: ${signed}; a gain or a loss of ${amount} is possible`
  }
}

const undecided = (input: SentenceInput): string => {
  const { label, metric, margin, figures, provisional, reason } = input
  if (figures === null) {
    return provisional
      ? `No figures yet for ${withinSentence(label)}: ${reason}`
      : `No verdict for ${withinSentence(label)}: ${reason}`
  }
  const digits = digitsFor(metric, figures.simultaneous, margin)
  const range = bracket(input, signedRange(metric, figures.simultaneous, digits))
  const amount = signedAmount(metric, figures.estimate, digits)
  const difference = sayingsOf(metric).difference + beyond(input)
  return provisional
    ? `For ${withinSentence(label)} ${difference} is ${amount} so far ${range}: ${reason}`
    : `No verdict for ${withinSentence(label)}: ${reason}; ${difference} is ${amount} ${range}`
}

/** "; seed 3 diverged and counts as the even guess", for either arm; empty where none did. */
export const divergenceClause = ({
  diverged,
  controlDiverged,
  against,
}: Pick<SentenceInput, 'diverged' | 'controlDiverged' | 'against'>): string => {
  const clauses: string[] = []
  if (diverged.length > 0) {
    clauses.push(
      `${seedList(diverged)} diverged and ${diverged.length === 1 ? 'counts' : 'count'} as the even guess`,
    )
  }
  if (controlDiverged.length > 0) {
    clauses.push(
      `${against ?? 'the control'} diverged at ${seedList(controlDiverged)} and counts there as the even guess`,
    )
  }
  return clauses.map((clause) => `; ${clause}`).join('')
}

const core = (input: SentenceInput): string => {
  const { reading, figures, label } = input
  if (reading === null) return undecided(input)
  if (figures === null) throw new RangeError(`figures of ${label}: a word without figures`)
  return decided(input, reading, figures)
}

/**
 * One comparison in one sentence: verb, amount, unit, simultaneous interval, what it is corrected for, seeds, examples,
 * and every run that diverged. Points, never percent, for differences of accuracy; a true minus sign.
 */
export const comparisonSentence = (input: SentenceInput): string =>
  `${core(input)}${divergenceClause(input)}${input.further.join('')}.`
