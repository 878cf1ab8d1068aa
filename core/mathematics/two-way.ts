/** Sums of a seeds × examples table, crossed without replication. */
export interface TwoWay {
  seeds: number
  examples: number
  mean: number
  /** [seeds] */
  rowMeans: Float64Array
  /** [examples] */
  columnMeans: Float64Array
  msSeed: number
  msExample: number
  msResidual: number
}

/**
 * Mean squares of the two-way layout: MS_s = N Σ(d_s − D)²/(S−1), MS_i = S Σ(d_i − D)²/(N−1),
 * MS_r = Σ(d_si − d_s − d_i + D)²/((S−1)(N−1)), with d = arm − control, or the arm's own scores without control.
 * Residuals are summed directly, since the difference of sums of squares cancels.
 * @param arm one row of N scores a seed, at least two. @param control rows of the same seeds in the same order.
 * @throws RangeError for fewer than two seeds or examples.
 */
export const twoWay = (arm: readonly Float64Array[], control: readonly Float64Array[] | null): TwoWay => {
  const seeds = arm.length
  const examples = arm[0]?.length ?? 0
  if (seeds < 2) throw new RangeError(`arm: ${seeds} seeds, a spread over seeds needs two`)
  if (examples < 2) throw new RangeError(`scores: ${examples} examples, a spread over examples needs two`)

  const row = new Float64Array(examples)
  const readRow = (s: number): void => {
    const own = arm[s]
    const other = control?.[s]
    if (own) row.set(own)
    if (other) for (let i = 0; i < examples; i++) row[i] = (row[i] ?? 0) - (other[i] ?? 0)
  }

  const rowMeans = new Float64Array(seeds)
  const columnMeans = new Float64Array(examples)
  for (let s = 0; s < seeds; s++) {
    readRow(s)
    let sum = 0
    for (let i = 0; i < examples; i++) {
      const d = row[i] ?? 0
      sum += d
      columnMeans[i] = (columnMeans[i] ?? 0) + d
    }
    rowMeans[s] = sum / examples
  }
  const mean = rowMeans.reduce((sum, value) => sum + value, 0) / seeds

  let rowSquares = 0
  for (let s = 0; s < seeds; s++) rowSquares += ((rowMeans[s] ?? 0) - mean) ** 2
  let columnSquares = 0
  for (let i = 0; i < examples; i++) {
    const columnMean = (columnMeans[i] ?? 0) / seeds
    columnMeans[i] = columnMean
    columnSquares += (columnMean - mean) ** 2
  }
  let residualSquares = 0
  for (let s = 0; s < seeds; s++) {
    readRow(s)
    const shift = (rowMeans[s] ?? 0) - mean
    for (let i = 0; i < examples; i++) {
      const residual = (row[i] ?? 0) - (columnMeans[i] ?? 0) - shift
      residualSquares += residual * residual
    }
  }
  return {
    seeds,
    examples,
    mean,
    rowMeans,
    columnMeans,
    msSeed: (examples * rowSquares) / (seeds - 1),
    msExample: (seeds * columnSquares) / (examples - 1),
    msResidual: residualSquares / ((seeds - 1) * (examples - 1)),
  }
}
