/** What was taken off and divided by, a number a column. */
export interface Standardisation {
  mean: number[]
  /** Over n, not n − 1; 0 for a constant column. */
  sd: number[]
}

const rowsOf = (values: Float64Array, size: number): number => {
  if (!Number.isInteger(size) || size < 1 || values.length === 0 || values.length % size !== 0)
    throw new RangeError(`standardise: ${values.length} numbers are no rows of ${size}`)
  return values.length / size
}

/**
 * Mean and standard deviation of each column, of the training part alone: what is known of the other parts must not
 * enter what is trained.
 * @param training row-major [n, size], finite.
 * @throws RangeError for no rows and rows that are not whole.
 */
export const measureColumns = (training: Float64Array, size: number): Standardisation => {
  const rows = rowsOf(training, size)
  const sums = new Float64Array(size)
  training.forEach((value, at) => (sums[at % size] = (sums[at % size] ?? 0) + value))
  const mean = sums.map((sum) => sum / rows)
  const squares = new Float64Array(size)
  training.forEach((value, at) => {
    const deviation = value - (mean[at % size] ?? 0)
    squares[at % size] = (squares[at % size] ?? 0) + deviation * deviation
  })
  const first = training.subarray(0, size)
  // Rounding can leave a constant column a spread of its own.
  const constant = Array.from(first, () => true)
  training.forEach((value, at) => {
    if (value !== first[at % size]) constant[at % size] = false
  })
  return {
    mean: Array.from(mean),
    sd: Array.from(squares, (sum, column) => (constant[column] === true ? 0 : Math.sqrt(sum / rows))),
  }
}

/**
 * (x − mean)/sd as float32, 0 in a column that is constant in the training part.
 * @param values row-major [n, size]. @throws RangeError for rows that are not whole.
 */
export const standardise = (values: Float64Array, { mean, sd }: Standardisation): Float32Array => {
  rowsOf(values, mean.length)
  return Float32Array.from(values, (value, at) => {
    const column = at % mean.length
    const spread = sd[column] ?? 0
    return spread === 0 ? 0 : (value - (mean[column] ?? 0)) / spread
  })
}
