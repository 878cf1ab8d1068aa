/** One measured figure. `npm run bench` prints them; `--json` prints { results: BenchRow[] }. */
export interface BenchRow {
  group: 'verdict' | 'step' | 'page' | 'ingest' | 'live' | 'memory' | 'start' | 'demo'
  /** What was measured, and against which baseline. */
  name: string
  value: number
  unit: string
  /** The baseline's figure in the same unit; null where there is none. */
  baseline: number | null
  /** How many times better: baseline / value, or value / baseline where more is better. null without a baseline. */
  ratio: number | null
  /** null: a figure to know, without a goal. */
  goal: number | null
  /** What the goal bounds: the most or the least that `value` may be, in its unit, or the least that `ratio` may be. */
  goalIs: 'most' | 'least' | 'least-ratio' | null
  met: boolean | null
}

/** @throws RangeError for no values. */
export function medianOf(values: readonly number[]): number {
  const middle = values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
  if (middle === undefined) throw new RangeError('no median of no values')
  return middle
}

/** Median of the durations of `times` calls, in ms, after `warmUp` calls that do not count. */
export const medianMs = async (
  work: () => unknown,
  { times, warmUp }: { times: number; warmUp: number },
): Promise<number> => {
  const durations: number[] = []
  for (let i = 0; i < warmUp + times; i++) {
    const startedAt = performance.now()
    await work()
    if (i >= warmUp) durations.push(performance.now() - startedAt)
  }
  durations.sort((a, b) => a - b)
  const middle = durations[Math.floor(durations.length / 2)]
  if (middle === undefined) throw new RangeError(`times ${times} must be at least 1`)
  return middle
}
