/** Somebody was at work from one time to another, in ms. */
export interface Span {
  name: string
  from: number
  to: number
}

/**
 * Milliseconds of each name within `whole`, in the order of their first: every moment is divided evenly among the spans
 * that it lies in, and goes to `idle` where it lies in none. They add up to the whole.
 */
export function shareTime(
  spans: readonly Span[],
  whole: { startedAt: number; endedAt: number },
  idle: string,
): Map<string, number> {
  const within = spans
    .map(({ name, from, to }) => ({
      name,
      from: Math.max(from, whole.startedAt),
      to: Math.min(to, whole.endedAt),
    }))
    .filter(({ from, to }) => to > from)
    .toSorted((a, b) => a.from - b.from)
  const shares = new Map(within.map(({ name }): [string, number] => [name, 0]))
  const add = (name: string, ms: number): void => void shares.set(name, (shares.get(name) ?? 0) + ms)
  const edges = [whole.startedAt, whole.endedAt, ...within.flatMap(({ from, to }) => [from, to])]
  const times = [...new Set(edges)].toSorted((a, b) => a - b)
  times.slice(1).forEach((end, index) => {
    const start = times[index] ?? end
    const active = within.filter(({ from, to }) => from <= start && to >= end)
    for (const { name } of active) add(name, (end - start) / active.length)
    if (active.length === 0) add(idle, end - start)
  })
  return shares
}
