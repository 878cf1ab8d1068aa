import chiSquareQuantileOf from '@stdlib/stats-base-dists-chisquare-quantile'
import normalCdfOf from '@stdlib/stats-base-dists-normal-cdf'
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile'
import studentQuantile from '@stdlib/stats-base-dists-t-quantile'

const check = (p: number): void => {
  if (!(p > 0 && p < 1)) throw new RangeError(`probability ${p} is not between 0 and 1`)
}

const checkDegrees = (degreesOfFreedom: number): void => {
  if (!(degreesOfFreedom > 0)) throw new RangeError(`degrees of freedom ${degreesOfFreedom} are not positive`)
}

/** Quantile of Student's t; the degrees of freedom need not be whole. */
export const tQuantile = (p: number, degreesOfFreedom: number): number => {
  check(p)
  checkDegrees(degreesOfFreedom)
  return studentQuantile(p, degreesOfFreedom)
}

/** Quantile of the standard normal distribution. */
export const zQuantile = (p: number): number => {
  check(p)
  return normalQuantile(p, 0, 1)
}

/** Quantile of chi-square; the degrees of freedom need not be whole. */
export const chiSquareQuantile = (p: number, degreesOfFreedom: number): number => {
  check(p)
  checkDegrees(degreesOfFreedom)
  return chiSquareQuantileOf(p, degreesOfFreedom)
}

/** Distribution function of the standard normal distribution; 0 and 1 at the infinities. */
export const normalCdf = (x: number): number => {
  if (Number.isNaN(x)) throw new RangeError(`x ${x} is not a number`)
  return normalCdfOf(x, 0, 1)
}
