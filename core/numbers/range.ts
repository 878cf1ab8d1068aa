/** What a number that a person chooses may be, and what is said where it is not. */
export interface Range {
  min: number
  max: number
  /** The limits themselves are not allowed. */
  open?: 'min' | 'max' | 'both'
  whole?: boolean
  /**
   * `share`: a fraction of 1, where some would write a percentage. `percent`: points or percent, where some would write a
   * fraction. `weight`: usually a fraction.
   */
  unit?: 'share' | 'percent' | 'weight'
  say: string
}

/** The same range where what is typed is so many times what the protocol holds. */
export const inUnit = (range: Range, unit: 1 | 100): Range =>
  unit === 100 ? { ...range, unit: 'percent' } : range

export function within(value: number, range: Range): boolean {
  if (range.whole === true && !Number.isInteger(value)) return false
  const overMin = range.open === 'min' || range.open === 'both' ? value > range.min : value >= range.min
  const underMax = range.open === 'max' || range.open === 'both' ? value < range.max : value <= range.max
  return overMin && underMax
}
