import { halfWidth } from '../variance/interval.ts'
import { type VarianceParts, withoutSpread } from '../variance/variance-parts.ts'

/** The quantiles lose their digits further out; a p below is given as this, which is never too small. */
const smallest = 1e-12

/** ln(1e12) halved this often is below 1e-13. */
const halvings = 48

/**
 * The p of one comparison by inversion of its interval: the a at which h(a) = |D|, so that p ≤ α exactly where the
 * interval D ± h(α) does not contain 0 (bisection on log a, h falls with a). Without a seed part it is that of
 * the examples alone.
 * @returns 1e-12 to 1; 1 for D = 0; null where nothing varies and D is not 0.
 */
export const pValue = (parts: VarianceParts): number | null => {
  const distance = Math.abs(parts.estimate)
  if (distance === 0) return 1
  if (withoutSpread(parts)) return null
  if (halfWidth(parts, smallest) <= distance) return smallest
  let [low, high] = [Math.log(smallest), 0]
  for (let step = 0; step < halvings; step++) {
    const middle = (low + high) / 2
    if (halfWidth(parts, Math.exp(middle)) > distance) low = middle
    else high = middle
  }
  return Math.exp((low + high) / 2)
}
