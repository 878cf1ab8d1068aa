import { isDeepStrictEqual } from 'node:util'
import type { Protocol } from '../../../core/contracts/protocol.ts'
import { seedsUpTo } from '../../../core/planning/plan-looks.ts'
import { joinAnd } from '../../../core/text/grammar.ts'
import type { Context } from '../context.ts'
import { decidedExperiments } from './decided-experiments.ts'

/**
 * What to say of a plan whose seeds were trained with its settings before: runs are deterministic, so that its words
 * would come from results that were seen. Null where all its seeds are new.
 */
export function seenSeedsNote(ctx: Context, planned: Protocol): string | null {
  const settings = settingsOf(planned)
  const earlier = decidedExperiments(ctx)
    .filter(({ protocol }) => isDeepStrictEqual(settingsOf(protocol), settings))
    .map(({ protocol, looksLaunched }) => seedsUpTo(protocol, looksLaunched - 1))
    .filter((seeds) => seeds.some((seed) => planned.seeds.includes(seed)))
  const seen = [...new Set(earlier.flat())].sort((a, b) => a - b)
  const last = seen.at(-1)
  if (last === undefined) return null
  const [were, where] = [
    seen.length === 1 ? `Seed ${last} was` : `Seeds ${joinAnd(rangesOf(seen))} were`,
    earlier.length === 1 ? 'an earlier experiment' : 'earlier experiments',
  ]
  return `${were} used with these settings in ${where}: take seeds from ${last + 1} on (First seed).`
}

/** All of a protocol but its seeds and how they are judged. */
function settingsOf(protocol: Protocol): Partial<Protocol> {
  const { seeds: _seeds, looks: _looks, alpha: _alpha, continuation: _continuation, ...rest } = protocol
  const { margin: _margin, margins: _margins, paired: _paired, ...settings } = rest
  return settings
}

/** "1 to 3", "7" */
function rangesOf(rising: readonly number[]): string[] {
  const ranges: [first: number, last: number][] = []
  for (const seed of rising) {
    const open = ranges.at(-1)
    if (open !== undefined && open[1] === seed - 1) open[1] = seed
    else ranges.push([seed, seed])
  }
  return ranges.map(([first, last]) => (first === last ? String(first) : `${first} to ${last}`))
}
