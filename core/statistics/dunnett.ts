import { gaussLegendre } from './gauss-legendre.ts'
import { chiSquareQuantile, normalCdf } from './quantiles.ts'

/** Mass left out at each end of the spread: far below the digits of the quantile. */
const leftOut = 1e-14
/** The normal density is below 1e-16 of its height beyond. */
const normalEnd = 8.6

const scaleRule = gaussLegendre(96)
const normalRule = gaussLegendre(64)

/** Nodes and weights of s = sqrt(χ²_ν/ν) by its density; s = end · v² crowds the nodes at 0, where few ν put mass. */
const scales = (degreesOfFreedom: number): { s: number; weight: number }[] => {
  const low = Math.sqrt(Math.sqrt(chiSquareQuantile(leftOut, degreesOfFreedom) / degreesOfFreedom))
  const high = Math.sqrt(Math.sqrt(chiSquareQuantile(1 - leftOut, degreesOfFreedom) / degreesOfFreedom))
  // The constant of the density drops out when the weights are made to sum to 1; on the log scale, near its mode 1.
  const found = Array.from(scaleRule.nodes, (u, k) => {
    const v = low + u * (high - low)
    const s = v * v
    const logDensity = (degreesOfFreedom - 1) * Math.log(s) + (degreesOfFreedom * (1 - s * s)) / 2
    return { s, weight: (scaleRule.weights[k] ?? 0) * v * Math.exp(logDensity) }
  })
  const whole = found.reduce((sum, { weight }) => sum + weight, 0)
  // What is dropped is far below the digits of the quantile.
  return found.map(({ s, weight }) => ({ s, weight: weight / whole })).filter(({ weight }) => weight > 1e-16)
}

/** P(max |X_m| ≤ c) for M standard normals with correlation ½: E_z[(Φ(√2 c + z) − Φ(−√2 c + z))^M], even in z. */
const normalCoverage = (c: number, methods: number): number => {
  const reach = Math.SQRT2 * c
  let sum = 0
  for (const [k, u] of normalRule.nodes.entries()) {
    const z = u * normalEnd
    const inside = normalCdf(reach + z) - normalCdf(z - reach)
    sum += (normalRule.weights[k] ?? 0) * Math.exp((-z * z) / 2) * inside ** methods
  }
  return 2 * normalEnd * (sum / Math.sqrt(2 * Math.PI))
}

/**
 * Two-sided quantile of Dunnett's test of M methods against one control with a common, pooled variance: d with
 * P(max |T_m| ≤ d) = level for multivariate t with correlation ½ (Dunnett, Biometrics 20, 1964). Gauss-Legendre over the
 * normal variable that the control gives all differences and over the pooled spread; bisected.
 * @param methods M, a positive integer. @param degreesOfFreedom of the pooled variance, at least 1.
 * @throws RangeError for other arguments and for a level outside (0, 1).
 */
export const dunnettQuantile = (methods: number, degreesOfFreedom: number, level: number = 0.95): number => {
  if (!Number.isInteger(methods) || methods < 1)
    throw new RangeError(`methods ${methods} is not a positive integer`)
  if (!(degreesOfFreedom >= 1) || !Number.isFinite(degreesOfFreedom))
    throw new RangeError(`degrees of freedom ${degreesOfFreedom} are not at least 1 and finite`)
  if (!(level > 0 && level < 1)) throw new RangeError(`level ${level} is not between 0 and 1`)
  const spread = scales(degreesOfFreedom)
  const coverage = (d: number): number =>
    spread.reduce((sum, { s, weight }) => sum + weight * normalCoverage(d * s, methods), 0)
  let low = 0
  let high = 2
  while (coverage(high) < level) {
    low = high
    high *= 2
  }
  while (high - low > 1e-10 * high) {
    const middle = (low + high) / 2
    if (coverage(middle) < level) low = middle
    else high = middle
  }
  return (low + high) / 2
}
