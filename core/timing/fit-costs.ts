import { parts, priceOf, type Costs, type Part, type Work } from './costs.ts'

/** Some work and how long it took. */
export interface Observation {
  work: Work
  durationMs: number
  /** What is trained: work of one shape may be dearer or cheaper than its parts say, all of it alike. */
  shape: string
  /** 1 for one that counts fully; less for an old or a short one. */
  weight: number
}

/** How far a price may be from the expected one (standard deviation of its logarithm). */
export interface Expected {
  costs: Costs
  spread: number
}

export interface Fitted {
  costs: Costs
  /** By shape: how many times the price of its parts it takes. */
  factors: ReadonlyMap<string, number>
}

/** Standard deviation of the logarithm of an observation that counts fully, and of a shape's factor. */
const noise = 0.1
const shapeSpread = 0.25
const rounds = 12

/**
 * The prices that explain what was measured, and stay near the expected ones where nothing speaks of them: the maximum of
 * a posterior with log-normal prices, factors and measurements, by Gauss-Newton steps. One measurement that is far off
 * (the machine did something else) pulls with the force of one that is two deviations off, no more (Huber 1964).
 */
export function fitCosts(expected: Expected, observations: readonly Observation[]): Fitted {
  const shapes = [...new Set(observations.map(({ shape }) => shape))]
  const size = parts.length + shapes.length
  const prior = parts.map((part) => Math.log(expected.costs[part]))
  const state = [...prior, ...shapes.map(() => 0)]
  for (let round = 0; round < rounds; round++) {
    const costs = costsOf(state)
    const matrix = Array.from({ length: size }, () => new Float64Array(size + 1))
    for (let i = 0; i < size; i++) {
      const precision = 1 / (i < parts.length ? expected.spread : shapeSpread) ** 2
      add(matrix, i, i, precision)
      add(matrix, i, size, precision * ((prior[i] ?? 0) - (state[i] ?? 0)))
    }
    for (const { work, durationMs, shape, weight } of observations) {
      const price = priceOf(work, costs)
      const own = parts.length + shapes.indexOf(shape)
      const residual = Math.log(durationMs / price) - (state[own] ?? 0)
      const far = Math.abs(residual) / noise
      const precision = (weight * Math.min(1, 2 / far)) / noise ** 2
      const gradient: [number, number][] = [
        ...parts.flatMap((part, index): [number, number][] =>
          work[part] === undefined ? [] : [[index, (work[part] * costs[part]) / price]],
        ),
        [own, 1],
      ]
      for (const [i, left] of gradient) {
        for (const [j, right] of gradient) add(matrix, i, j, precision * left * right)
        add(matrix, i, size, precision * left * residual)
      }
    }
    const step = solve(matrix)
    // A price moves by at most e a round, so that a bad beginning does not overshoot.
    step.forEach((value, i) => {
      state[i] = (state[i] ?? 0) + Math.max(-1, Math.min(1, value))
    })
  }
  return {
    costs: costsOf(state),
    factors: new Map(shapes.map((shape, i) => [shape, Math.exp(state[parts.length + i] ?? 0)])),
  }
}

const costsOf = (state: readonly number[]): Costs =>
  // Every part is named here once.
  Object.fromEntries(parts.map((part, i) => [part, Math.exp(state[i] ?? 0)])) as Record<Part, number>

function add(matrix: readonly Float64Array[], row: number, column: number, value: number): void {
  const values = matrix[row]
  if (values !== undefined) values[column] = (values[column] ?? 0) + value
}

/** Gauss-Jordan on [A | b], A symmetric and positive definite: no pivoting is needed. */
function solve(matrix: readonly Float64Array[]): number[] {
  matrix.forEach((pivotRow, pivot) => {
    const scale = pivotRow[pivot] ?? 1
    for (let j = pivot; j < pivotRow.length; j++) pivotRow[j] = (pivotRow[j] ?? 0) / scale
    matrix.forEach((row, i) => {
      const factor = row[pivot] ?? 0
      if (i === pivot || factor === 0) return
      for (let j = pivot; j < row.length; j++) row[j] = (row[j] ?? 0) - factor * (pivotRow[j] ?? 0)
    })
  })
  return matrix.map((row) => row.at(-1) ?? 0)
}
