/** What enters the figures of one comparison: rows of `arm` and `control` in the order of their seeds. */
export interface ComparedRows {
  seeds: number[]
  arm: Float64Array[]
  controlSeeds: number[]
  control: Float64Array[]
}

/** Every score is 1 or 0. */
export const onlyRightOrWrong = (rows: readonly Float64Array[]): boolean =>
  rows.every((row) => row.every((score) => score === 0 || score === 1))

/** Mean score of each run. */
export const runMeans = (rows: readonly Float64Array[]): Float64Array =>
  Float64Array.from(rows, (row) => {
    let sum = 0
    for (let i = 0; i < row.length; i++) sum += row[i] ?? 0
    return sum / row.length
  })

/** Groups numbered from 0 in the order of their first example, [N], and how many there are. */
export const groupPlaces = (groups: ArrayLike<number>): { place: Int32Array; count: number } => {
  const places = new Map<number, number>()
  const place = Int32Array.from(groups, (group) => {
    const known = places.get(group) ?? places.size
    places.set(group, known)
    return known
  })
  return { place, count: places.size }
}

/**
 * Groups of examples as the unit in place of examples: (G/N)(Σ_g y − (n_g − N/G) ȳ), ȳ the mean of that row, so that the mean
 * over groups is the mean over examples and groups of unequal size do not vary by their size alone.
 * @param groups [N] labels of the groups. @returns rows of G scores, the groups in order of their first example.
 */
export const groupRows = (rows: readonly Float64Array[], groups: ArrayLike<number>): Float64Array[] => {
  const { place, count } = groupPlaces(groups)
  const scale = count / place.length
  return rows.map((row) => {
    let total = 0
    for (let i = 0; i < row.length; i++) total += row[i] ?? 0
    const mean = total / row.length
    // N/G examples at the mean are in every group from the start; each example adds what it is away from it.
    const sums = new Float64Array(count).fill(mean)
    for (let i = 0; i < row.length; i++)
      sums[place[i] ?? 0] = (sums[place[i] ?? 0] ?? 0) + ((row[i] ?? 0) - mean) * scale
    return sums
  })
}
