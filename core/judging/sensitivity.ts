import type { ComparisonWord, Sensitivity } from '../contracts/verdict.ts'
import type { Interval } from '../mathematics/interval.ts'
import { type ComparedRows, runMeans } from '../statistics/variance/compared-rows.ts'
import { leaveOneOut, type LeftOut } from '../statistics/tests/leave-one-out.ts'
import { nextRunBeats } from '../statistics/tests/next-run-beats.ts'
import { pValue } from '../statistics/tests/p-value.ts'
import { formatPlain } from '../wording/format-number.ts'
import { capital, seedList } from '../wording/phrases.ts'
import { type SpokenMetric } from '../contracts/verdict.ts'
import { intervals } from '../statistics/variance/interval.ts'
import { mostFlippedSeeds, signFlipP } from '../statistics/tests/sign-flip.ts'
import type { VarianceParts } from '../statistics/variance/variance-parts.ts'
import { readInterval, wordOf } from './word.ts'

/** With fewer seeds the sign-flip p cannot reach 0.05, and one seed less widens any interval past use. */
const fewestSeeds = 6

interface SensitivityInput {
  rows: ComparedRows
  parts: VarianceParts
  paired: boolean
  /** R of the scores. */
  range: number
  alpha: number
  /** Part of the family's alpha that this look spends; 1 with one look. */
  alphaShare: number
  /** M */
  corrected: number
  margin: number
  metric: SpokenMetric
  /** The word of the comparison; without one nothing is claimed about it. */
  word: ComparisonWord | null
  /** Why there is no word. */
  reason: string | null
}

const signFlip = ({ rows, parts, paired }: SensitivityInput): [p: number | null, reason: string | null] => {
  const seeds = rows.seeds.length
  if (!paired) return [null, 'not computed: the seeds are not paired']
  if (seeds < fewestSeeds) {
    const floor = formatPlain(2 ** (1 - seeds))
    return [
      null,
      `not computed: with ${seeds === 1 ? 'one seed' : `${seeds} seeds`} it cannot fall below ${floor}`,
    ]
  }
  if (seeds > mostFlippedSeeds) {
    return [
      null,
      `not computed: ${seeds} seeds have more sign patterns than are counted (up to ${mostFlippedSeeds})`,
    ]
  }
  return [signFlipP(parts.perSeed), null]
}

const without = (word: ComparisonWord | null): string =>
  word === null ? 'chance could not be judged' : `the word would be ${word}`

/** "Without seed 3 the word would be inconclusive; without any one of seeds 5 and 6 it would be helped." */
const leftOutSentence = (leftOut: readonly LeftOut<ComparisonWord>[], word: ComparisonWord): string => {
  const changed = leftOut.filter((one) => one.word !== word)
  if (changed.length === 0) return 'The word stays when any one seed is left out.'
  const clauses = [...new Set(changed.map((one) => one.word))].map((other) => {
    const seeds = changed.filter((one) => one.word === other).map(({ seed }) => seed)
    return `without ${seeds.length === 1 ? '' : 'any one of '}${seedList(seeds)} ${without(other)}`
  })
  const text = clauses.join('; ')
  return `${capital(text)}.`
}

const leftOut = (input: SensitivityInput): Pick<Sensitivity, 'leaveOneOut' | 'leaveOneOutSentence'> => {
  const { rows, paired, range, alpha, corrected, margin, metric, word, reason } = input
  if (word === null) {
    return { leaveOneOut: null, leaveOneOutSentence: `No word: ${reason ?? 'not decided'}.` }
  }
  if (Math.min(rows.seeds.length, rows.controlSeeds.length) < fewestSeeds) {
    return { leaveOneOut: null, leaveOneOutSentence: `Asked from ${fewestSeeds} seeds on.` }
  }
  const words = leaveOneOut({
    rows,
    paired,
    range,
    alpha,
    corrected,
    readWord: (simultaneous) => wordOf(metric, readInterval(simultaneous, margin).word),
  })
  return { leaveOneOut: words, leaveOneOutSentence: leftOutSentence(words, word) }
}

/** p counts the looks, so that it stands against the whole alpha: p ≤ α where the look's own p is ≤ its share of α. */
const overLooks = (p: number | null, alphaShare: number): number | null =>
  p === null ? null : Math.min(1, p / alphaShare)

/** New seeds on exactly these examples: the test set is not a sample then, so its part is 0. */
const onThisTestSet = ({ parts, alpha, corrected }: SensitivityInput): Interval | null =>
  parts.seedVariance === null
    ? null
    : intervals({ ...parts, exampleVariance: 0 }, alpha, corrected).simultaneous

/**
 * The lines beside a comparison: p by inversion, U/(S_a S_b), and from six seeds on the exact sign-flip p (paired) and
 * the word without each seed. Holm's p needs the whole family and is added there.
 * @param input.parts of these rows; at least one seed an arm.
 */
export const sensitivityOf = (input: SensitivityInput): Omit<Sensitivity, 'holm'> => {
  const { rows, parts } = input
  const [signP, signFlipReason] = signFlip(input)
  return {
    p: overLooks(pValue(parts), input.alphaShare),
    nextRunBeats: nextRunBeats(runMeans(rows.arm), runMeans(rows.control)),
    pairs: rows.arm.length * rows.control.length,
    signFlip: signP,
    signFlipReason,
    ...leftOut(input),
    thisTestSet: onThisTestSet(input),
  }
}
