export interface LineDrawing {
  path: string
  last: { x: number; y: number }
}

/**
 * The path of a line in the size of a word, from its first step to its last, lowest value at the bottom; a single
 * point stands in the middle. null without points.
 */
export function prepareLine(
  points: readonly (readonly [step: number, value: number])[],
  size: { width: number; height: number },
): LineDrawing | null {
  const first = points[0]
  const final = points.at(-1)
  if (first === undefined || final === undefined) return null
  const values = points.map(([, value]) => value)
  const low = values.reduce((least, value) => Math.min(least, value))
  const high = values.reduce((most, value) => Math.max(most, value))
  // Halves, because the difference of two finite values may be none.
  const share = (from: number, to: number, at: number): number =>
    to > from ? (at / 2 - from / 2) / (to / 2 - from / 2) : 0.5
  const x = (step: number): number => tenth(3 + share(first[0], final[0], step) * (size.width - 6))
  const y = (value: number): number => tenth(size.height - 3 - share(low, high, value) * (size.height - 6))
  return {
    path: points.map(([step, value], index) => `${index === 0 ? 'M' : 'L'}${x(step)} ${y(value)}`).join(''),
    last: { x: x(final[0]), y: y(final[1]) },
  }
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10
}
