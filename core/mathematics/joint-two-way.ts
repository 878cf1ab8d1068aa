import type { TwoWay } from './two-way.ts'

/** A symmetric 2 × 2 matrix of the variances and the covariance of two differences. */
export interface Pair {
  aa: number
  bb: number
  ab: number
}

export interface JointTwoWay {
  /** MS_s/(S N), MS_i/(S N) and MS_r/(S N) with the corresponding mean cross products. */
  seed: Pair
  example: Pair
  residual: Pair
}

/**
 * The two-way decomposition of two tables d1, d2 of the same S seeds × N examples, with mean cross products beside the
 * mean squares, so that x'Mx is that of the table x1 d1 + x2 d2.
 * @param one and two: `twoWay` of d1 and of d2. @param d1 and d2 give the values that entered them.
 * @throws RangeError where the tables differ in shape.
 */
export const jointTwoWay = (
  [one, d1]: [table: TwoWay, at: (s: number, i: number) => number],
  [two, d2]: [table: TwoWay, at: (s: number, i: number) => number],
): JointTwoWay => {
  const { seeds, examples } = one
  if (two.seeds !== seeds || two.examples !== examples) {
    throw new RangeError(`jointTwoWay: ${seeds} × ${examples} and ${two.seeds} × ${two.examples} cells`)
  }
  let seed = 0
  let example = 0
  let residual = 0
  for (let i = 0; i < examples; i++) {
    example += ((one.columnMeans[i] ?? 0) - one.mean) * ((two.columnMeans[i] ?? 0) - two.mean)
  }
  for (let s = 0; s < seeds; s++) {
    const [away1, away2] = [(one.rowMeans[s] ?? 0) - one.mean, (two.rowMeans[s] ?? 0) - two.mean]
    seed += away1 * away2
    for (let i = 0; i < examples; i++) {
      const r1 = d1(s, i) - (one.columnMeans[i] ?? 0) - away1
      const r2 = d2(s, i) - (two.columnMeans[i] ?? 0) - away2
      residual += r1 * r2
    }
  }
  const cells = seeds * examples
  const pair = (first: number, second: number, cross: number): Pair => ({
    aa: first / cells,
    bb: second / cells,
    ab: cross / cells,
  })
  return {
    seed: pair(one.msSeed, two.msSeed, (examples * seed) / (seeds - 1)),
    example: pair(one.msExample, two.msExample, (seeds * example) / (examples - 1)),
    residual: pair(one.msResidual, two.msResidual, residual / ((seeds - 1) * (examples - 1))),
  }
}
