import type { SaidComparison } from './say-comparison.ts'
import { formatCount, formatNumber } from '../text/format-number.ts'
import { counted } from '../text/grammar.ts'
import { digitsFor, marginAmount, plainAmount } from './phrases.ts'
import { type SpokenMetric } from '../contracts/verdict.ts'

/** "6 to 11 seeds", "8 seeds", "more than 10,000 seeds" */
const seedRange = (needed: number | null, upper: number | null): string => {
  if (needed === null) return 'more than 10,000 seeds'
  if (upper === null) return `${counted(needed, 'seed')} or many more`
  return upper > needed ? `${formatCount(needed)} to ${formatCount(upper)} seeds` : counted(needed, 'seed')
}

/** More than this says no more to a person, and a margin may ask for numbers that cannot be counted. */
const most = 1_000_000_000

/** A factor rounded upward, so that it is never too small: "1.9". */
const factorText = (factor: number): string =>
  factor > most ? `a billion` : formatNumber(Math.ceil(factor * 10) / 10, 1)

/** Test examples that must be exceeded. */
export const testExamplesNeeded = (factor: number, examples: number): string =>
  factor * examples > most ? 'over a billion' : formatCount(Math.ceil(factor * examples))

/**
 * What would settle one comparison, after its arm's name: "14 to 19 seeds per arm in all to see 1 point in 4 cases of 5.
 * You have 8." Empty where the spread is not known.
 */
export const planningText = (
  { planning, seeds, examples }: Pick<SaidComparison, 'planning' | 'seeds' | 'examples'>,
  metric: SpokenMetric,
  margin: number,
): string => {
  if (planning === undefined || planning.sd === null || planning.detectable === null) return ''
  const amount = marginAmount(metric, margin)
  const { needed, neededUpper, testSetFactor, detectable } = planning
  if (testSetFactor !== null) {
    return `no number of seeds shows a difference of ${amount} with these ${formatCount(examples)} test examples; more than ${factorText(testSetFactor)} times as many (${testExamplesNeeded(testSetFactor, examples)}) would be needed.`
  }
  const digits = digitsFor(metric, [detectable], margin)
  return `${seedRange(needed, neededUpper)} per arm in all to see ${amount} in 4 cases of 5. You have ${seeds}, with which the smallest difference seen that often is ±${plainAmount(metric, detectable, digits)}.`
}
