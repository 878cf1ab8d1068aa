export interface Quadrature {
  /** Rising, inside (0, 1). */
  nodes: Float64Array
  /** Positive, their sum is 1. */
  weights: Float64Array
}

/** P_n and its derivative at x, |x| < 1, by Bonnet's recurrence. */
const legendre = (n: number, x: number): [value: number, slope: number] => {
  let before = 1
  let value = x
  for (let k = 2; k <= n; k++) {
    const next = ((2 * k - 1) * x * value - (k - 1) * before) / k
    before = value
    value = next
  }
  return [value, (n * (x * value - before)) / (x * x - 1)]
}

/**
 * Gauss-Legendre rule on (0, 1): exact for polynomials of degree 2n − 1. The roots of P_n by Newton's method from
 * cos(π (k − 1/4)/(n + 1/2)), the weights 2/((1 − x²) P_n'(x)²), halved (Abramowitz and Stegun 25.4.29).
 * @param n number of nodes, at least 2.
 * @throws RangeError for n that is not an integer of at least 2.
 */
export const gaussLegendre = (n: number): Quadrature => {
  if (!Number.isInteger(n) || n < 2) throw new RangeError(`nodes ${n} is not an integer of at least 2`)
  const nodes = new Float64Array(n)
  const weights = new Float64Array(n)
  for (let k = 0; k < n; k++) {
    let x = -Math.cos((Math.PI * (k + 0.75)) / (n + 0.5))
    // Newton doubles the digits; the start is good to 1/n².
    for (let step = 0; step < 8; step++) {
      const [value, slope] = legendre(n, x)
      x -= value / slope
    }
    const [, slope] = legendre(n, x)
    nodes[k] = (1 + x) / 2
    weights[k] = 1 / ((1 - x * x) * slope * slope)
  }
  return { nodes, weights }
}
