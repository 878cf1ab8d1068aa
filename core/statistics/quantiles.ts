import normalQuantile from '@stdlib/stats-base-dists-normal-quantile'
import studentQuantile from '@stdlib/stats-base-dists-t-quantile'

const check = (p: number): void => {
  if (!(p > 0 && p < 1)) throw new RangeError(`probability ${p} is not between 0 and 1`)
}

/** Quantile of Student's t; the degrees of freedom need not be whole. */
export const tQuantile = (p: number, degreesOfFreedom: number): number => {
  check(p)
  if (!(degreesOfFreedom > 0)) throw new RangeError(`degrees of freedom ${degreesOfFreedom} are not positive`)
  return studentQuantile(p, degreesOfFreedom)
}

/** Quantile of the standard normal distribution. */
export const zQuantile = (p: number): number => {
  check(p)
  return normalQuantile(p, 0, 1)
}
