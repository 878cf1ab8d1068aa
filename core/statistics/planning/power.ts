import { gaussLegendre } from '../../mathematics/gauss-legendre.ts'
import { chiSquareQuantile, normalCdf, tQuantile } from '../../mathematics/quantiles.ts'

/** What is assumed of the chance in a comparison that is still to be made; units of the effect. */
export interface PlanSpread {
  /** Standard deviation over seeds of one seed's difference, sqrt(A S); 0 is allowed. */
  seedSd: number
  /** C, the variance that the one shared test set causes, with `unseenVariance`. */
  exampleVariance: number
  /** N test examples, or G groups of them. */
  units: number
  /** R of the scores, `rangeOf`. */
  range: number
}

const { nodes, weights } = gaussLegendre(64)

/** chi²_ν/ν at the nodes; a form asks for the same few numbers of seeds at each keystroke. */
const ratios = new Map<number, Float64Array>()
const mostKept = 512

const varianceRatios = (degreesOfFreedom: number): Float64Array => {
  const known = ratios.get(degreesOfFreedom)
  if (known) return known
  const found = nodes.map((p) => chiSquareQuantile(p, degreesOfFreedom) / degreesOfFreedom)
  if (ratios.size >= mostKept) ratios.clear()
  ratios.set(degreesOfFreedom, found)
  return found
}

export const checkPlan = ({ seedSd, exampleVariance, units, range }: PlanSpread, alpha: number): void => {
  if (!(seedSd >= 0) || !Number.isFinite(seedSd))
    throw new RangeError(`seedSd ${seedSd} is negative or not finite`)
  if (!(exampleVariance >= 0) || !Number.isFinite(exampleVariance))
    throw new RangeError(`exampleVariance ${exampleVariance} is negative or not finite`)
  if (!Number.isInteger(units) || units < 2)
    throw new RangeError(`units ${units} is not an integer of at least 2`)
  if (!(range >= 0) || !Number.isFinite(range))
    throw new RangeError(`range ${range} is negative or not finite`)
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha ${alpha} is not between 0 and 1`)
}

export interface PlanDesign {
  spread: PlanSpread
  /** Seeds of each arm, at least 2. */
  seeds: number
  /** Two-sided error of this one comparison: the protocol's, already divided by M. */
  alpha: number
}

/** The half widths that may come out, one a node, and the true standard error of D. */
export interface PlannedWidths {
  standardError: number
  halfWidths: Float64Array
}

/** @throws RangeError for fewer than two seeds, a negative or non-finite spread, alpha outside (0, 1). */
export const plannedWidths = ({ spread, seeds, alpha }: PlanDesign): PlannedWidths => {
  checkPlan(spread, alpha)
  if (!Number.isInteger(seeds) || seeds < 2)
    throw new RangeError(`seeds ${seeds} is not an integer of at least 2`)
  const seedVariance = spread.seedSd ** 2 / seeds
  const t = tQuantile(1 - alpha / 2, seeds - 1)
  const examples = tQuantile(1 - alpha / 2, spread.units - 1) ** 2 * spread.exampleVariance
  return {
    standardError: Math.sqrt(seedVariance + spread.exampleVariance),
    halfWidths: varianceRatios(seeds - 1).map((ratio) => Math.sqrt(t ** 2 * seedVariance * ratio + examples)),
  }
}

const averaged = (halfWidths: Float64Array, chance: (halfWidth: number) => number): number => {
  let sum = 0
  for (let k = 0; k < halfWidths.length; k++) sum += (weights[k] ?? 0) * chance(halfWidths[k] ?? 0)
  return Math.min(Math.max(sum, 0), 1)
}

/** Power where the widths are known; `powerToDetect` says what it is. */
export const powerFromWidths = ({ standardError, halfWidths }: PlannedWidths, effect: number): number => {
  const size = Math.abs(effect)
  if (standardError === 0) return size > 0 ? 1 : 0
  return averaged(halfWidths, (half) => normalCdf((size - half) / standardError))
}

/**
 * Chance that the interval D ± h leaves 0 on the side of a true difference D*: E[Φ((|D*| − h)/sqrt(σ²/S + C))] over the
 * seed variance that may come out, s² ~ σ² χ²_{S−1}/(S−1), with h² = t²_{1−a/2,S−1} s²/S + t²_{1−a/2,N−1} C. 64
 * Gauss-Legendre nodes over the quantiles of χ². For C = 0 this is R's power.t.test (paired, two-sided, not strict).
 * @param input.effect the true difference, in the units of the spread; its sign does not matter.
 * @returns 0 to 1.
 * @throws RangeError for fewer than two seeds, a negative or non-finite spread, alpha outside (0, 1), an effect that is
 * not finite.
 */
export const powerToDetect = (input: PlanDesign & { effect: number }): number => {
  if (!Number.isFinite(input.effect)) throw new RangeError(`effect ${input.effect} is not finite`)
  return powerFromWidths(plannedWidths(input), input.effect)
}

/**
 * Chance that the whole interval lies within ±margin: E[max(0, Φ((δ − h − D*)/se) − Φ((−δ + h − D*)/se))], the power of
 * two one-sided tests (Schuirmann 1987) with the interval of this product.
 * @param input.margin δ > 0. @param input.effect the true difference, usually 0.
 * @throws RangeError as `powerToDetect`, and for a margin that is not positive and finite.
 */
export const powerOfEquivalence = (input: PlanDesign & { margin: number; effect?: number }): number => {
  const { margin, effect = 0 } = input
  if (!(margin > 0) || !Number.isFinite(margin))
    throw new RangeError(`margin ${margin} is not positive and finite`)
  if (!Number.isFinite(effect)) throw new RangeError(`effect ${effect} is not finite`)
  const { standardError, halfWidths } = plannedWidths(input)
  if (standardError === 0) return Math.abs(effect) < margin ? 1 : 0
  return averaged(halfWidths, (half) =>
    Math.max(
      0,
      normalCdf((margin - half - effect) / standardError) -
        normalCdf((half - margin - effect) / standardError),
    ),
  )
}
