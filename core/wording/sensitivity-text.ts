import type { ComparisonWord } from '../contracts/verdict.ts'
import type { NoSignFlip, Sensitivity } from '../judging/comparison.ts'
import { fewestLeftOut } from '../judging/sensitivity.ts'
import { mostFlippedSeeds } from '../statistics/tests/sign-flip.ts'
import { formatPlain } from '../text/format-number.ts'
import { capital } from '../text/grammar.ts'
import { seedList } from './phrases.ts'

/** Why there is no exact p of sign flips. */
export const noSignFlipText = (none: NoSignFlip): string => {
  switch (none.why) {
    case 'unpaired':
      return 'not computed: the seeds are not paired'
    case 'too-few-seeds': {
      const { seeds } = none
      return `not computed: with ${seeds === 1 ? 'one seed' : `${seeds} seeds`} it cannot fall below ${formatPlain(2 ** (1 - seeds))}`
    }
    case 'too-many-seeds':
      return `not computed: ${none.seeds} seeds have more sign patterns than are counted (up to ${mostFlippedSeeds})`
  }
}

const without = (word: ComparisonWord | null): string =>
  word === null ? 'chance could not be judged' : `the word would be ${word}`

/**
 * What follows from leaving one seed out, or why it is not asked: "Without seed 3 the word would be inconclusive; without
 * any one of seeds 5 and 6 it would be helped."
 * @param one its word, why it has none, and its words without a seed.
 */
export const leaveOneOutText = ({
  word,
  reason,
  leaveOneOut,
}: {
  word: ComparisonWord | null
  reason: string | null
  leaveOneOut: Sensitivity['leaveOneOut']
}): string => {
  if (word === null) return `No word: ${reason ?? 'not decided'}.`
  if (leaveOneOut === null) return `Asked from ${fewestLeftOut} seeds on.`
  const changed = leaveOneOut.filter((one) => one.word !== word)
  if (changed.length === 0) return 'The word stays when any one seed is left out.'
  const clauses = [...new Set(changed.map((one) => one.word))].map((other) => {
    const seeds = changed.filter((one) => one.word === other).map(({ seed }) => seed)
    return `without ${seeds.length === 1 ? '' : 'any one of '}${seedList(seeds)} ${without(other)}`
  })
  return `${capital(clauses.join('; '))}.`
}
