import type { Interval } from '../../mathematics/interval.ts'
import { fieller } from '../../mathematics/fieller.ts'
import { tQuantile } from '../../mathematics/quantiles.ts'
import { type TwoWay, twoWay } from '../../mathematics/two-way.ts'
import { unpairedVariance } from '../variance/unpaired-variance.ts'
import { unseenVariance } from '../variance/unseen-variance.ts'

/** Points between the bound and the estimate at which the end is looked for before it is bisected. */
const scanned = 256

/** Of the column means: var(x_i), var(y_i) and their covariance. */
const spreads = (x: Float64Array, y: Float64Array): { xx: number; yy: number; xy: number } => {
  const n = x.length
  const mean = (values: Float64Array): number => values.reduce((sum, v) => sum + v, 0) / n
  const [meanX, meanY] = [mean(x), mean(y)]
  const sums = { xx: 0, yy: 0, xy: 0 }
  for (let i = 0; i < n; i++) {
    const [dx, dy] = [(x[i] ?? 0) - meanX, (y[i] ?? 0) - meanY]
    sums.xx += (dx * dx) / (n - 1)
    sums.yy += (dy * dy) / (n - 1)
    sums.xy += (dx * dy) / (n - 1)
  }
  return sums
}

/** An arm's own floored seed part: against itself the unpaired A is twice that. */
const ownSeedPart = (table: TwoWay): number => unpairedVariance(table, table, 0).seedVariance / 2

/**
 * The ends of {R : 0 is in the unpaired interval of arm − (1 − R) control − R teacher}, with one fixed teacher. There
 * A(R) = v_a + (1 − R)² v_c, each part floored as in `unpairedVariance`, ν(R) is Welch's of these two parts, and
 * C(R) = max(var_i(z_i(R)) − MS_r,a/S_a − (1 − R)² MS_r,c/S_c, 0)/N + 4 r²/N², the last for scores of range r.
 * ν varies with R, so the set is no single quadratic. A bound is: ν(R) ≥ S_c − 1 wherever (1 − R)² v_c ≥
 * v_a ((S_c − 1)/(S_a − 1) − 1)/2, so that further out t_{S_c−1}, constant, gives a set at least as wide. The end is
 * the outermost sign change inside the bound, found on a grid and bisected.
 * @param input scores, S × N each, S ≥ 2; alpha already divided by M.
 * @returns null where the set has no ends: the interval of teacher − control holds 0.
 */
export const unpairedGap = (input: {
  arm: readonly Float64Array[]
  control: readonly Float64Array[]
  teacher: Float64Array
  /** Of the scores, `rangeOf`. */
  range: number
  alpha: number
}): Interval | null => {
  const { teacher, range, alpha } = input
  const arm = twoWay(input.arm, null)
  const control = twoWay(input.control, null)
  const examples = teacher.length
  const x = arm.columnMeans.map((mean, i) => mean - (control.columnMeans[i] ?? 0))
  const y = control.columnMeans.map((mean, i) => (teacher[i] ?? 0) - mean)
  const { xx, yy, xy } = spreads(x, y)
  const a = arm.mean - control.mean
  const b = y.reduce((sum, v) => sum + v, 0) / examples
  const [va, vc] = [ownSeedPart(arm), ownSeedPart(control)]
  const [na, nc] = [arm.msResidual / arm.seeds, control.msResidual / control.seeds]
  const p = 1 - alpha / 2
  const tn2 = tQuantile(p, examples - 1) ** 2
  const unseen = tn2 * unseenVariance(range, examples)

  /** Above 0 where R is excluded. */
  const excess = (ratio: number): number => {
    const part = (1 - ratio) ** 2 * vc
    const seedVariance = va + part
    const welch = va ** 2 / (arm.seeds - 1) + part ** 2 / (control.seeds - 1)
    const noise = na + (1 - ratio) ** 2 * nc
    const exampleVariance = Math.max(xx - 2 * ratio * xy + ratio ** 2 * yy - noise, 0) / examples
    const seedSquare = welch > 0 ? tQuantile(p, seedVariance ** 2 / welch) ** 2 * seedVariance : 0
    return (a - ratio * b) ** 2 - seedSquare - tn2 * exampleVariance - unseen
  }

  const t2 = tQuantile(p, (vc > 0 ? control : arm).seeds - 1) ** 2
  const bounds: number[] = [a / b]
  for (const kept of [1, 0]) {
    const found = fieller({
      a,
      b,
      vaa: t2 * (va + vc) + (kept * tn2 * (xx - na - nc)) / examples + unseen,
      vbb: t2 * vc + (kept * tn2 * (yy - nc)) / examples,
      vab: t2 * vc + (kept * tn2 * (xy - nc)) / examples,
    })
    if (found.kind === 'unbounded') return null
    if (found.kind === 'interval') bounds.push(...found.interval)
  }
  const lead = (control.seeds - 1) / (arm.seeds - 1) - 1
  if (vc > 0 && lead > 0) {
    const reach = Math.sqrt((va * lead) / (2 * vc))
    bounds.push(1 - reach, 1 + reach)
  }

  const outermost = (bound: number): number => {
    const estimate = a / b
    const at = (k: number): number => estimate + ((bound - estimate) * k) / scanned
    let k = scanned
    while (k > 0 && excess(at(k)) > 0) k--
    if (k === scanned) return bound
    let [inside, outside] = [at(k), at(k + 1)]
    for (let step = 0; step < 60; step++) {
      const middle = (inside + outside) / 2
      if (excess(middle) > 0) outside = middle
      else inside = middle
    }
    return inside
  }
  return [outermost(Math.min(...bounds)), outermost(Math.max(...bounds))]
}
