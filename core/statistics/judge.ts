import type { ComparisonDetail, Interval } from '../contracts/verdict.ts'
import { type ComparedRows, pickRows, sameScores } from './compared-rows.ts'
import { crossedVariance } from './crossed-variance.ts'
import { fixedSeedsVariance } from './fixed-seeds-variance.ts'
import { holmAdjusted } from './holm.ts'
import { intervals } from './interval.ts'
import { checkJudgeInput, type JudgedArm, type JudgeInput } from './judge-input.ts'
import { qualifierText } from './qualifier.ts'
import { type NoWord, noteText, noWordReason, type SeedTally, tallySeeds } from './seed-rules.ts'
import { sensitivityOf } from './sensitivity.ts'
import { comparisonSentence, type SentenceInput } from './sentence.ts'
import { twoWay } from './two-way.ts'
import { unpairedVariance } from './unpaired-variance.ts'
import { type VarianceParts, withoutSpread } from './variance-parts.ts'
import { readInterval } from './word.ts'

const estimateParts = (rows: ComparedRows, paired: boolean): VarianceParts | null => {
  const fewest = Math.min(rows.arm.length, rows.control.length)
  if (fewest === 0) return null
  if (fewest === 1) return fixedSeedsVariance(rows.arm, rows.control)
  if (paired) return crossedVariance(rows.arm, rows.control)
  return unpairedVariance(twoWay(rows.arm, null), twoWay(rows.control, null))
}

const droppedSeeds = (
  arm: SeedTally,
  control: SeedTally,
  paired: boolean,
): { seed: number; why: string }[] => {
  const ofControl = control.missing.map(({ seed, why }) => ({ seed, why: `control: ${why}` }))
  if (!paired) return [...arm.missing, ...ofControl]
  const own = new Set(arm.missing.map(({ seed }) => seed))
  return [...arm.missing, ...ofControl.filter(({ seed }) => !own.has(seed))]
}

type Outcome = SentenceInput['outcome']

const decideOutcome = (
  noWord: NoWord | null,
  identical: boolean,
  figures: { parts: VarianceParts; simultaneous: Interval } | null,
  margin: number,
): Outcome => {
  if (noWord !== null)
    return { state: noWord.provisional ? 'provisional' : 'no-verdict', reason: noWord.reason }
  if (identical)
    return { state: 'decided', reading: { word: 'no practical difference', detail: 'within' }, identical }
  if (figures === null) return { state: 'no-verdict', reason: 'no seed has a result in both arms' }
  if (withoutSpread(figures.parts)) {
    return { state: 'no-verdict', reason: 'every difference is the same number, so chance cannot be judged' }
  }
  return { state: 'decided', reading: readInterval(figures.simultaneous, margin), identical }
}

const judgeArm = (
  input: JudgeInput,
  judged: JudgedArm,
  arm: SeedTally,
  control: SeedTally,
  examples: number,
  stoppedEarly: boolean,
): ComparisonDetail => {
  const { metric, margin, alpha, paired, corrected, plannedSeeds } = input
  const rows = pickRows(arm, control, paired)
  const parts = estimateParts(rows, paired)
  const both = parts === null ? null : intervals(parts, alpha, corrected)
  const identical = sameScores(rows)
  const noWord = noWordReason(input, arm, control, rows.seeds.length, rows.controlSeeds.length, stoppedEarly)
  const figures = parts === null || both === null ? null : { parts, simultaneous: both.simultaneous }
  const outcome = decideOutcome(noWord, identical, figures, margin)
  const word = outcome.state === 'decided' ? outcome.reading.word : null
  const reason = outcome.state === 'decided' ? null : outcome.reason
  const dropped = droppedSeeds(arm, control, paired)
  const entered = (tally: SeedTally, seeds: readonly number[]): number[] =>
    tally.diverged.filter((seed) => seeds.includes(seed))
  const diverged = entered(arm, rows.seeds)
  const controlDiverged = entered(control, rows.controlSeeds)
  return {
    arm: judged.id,
    against: input.control.id,
    family: 'primary',
    metric,
    paired,
    estimate: parts?.estimate ?? null,
    seedVariance: parts?.seedVariance ?? null,
    exampleVariance: parts?.exampleVariance ?? null,
    degreesOfFreedom: parts?.degreesOfFreedom ?? null,
    individual: both?.individual ?? null,
    simultaneous: both?.simultaneous ?? null,
    word,
    note: noteText({ identical, floored: parts?.floored ?? false, diverged, controlDiverged, dropped }),
    reason,
    sentence: comparisonSentence({
      label: judged.label,
      metric,
      margin,
      alpha,
      corrected,
      seeds: rows.seeds.length,
      controlSeeds: rows.controlSeeds.length,
      examples,
      figures:
        parts === null || both === null
          ? null
          : {
              estimate: parts.estimate,
              simultaneous: both.simultaneous,
              examplesOnly: parts.seedVariance === null,
            },
      outcome,
      diverged,
      controlDiverged,
    }),
    seeds: rows.seeds.length,
    plannedSeeds: plannedSeeds.length,
    examples,
    provisional: outcome.state === 'provisional',
    qualifier:
      outcome.state !== 'decided'
        ? outcome.reason
        : identical
          ? 'identical predictions'
          : qualifierText(outcome.reading, metric, margin),
    perSeed: rows.seeds.map((seed, s) => ({ seed, difference: parts?.perSeed[s] ?? 0 })),
    droppedSeeds: [...new Set(dropped.map(({ seed }) => seed))].sort((a, b) => a - b),
    divergedSeeds: [...new Set([...diverged, ...controlDiverged])].sort((a, b) => a - b),
    ...(parts === null
      ? {}
      : {
          sensitivity: {
            holm: null,
            ...sensitivityOf({ rows, parts, paired, alpha, corrected, margin, word, reason }),
          },
        }),
  }
}

/**
 * Adjusts every p over the M comparisons. Figures on the way, and those of two networks, are no part of what is
 * decided: a comparison is ranked among its own kind, and all others count as p = 1.
 */
const withHolm = (comparisons: readonly ComparisonDetail[], corrected: number): ComparisonDetail[] => {
  const kind = ({ word, seedVariance }: ComparisonDetail): string =>
    word !== null ? 'decided' : seedVariance !== null ? 'descriptive' : 'networks'
  const adjusted = new Map(
    ['decided', 'descriptive', 'networks'].map((own) => [
      own,
      holmAdjusted(
        comparisons.map((one) => (kind(one) === own ? (one.sensitivity?.p ?? null) : null)),
        corrected,
      ),
    ]),
  )
  return comparisons.map((one, index) =>
    one.sensitivity === undefined
      ? one
      : { ...one, sensitivity: { ...one.sensitivity, holm: adjusted.get(kind(one))?.[index] ?? null } },
  )
}

/**
 * The primary family: every arm against the control, each at alpha/M, so that the chance of any wrong word on the page
 * is at most alpha. Scores are higher-is-better per example, so an estimate is an improvement.
 * One seed: an interval over examples about the trained networks, no word. Two seeds: figures, no word.
 * Formulas and rules: docs/statistics.md.
 * @throws RangeError that names the argument: ragged, non-finite or single-example scores, margin ≤ 0, alpha outside
 * (0, 1), corrected below 1 or below the number of arms, seeds that are unplanned or doubled.
 */
export const judgePrimary = (input: JudgeInput): ComparisonDetail[] => {
  const examples = checkJudgeInput(input)
  const control = tallySeeds(input.control, input.plannedSeeds)
  const arms = input.arms.map((arm) => ({ arm, tally: tallySeeds(arm, input.plannedSeeds) }))
  // A stop after every planned seed has its result has cut nothing short.
  const open = [control, ...arms.map(({ tally }) => tally)].some(
    (tally) => tally.scores.size < input.plannedSeeds.length,
  )
  const stopped = input.stopped !== null && open
  const comparisons = arms.map(({ arm, tally }) =>
    judgeArm(input, arm, tally, control, examples, stopped || tally.stopped || control.stopped),
  )
  return withHolm(comparisons, input.corrected)
}
