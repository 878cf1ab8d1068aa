/** An estimated difference and the two parts of its variance; estimates are improvements. */
export interface VarianceParts {
  /** D, the mean over seeds and examples. */
  estimate: number
  /** A: what the seeds leave open. null where one seed tells nothing about it. */
  seedVariance: number | null
  /** C: covariance between seeds, caused by sharing one test set, with `unseenVariance`. */
  exampleVariance: number
  /** N − 1 of C; G − 1 where examples are grouped. */
  exampleDegreesOfFreedom: number
  /** ν of A; null with A. */
  degreesOfFreedom: number | null
  /** The seed spread floor acted: A was below a tenth of the noise share. */
  floored: boolean
  /** One a seed, in the order given: differences (paired), or the arm's means minus the control's mean. */
  perSeed: Float64Array
}

/**
 * Share of the noise MS_r/(S N) below which the seed part never falls. Discrete scores can agree by luck in all seed
 * means; without a floor that would be an interval of no width and a false word.
 */
export const seedFloorShare = 0.1

/** All differences are one and the same number: where it is not 0, nothing tells how chance would move it. */
export const withoutSpread = (parts: VarianceParts): boolean =>
  Math.sqrt((parts.seedVariance ?? 0) + parts.exampleVariance) <=
  1e-12 * Math.max(1, Math.abs(parts.estimate))
