/** The axis of a forest plot: from, to and its ticks, in the units of the values. */
export interface ForestAxis {
  from: number
  to: number
  ticks: number[]
}

/**
 * One axis for all rows. It holds both margins, every estimate and every single seed. Intervals extend it by at most
 * the width of those; what reaches further leaves the axis in an arrow, so that one wide interval (two seeds, say)
 * does not flatten the others. The same holds for the teacher, whose distance is often many times the margin.
 */
export function forestAxis(input: {
  margin: number
  /** Estimates and differences of single seeds. */
  values: readonly number[]
  /** Ends of all intervals. */
  ends: readonly number[]
  teacher: number | null
}): ForestAxis {
  const core = [-1.3 * input.margin, 1.3 * input.margin, ...input.values]
  const low = Math.min(...core)
  const high = Math.max(...core)
  const reach = (high - low) * 0.6
  const far = [...input.ends, ...(input.teacher === null ? [] : [input.teacher])]
  const within = far.filter((end) => end >= low - reach && end <= high + reach)
  const from = Math.min(low, ...within, ...(far.some((end) => end < low - reach) ? [low - reach] : []))
  const beyond = input.ends.some((end) => end > high + reach)
  const to = Math.max(high, ...within, ...(beyond ? [high + reach] : []))
  const pad = (to - from) * 0.06
  return { from: from - pad, to: to + pad, ticks: forestTicks(from - pad, to + pad) }
}

/** Round ticks, about four to eight, zero among them where it lies inside. */
export function forestTicks(from: number, to: number): number[] {
  const step = niceStep((to - from) / 6)
  const ticks: number[] = []
  for (let k = Math.ceil(from / step); k * step <= to; k++) ticks.push(Number((k * step).toPrecision(12)))
  return ticks
}

/** The smallest of 1, 2, 5 times a power of ten that is not below `least`. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= least * 0.999) ?? 10
  return factor * power
}
