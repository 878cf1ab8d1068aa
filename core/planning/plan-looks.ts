import type { Continuation, ExperimentDraft, Look, Protocol } from '../contracts/protocol.ts'
import { joinAnd } from '../text/grammar.ts'
import { spendAlpha } from '../statistics/tests/spend-alpha.ts'
import type { DraftProblem } from './draft-problem.ts'

const mostLooks = 20
const mostSeeds = 100
/** Looks that follow each other without a person asking end here. */
const mostSeedsUntilDecided = 20
/** A look with fewer seeds has no word, and would spend its share of alpha for nothing. */
const fewestAtLook = 3

/** What is wrong with the looks of a draft; nothing where there is one look, whose seeds are checked as such. */
export function checkLooks({ seeds, moreLooks, continuation }: ExperimentDraft): DraftProblem[] {
  const last = moreLooks.at(-1)
  if (last === undefined) return []
  const messages: string[] = []
  const looks = [seeds, ...moreLooks]
  if (looks.length > mostLooks) messages.push(`At most ${mostLooks} looks can be planned.`)
  if (looks.some((look, at) => look <= (looks[at - 1] ?? -Infinity))) {
    messages.push(`Each look needs more seeds than the one before it: ${list(looks)} do not rise.`)
  }
  if (seeds < fewestAtLook) {
    messages.push(`With more than one look, the first needs at least ${fewestAtLook} seeds an arm.`)
  }
  if (Math.max(...looks) > mostSeeds) messages.push(`At most ${mostSeeds} seeds an arm at the last look.`)
  else if (continuation === 'until-decided' && Math.max(...looks) > mostSeedsUntilDecided) {
    messages.push(`Until decided goes up to ${mostSeedsUntilDecided} seeds an arm.`)
  }
  return messages.map((message) => ({ path: 'moreLooks', message }))
}

/** The looks of a draft that `checkLooks` has nothing against, with the share of alpha that each spends. */
export function planLooks({ seeds, moreLooks, alpha }: ExperimentDraft): Look[] {
  const looks = [seeds, ...moreLooks]
  // One look spends everything, however few its seeds are.
  const shares = looks.length === 1 ? [alpha] : spendAlpha(alpha, looks)
  return looks.map((count, at) => ({ seeds: count, alpha: shares[at] ?? alpha }))
}

export const planContinuation = ({ moreLooks, continuation }: ExperimentDraft): Continuation =>
  moreLooks.length === 0 ? 'none' : continuation

/** Seeds that are planned up to and with the look at `index` (from 0). */
export function seedsUpTo({ seeds, looks }: Protocol, index: number): number[] {
  return seeds.slice(0, looks[index]?.seeds ?? 0)
}

/** Seeds that the look at `index` (from 0) adds to those before it. */
export function seedsAddedAt({ seeds, looks }: Protocol, index: number): number[] {
  return seeds.slice(index === 0 ? 0 : (looks[index - 1]?.seeds ?? 0), looks[index]?.seeds ?? 0)
}

/** What will happen after the first look, for the person who plans it. */
export function lookNotes(draft: ExperimentDraft): string[] {
  const { seeds, moreLooks, continuation } = draft
  if (moreLooks.length === 0 || checkLooks(draft).length > 0 || !(draft.alpha > 0 && draft.alpha < 1)) {
    return []
  }
  const shares = list(planLooks(draft).map(({ alpha }) => Number(alpha.toPrecision(3))))
  const spent = `Each look spends a part of alpha planned now (${shares}), so looking more than once costs no error.`
  return continuation === 'until-decided'
    ? [
        `It starts with ${seeds} seeds an arm and reads the words. Arms that are not decided go on by themselves, to ${list(moreLooks)} seeds; the others stop. Each arm ends with a word or as not decidable with this test set.`,
        spent,
      ]
    : [
        `Words are read at ${seeds} seeds an arm. If an arm is not decided then, one click adds its seeds up to ${list(moreLooks)}, and its word still stands.`,
        spent,
      ]
}

const list = (values: readonly number[]): string => joinAnd(values.map(String))
