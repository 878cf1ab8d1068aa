import type { SpokenMetric } from '../contracts/verdict.ts'
import { compareAtLook } from './compare-at-look.ts'
import type { JudgedComparison } from './comparison.ts'
import { holmAdjusted } from '../statistics/tests/holm.ts'
import { checkJudgeInput, type JudgedArm, type JudgeInput } from './question.ts'
import { looksOf, lookState } from './looks.ts'
import { tallySeeds } from './seed-tally.ts'

/**
 * Adjusts every p of a family over its M comparisons. Figures on the way, and those of two networks, are no part of what
 * is decided: a comparison is ranked among its own kind, and all others count as p = 1.
 */
export const withHolm = <Metric extends SpokenMetric>(
  comparisons: readonly JudgedComparison<Metric>[],
  corrected: number,
): JudgedComparison<Metric>[] => {
  const kind = ({ word, seedVariance }: JudgedComparison<Metric>): string =>
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

/** Comparisons of these arms at one look. */
const judgeAtLook = <Metric extends SpokenMetric>(
  input: JudgeInput<Metric>,
  index: number,
  arms: readonly JudgedArm[],
  examples: number,
): JudgedComparison<Metric>[] => {
  const look = lookState(input, index)
  const control = tallySeeds(input.control, look.seeds)
  return arms.map((judged) => {
    const arm = tallySeeds(judged, look.seeds)
    const withheld = input.readAt?.get(judged.id)?.withheld ?? null
    return compareAtLook(input, look, { judged, arm, control, examples, withheld })
  })
}

/** Look after look, with the arms that are still open: a word that was decided at a look stands. */
const judgeLooks = <Metric extends SpokenMetric>(
  input: JudgeInput<Metric>,
  examples: number,
): Map<string, JudgedComparison<Metric>> => {
  const looks = looksOf(input)
  const launched = Math.min(input.looksLaunched ?? looks.length, looks.length)
  const found = new Map<string, JudgedComparison<Metric>>()
  let open: readonly JudgedArm[] = input.arms
  for (let index = 0; index < launched && open.length > 0; index++) {
    const here = judgeAtLook(input, index, open, examples)
    for (const one of here) found.set(one.arm, one)
    const onward = new Set(here.filter((one) => one.open).map((one) => one.arm))
    open = open.filter(({ id }) => onward.has(id))
  }
  return found
}

const judgeReadAt = <Metric extends SpokenMetric>(
  input: JudgeInput<Metric>,
  readAt: NonNullable<JudgeInput['readAt']>,
  examples: number,
): Map<string, JudgedComparison<Metric>> => {
  const found = new Map<string, JudgedComparison<Metric>>()
  for (const index of new Set([...readAt.values()].map(({ look }) => look))) {
    const arms = input.arms.filter(({ id }) => readAt.get(id)?.look === index)
    for (const one of judgeAtLook(input, index, arms, examples)) found.set(one.arm, { ...one, open: false })
  }
  return found
}

/**
 * The comparisons of arms with one control, each at its look's alpha over M, so that the chance of any wrong word of
 * the family is at most alpha, over all its looks. Scores are higher-is-better per example: an estimate is an
 * improvement. Holm's p is left to `withHolm`, for families with several controls.
 * @throws RangeError as `judgePrimary`.
 */
export const judgeAgainst = <Metric extends SpokenMetric>(
  input: JudgeInput<Metric>,
): JudgedComparison<Metric>[] => {
  const examples = checkJudgeInput(input)
  const found =
    input.readAt === undefined ? judgeLooks(input, examples) : judgeReadAt(input, input.readAt, examples)
  return input.arms.flatMap(({ id }) => found.get(id) ?? [])
}

/**
 * A family whose arms have the same control: the primary question, or a secondary one.
 * One seed: an interval over examples about the trained networks, no word. Two seeds: figures, no word.
 * Formulas and rules: docs/statistics.md.
 * @throws RangeError that names the argument: ragged, non-finite or single-example scores, margin ≤ 0, alpha outside
 * (0, 1), corrected below 1 or below the number of arms, more than 100 arms, seeds that are unplanned or doubled, looks
 * that do not rise to all planned seeds or spend more than alpha, groups of another length.
 */
export const judgePrimary = <Metric extends SpokenMetric>(
  input: JudgeInput<Metric>,
): JudgedComparison<Metric>[] => withHolm(judgeAgainst(input), input.corrected)
