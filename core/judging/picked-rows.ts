import { type ComparedRows, onlyRightOrWrong } from '../statistics/variance/compared-rows.ts'
import type { Alike } from './note.ts'
import type { SeedTally } from './seed-tally.ts'

/** The scores of the common seeds (paired), or all that each arm has. */
export const pickRows = (arm: SeedTally, control: SeedTally, paired: boolean): ComparedRows => {
  const pick = (tally: SeedTally, seeds: number[]): Float64Array[] =>
    seeds.flatMap((seed) => tally.scores.get(seed) ?? [])
  const common = [...arm.scores.keys()].filter((seed) => control.scores.has(seed))
  const seeds = paired ? common : [...arm.scores.keys()]
  const controlSeeds = paired ? common : [...control.scores.keys()]
  return { seeds, arm: pick(arm, seeds), controlSeeds, control: pick(control, controlSeeds) }
}

/** Every run of the arm scores each example as the control's run of the same seed does. */
const sameScores = ({ seeds, arm, controlSeeds, control }: ComparedRows): boolean =>
  seeds.length > 0 &&
  seeds.length === controlSeeds.length &&
  seeds.every((seed, s) => seed === controlSeeds[s]) &&
  arm.every((row, s) => row.every((score, i) => score === control[s]?.[i]))

/** How alike the networks of two arms are, as far as is known; null where their scores differ. */
export const alikeRows = (
  rows: ComparedRows,
  { arm, control }: { arm: SeedTally; control: SeedTally },
  { units, grouped }: Pick<Alike, 'units' | 'grouped'>,
): Alike | null => {
  if (!sameScores(rows)) return null
  const sameAnswers = rows.seeds.every((seed) => {
    const own = arm.answers.get(seed)
    return own !== undefined && own === control.answers.get(seed)
  })
  return {
    known: sameAnswers ? 'predictions' : 'scores',
    units,
    grouped,
    rightOrWrong: onlyRightOrWrong(rows.arm),
  }
}
