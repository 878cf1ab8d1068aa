import type { Interval } from '../../mathematics/interval.ts'
import { calibrationBins } from './calibration.ts'
import { createRandom } from '../../random/create-random.ts'
import { seedOf } from '../../random/seed-of.ts'
import { groupPlaces } from '../variance/compared-rows.ts'
import { binSums, type CalibrationRow, jackknifed } from './debiased-calibration.ts'
import { intervals } from '../variance/interval.ts'
import type { VarianceParts } from '../variance/variance-parts.ts'

/** Groups of the jackknife unless another number is asked for. */
export const jackknifeGroups = 50

/**
 * Random groups of examples of nearly equal size, the same for all arms.
 * @param groups J, at most the number of examples is used. @param seed of the assignment.
 * @returns [N], 0 to J − 1.
 * @throws RangeError for fewer than two examples or groups.
 */
export const exampleGroups = (
  examples: number,
  seed: number | string,
  groups: number = jackknifeGroups,
): Int32Array => {
  if (!Number.isInteger(examples) || examples < 2)
    throw new RangeError(`examples ${examples} is not an integer of at least 2`)
  if (!Number.isInteger(groups) || groups < 2)
    throw new RangeError(`groups ${groups} is not an integer of at least 2`)
  const used = Math.min(groups, examples)
  const assigned = Int32Array.from({ length: examples }, (_, i) => i % used)
  return createRandom(seedOf('calibration-groups', seed)).shuffle(assigned)
}

/**
 * As `exampleGroups`, with examples that count as one observation in one jackknife group: else leaving a group out would
 * leave its copies in, and C would come out too small.
 * @param together [N] labels of the observations.
 */
export const wholeExampleGroups = (
  together: ArrayLike<number>,
  seed: number | string,
  groups: number = jackknifeGroups,
): Int32Array => {
  const { place, count } = groupPlaces(together)
  const assigned = exampleGroups(count, seed, groups)
  return place.map((at) => assigned[at] ?? 0)
}

export interface CalibrationDifferenceInput {
  /** One row a seed, at least two; paired: the same seeds in the same order. */
  arm: readonly CalibrationRow[]
  control: readonly CalibrationRow[]
  paired: boolean
  alpha: number
  /** M */
  corrected: number
  /** Of `exampleGroups` or `wholeExampleGroups`, [N]. */
  groups: Int32Array
  bins?: number
}

/** An improvement on the squared scale: positive where the arm is better calibrated. */
export interface CalibrationDifference {
  estimate: number
  seedVariance: number
  exampleVariance: number
  degreesOfFreedom: number
  individual: Interval
  simultaneous: Interval
}

/** One run's statistic and its jackknife deviations, [J]. */
interface Jackknifed {
  value: number
  deviations: Float64Array
}

const spread = (values: readonly number[]): { mean: number; variance: number } => {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length
  return { mean, variance: values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1) }
}

/** Mean jackknife covariance over the pairs of unlike rows: ((Σ x)² − Σ x²)/(S (S − 1)) per group. */
const sharedWithin = (rows: readonly Jackknifed[], groups: number): number => {
  let sum = 0
  for (let j = 0; j < groups; j++) {
    let [total, squares] = [0, 0]
    for (const { deviations } of rows) {
      total += deviations[j] ?? 0
      squares += (deviations[j] ?? 0) ** 2
    }
    sum += total * total - squares
  }
  return (sum * (groups - 1)) / groups / (rows.length * (rows.length - 1))
}

/** Mean jackknife covariance over all pairs of a row of one arm and a row of the other. */
const sharedBetween = (one: readonly Jackknifed[], two: readonly Jackknifed[], groups: number): number => {
  const total = (rows: readonly Jackknifed[], j: number): number =>
    rows.reduce((sum, { deviations }) => sum + (deviations[j] ?? 0), 0)
  let sum = 0
  for (let j = 0; j < groups; j++) sum += total(one, j) * total(two, j)
  return (sum * (groups - 1)) / groups / (one.length * two.length)
}

const centred = (values: Float64Array): Float64Array => {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length
  return values.map((v) => v - mean)
}

const checkInput = ({
  arm,
  control,
  paired,
  alpha,
  corrected,
  groups,
}: CalibrationDifferenceInput): number => {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha ${alpha} is not between 0 and 1`)
  if (!Number.isInteger(corrected) || corrected < 1)
    throw new RangeError(`corrected ${corrected} is not a positive integer`)
  for (const [name, rows] of Object.entries({ arm, control }))
    if (rows.length < 2) throw new RangeError(`${name}: ${rows.length} seeds, a spread over seeds needs two`)
  if (paired && arm.length !== control.length)
    throw new RangeError(`control: ${control.length} seeds, the paired arm has ${arm.length}`)
  const used = new Set(groups)
  const last = groups.reduce((most, group) => Math.max(most, group), -1)
  if (used.size < 2 || used.size !== last + 1 || groups.some((group) => group < 0))
    throw new RangeError(`groups: at least two, numbered from 0 without gaps, are needed`)
  return used.size
}

type Parts = VarianceParts & { seedVariance: number; degreesOfFreedom: number }

const pairedParts = (arm: readonly Jackknifed[], control: readonly Jackknifed[], groups: number): Parts => {
  const rows = arm.map(({ value, deviations }, s): Jackknifed => {
    const other = control[s]
    return {
      value: (other?.value ?? 0) - value,
      deviations: deviations.map((x, j) => (other?.deviations[j] ?? 0) - x),
    }
  })
  const values = rows.map(({ value }) => value)
  const { mean, variance } = spread(values)
  return {
    estimate: mean,
    seedVariance: variance / rows.length,
    exampleVariance: Math.max(sharedWithin(rows, groups), 0),
    exampleDegreesOfFreedom: groups - 1,
    degreesOfFreedom: rows.length - 1,
    floored: false,
    perSeed: Float64Array.from(values),
  }
}

const unpairedParts = (arm: readonly Jackknifed[], control: readonly Jackknifed[], groups: number): Parts => {
  const a = spread(arm.map(({ value }) => value))
  const b = spread(control.map(({ value }) => value))
  const [va, vb] = [a.variance / arm.length, b.variance / control.length]
  const welch = va ** 2 / (arm.length - 1) + vb ** 2 / (control.length - 1)
  const shared =
    sharedWithin(arm, groups) + sharedWithin(control, groups) - 2 * sharedBetween(arm, control, groups)
  return {
    estimate: b.mean - a.mean,
    seedVariance: va + vb,
    exampleVariance: Math.max(shared, 0),
    exampleDegreesOfFreedom: groups - 1,
    degreesOfFreedom: welch > 0 ? (va + vb) ** 2 / welch : arm.length + control.length - 2,
    floored: false,
    perSeed: Float64Array.from(arm, ({ value }) => b.mean - value),
  }
}

/**
 * Difference of the debiased squared calibration error, control − arm, with its interval by the two parts of chance and
 * without a word: A as for accuracy (paired var(θ_s)/S, ν = S − 1; unpaired the sum over the arms with Welch's ν), C from
 * a grouped jackknife, Cov(s, s') = (J − 1)/J Σ_j (θ_s(−j) − mean)(θ_s'(−j) − mean): the mean over pairs of unlike seeds,
 * at least 0; unpaired, within the arms less twice that between them. O(S (N + J bins)). The term that takes the bias off
 * counts every example, also copies, as one: a few copies leave a small bias that both arms share.
 * @throws RangeError for fewer than two seeds an arm, rows of unlike lengths, groups with gaps, values out of range.
 */
export const calibrationDifference = (input: CalibrationDifferenceInput): CalibrationDifference => {
  const { alpha, corrected, paired, groups, bins = calibrationBins } = input
  const count = checkInput(input)
  const rowsOf = (rows: readonly CalibrationRow[]): Jackknifed[] =>
    rows.map((row) => {
      const { all, without } = jackknifed(binSums(row, bins, groups, count))
      return { value: all, deviations: centred(without) }
    })
  const arm = rowsOf(input.arm)
  const control = rowsOf(input.control)
  const parts = paired ? pairedParts(arm, control, count) : unpairedParts(arm, control, count)
  const { estimate, seedVariance, exampleVariance, degreesOfFreedom } = parts
  return { estimate, seedVariance, exampleVariance, degreesOfFreedom, ...intervals(parts, alpha, corrected) }
}
