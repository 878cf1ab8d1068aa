import type { Random } from '../../core/random/create-random.ts'

/** Counts of one cell; those of two chunks are added key by key. */
export type Sums = Record<string, number>

/** One design that is drawn again and again. */
export interface Cell {
  name: string
  /** Replicates of a full run. */
  replicates: number
  /** Replicates of the short run of `npm test`; 0 leaves the cell out. */
  short: number
  /** Draws the replicates and counts. Called once a chunk, each with a stream of its own. */
  simulate: (random: Random, replicates: number) => Sums
}

export interface CellResult {
  sums: Sums
  replicates: number
}

/** A figure with the limits that it has to keep. */
export interface Row {
  study: string
  name: string
  /** Seeds an arm where the figure belongs to one number of them. */
  seeds: number | null
  /** Independent replicates behind the figure. */
  replicates: number
  /** A rate or a distance, as a fraction. */
  measured: number
  /** What an exact method would give, or what an approximation promises; null where there is only a limit. */
  nominal: number | null
  low: number | null
  high: number | null
  /** A method known to be wrong: the limits say how wrong it must be seen to be. */
  canary: boolean
  met: boolean
}

/** Whether limits are widened by Monte Carlo error, in standard errors. */
export interface Judging {
  slack: number
}

export interface Study {
  name: string
  title: string
  cells: readonly Cell[]
  /** Rows of the cells that were run; a study whose cells were left out has none. */
  judge: (results: ReadonlyMap<string, CellResult>, judging: Judging) => Row[]
}

/** Standard error of a share p of n draws. */
export const shareError = (p: number, n: number): number => Math.sqrt((p * (1 - p)) / n)

/** The share p and three standard errors: what a method that keeps p exactly may show. */
export const withError = (p: number, n: number): number => p + 3 * shareError(p, n)

export interface Limits {
  low?: number
  high?: number
  nominal?: number
  canary?: boolean
  /** Monte Carlo standard error of the figure at a limit; that of a share unless given. */
  error?: (limit: number, replicates: number) => number
}

/** Judges one figure. A limit that holds the Monte Carlo error already should be given with `error: () => 0`. */
export const rowOf = (
  { study, name, seeds = null }: { study: string; name: string; seeds?: number | null },
  { measured, replicates }: { measured: number; replicates: number },
  { low, high, nominal, canary = false, error = shareError }: Limits,
  { slack }: Judging,
): Row => {
  const lowest = low === undefined ? null : low - slack * error(low, replicates)
  const highest = high === undefined ? null : high + slack * error(high, replicates)
  return {
    study,
    name,
    seeds,
    replicates,
    measured,
    nominal: nominal ?? null,
    low: lowest,
    high: highest,
    canary,
    met: measured >= (lowest ?? -Infinity) && measured <= (highest ?? Infinity),
  }
}

/** A counter: `add` counts an event, `sums` is the record of all. */
export const createTally = (): { add: (key: string, event: boolean | number) => void; sums: Sums } => {
  const sums: Sums = {}
  return {
    sums,
    add: (key, event) => {
      sums[key] = (sums[key] ?? 0) + Number(event)
    },
  }
}

export const addSums = (into: Sums, more: Sums): void => {
  for (const [key, value] of Object.entries(more)) into[key] = (into[key] ?? 0) + value
}

/** The share of the replicates in which `key` was counted. */
export const shareOf = (
  { sums, replicates }: CellResult,
  key: string,
): { measured: number; replicates: number } => ({
  measured: (sums[key] ?? 0) / replicates,
  replicates,
})
