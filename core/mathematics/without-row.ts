import type { TwoWay } from './two-way.ts'

/**
 * The two-way layout without one of its rows, in O(N) instead of O(S N). With r_i the residuals of row k of S, every
 * other residual grows by r_i/(S−1), so Σ r² falls by S/(S−1) Σ_i r_i².
 * @param table of at least three rows. @param row the values of row k, as they entered the table.
 * @throws RangeError for fewer than three rows and for a row that is not there.
 */
export const withoutRow = (table: TwoWay, k: number, row: Float64Array): TwoWay => {
  const { seeds, examples } = table
  if (seeds < 3) throw new RangeError(`withoutRow: ${seeds} seeds, two must be left`)
  const rowMean = table.rowMeans[k]
  if (rowMean === undefined) throw new RangeError(`withoutRow: row ${k} of ${seeds}`)
  const left = seeds - 1
  const mean = table.mean - (rowMean - table.mean) / left
  const rowMeans = table.rowMeans.filter((_, s) => s !== k)
  const rowSquares = rowMeans.reduce((sum, value) => sum + (value - mean) ** 2, 0)

  const shift = rowMean - table.mean
  const columnMeans = new Float64Array(examples)
  let columnSquares = 0
  let ownSquares = 0
  for (let i = 0; i < examples; i++) {
    const old = table.columnMeans[i] ?? 0
    const away = (row[i] ?? 0) - old
    const columnMean = old - away / left
    columnMeans[i] = columnMean
    columnSquares += (columnMean - mean) ** 2
    ownSquares += (away - shift) ** 2
  }
  const residualSquares = table.msResidual * left * (examples - 1) - (ownSquares * seeds) / left
  return {
    seeds: left,
    examples,
    mean,
    rowMeans,
    columnMeans,
    msSeed: (examples * rowSquares) / (left - 1),
    msExample: (left * columnSquares) / (examples - 1),
    // The difference of sums of squares may fall below 0 by rounding.
    msResidual: Math.max(residualSquares, 0) / ((left - 1) * (examples - 1)),
  }
}
