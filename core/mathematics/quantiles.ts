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

/** So near to the median the library gives 0; the quantile is a straight line there, to a relative 1e-12. */
const middle = 1e-6

/** Quantile of Student's t; the degrees of freedom need not be whole. */
export const tQuantile = (p: number, degreesOfFreedom: number): number => {
  check(p)
  checkDegrees(degreesOfFreedom)
  const away = p - 0.5
  if (Math.abs(away) < middle) return (away / middle) * studentQuantile(0.5 + middle, degreesOfFreedom)
  return studentQuantile(p, degreesOfFreedom)
}

/** Quantile of the standard normal distribution. */
export const zQuantile = (p: number): number => {
  check(p)
  return normalQuantile(p, 0, 1)
}

/** From here on the library's search may end early, with an error up to 4e-3; the expansion has one below 1e-8. */
const manyDegrees = 1000

/** Cornish-Fisher expansion of the quantile of chi-square (Goldberg and Levine, Ann. Math. Stat. 17, 1946), to ν^−2. */
const expandedQuantile = (p: number, v: number): number => {
  const x = zQuantile(p)
  const root = Math.sqrt(2 * v)
  return (
    v +
    root * x +
    (2 / 3) * (x ** 2 - 1) +
    (x ** 3 - 7 * x) / (9 * root) -
    (6 * x ** 4 + 14 * x ** 2 - 32) / (405 * v) +
    (9 * x ** 5 + 256 * x ** 3 - 433 * x) / (4860 * root * v) +
    (12 * x ** 6 - 243 * x ** 4 - 923 * x ** 2 + 1472) / (25515 * v ** 2)
  )
}

/** Quantile of chi-square; the degrees of freedom need not be whole. */
export const chiSquareQuantile = (p: number, degreesOfFreedom: number): number => {
  check(p)
  checkDegrees(degreesOfFreedom)
  if (degreesOfFreedom > manyDegrees) return expandedQuantile(p, degreesOfFreedom)
  return chiSquareQuantileOf(p, degreesOfFreedom)
}

/** Distribution function of the standard normal distribution; 0 and 1 at the infinities. */
export const normalCdf = (x: number): number => {
  if (Number.isNaN(x)) throw new RangeError(`x ${x} is not a number`)
  return normalCdfOf(x, 0, 1)
}
