export interface PositionCurve {
  values: readonly number[]
  /** Nothing more will come: a training that stopped early keeps its last value, or a mean would go on without it. */
  complete: boolean
}

/** Mean of several curves position by position, to the end of the longest; of curves under way only where they are. */
export const meanByPosition = (curves: readonly PositionCurve[]): number[] => {
  const longest = Math.max(0, ...curves.map(({ values }) => values.length))
  return Array.from({ length: longest }, (_, at) => {
    const reached = curves.flatMap(({ values, complete }) => {
      const value = values[at] ?? (complete ? values.at(-1) : undefined)
      return value === undefined ? [] : [value]
    })
    return reached.reduce((sum, value) => sum + value, 0) / reached.length
  })
}
