import type { Alike, SeedTally } from './seed-rules.ts'

/** What enters the figures of one comparison: rows of `arm` and `control` in the order of their seeds. */
export interface ComparedRows {
  seeds: number[]
  arm: Float64Array[]
  controlSeeds: number[]
  control: Float64Array[]
}

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

/** Every score is 1 or 0. */
export const onlyRightOrWrong = (rows: readonly Float64Array[]): boolean =>
  rows.every((row) => row.every((score) => score === 0 || score === 1))

/** Mean score of each run. */
export const runMeans = (rows: readonly Float64Array[]): Float64Array =>
  Float64Array.from(rows, (row) => {
    let sum = 0
    for (let i = 0; i < row.length; i++) sum += row[i] ?? 0
    return sum / row.length
  })

/** Groups numbered from 0 in the order of their first example, [N], and how many there are. */
export const groupPlaces = (groups: ArrayLike<number>): { place: Int32Array; count: number } => {
  const places = new Map<number, number>()
  const place = Int32Array.from(groups, (group) => {
    const known = places.get(group) ?? places.size
    places.set(group, known)
    return known
  })
  return { place, count: places.size }
}

/**
 * Groups of examples as the unit in place of examples: (G/N)(Σ_g y − (n_g − N/G) ȳ), ȳ the mean of that row, so that the mean
 * over groups is the mean over examples and groups of unequal size do not vary by their size alone.
 * @param groups [N] labels of the groups. @returns rows of G scores, the groups in order of their first example.
 */
export const groupRows = (rows: readonly Float64Array[], groups: ArrayLike<number>): Float64Array[] => {
  const { place, count } = groupPlaces(groups)
  const scale = count / place.length
  return rows.map((row) => {
    let total = 0
    for (let i = 0; i < row.length; i++) total += row[i] ?? 0
    const mean = total / row.length
    // N/G examples at the mean are in every group from the start; each example adds what it is away from it.
    const sums = new Float64Array(count).fill(mean)
    for (let i = 0; i < row.length; i++)
      sums[place[i] ?? 0] = (sums[place[i] ?? 0] ?? 0) + ((row[i] ?? 0) - mean) * scale
    return sums
  })
}
