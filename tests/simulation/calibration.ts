import type { Random } from '../../core/random/create-random.ts'
import { calibrationBins } from '../../core/statistics/calibration/calibration.ts'
import {
  calibrationDifference,
  exampleGroups,
} from '../../core/statistics/calibration/calibration-difference.ts'
import {
  binSums,
  type BinSums,
  type CalibrationRow,
} from '../../core/statistics/calibration/debiased-calibration.ts'
import { halfWidth } from '../../core/statistics/variance/interval.ts'
import { normalCdf } from '../../core/mathematics/quantiles.ts'
import { createNormal } from './create-normal.ts'
import { createTally, rowOf, type Row, shareOf, type Study, type Sums } from './study.ts'

const study = 'calibration'
const counts = [3, 5, 10]
/** With 3 seeds the width of t hides the bias. */
const plainFails = [5, 10]
const mostSeeds = 10
const unpairedSeeds = 5
const examples = 1000
const groups = 50

/**
 * A run gives the latent x = mean + example + own, is right with chance Φ(x), and states the confidence Φ(e^τ x), with
 * τ = the arm's sharpening + a shift of each seed.
 */
const model = { mean: 1, example: 0.7, own: 0.4, seed: 0.05, luck: 0.8 }
const control = { sharpening: 0.35 }
const arm = { sharpening: 0 }

/** Of the bins of equal width of one run with this sharpening: chance, mean confidence, mean accuracy. */
const trueBins = (tau: number): { chance: number; confidence: number; accuracy: number }[] => {
  const bins = Array.from({ length: calibrationBins }, () => ({ chance: 0, confidence: 0, accuracy: 0 }))
  const sd = Math.hypot(model.example, model.own)
  const steps = 20_000
  let whole = 0
  for (let k = 0; k < steps; k++) {
    const u = -8 + (16 * (k + 0.5)) / steps
    const chance = Math.exp((-u * u) / 2)
    const x = model.mean + sd * u
    const confidence = normalCdf(Math.exp(tau) * x)
    const bin = bins[Math.min(Math.max(Math.ceil(confidence * calibrationBins) - 1, 0), calibrationBins - 1)]
    whole += chance
    if (bin === undefined) continue
    bin.chance += chance
    bin.confidence += chance * confidence
    bin.accuracy += chance * normalCdf(x)
  }
  return bins.map(({ chance, confidence, accuracy }) => ({
    chance: chance / whole,
    confidence: chance > 0 ? confidence / chance : 0,
    accuracy: chance > 0 ? accuracy / chance : 0,
  }))
}

/** Both errors, mean over seeds: Simpson's rule over ±4 sd of the seed's shift. */
const trueErrors = (sharpening: number): { squared: number; plain: number } => {
  const sum = { squared: 0, plain: 0 }
  let whole = 0
  for (let k = 0; k <= 16; k++) {
    const u = -4 + k / 2
    const weight = (k === 0 || k === 16 ? 1 : k % 2 === 1 ? 4 : 2) * Math.exp((-u * u) / 2)
    for (const { chance, confidence, accuracy } of trueBins(sharpening + model.seed * u)) {
      sum.squared += weight * chance * (accuracy - confidence) ** 2
      sum.plain += weight * chance * Math.abs(accuracy - confidence)
    }
    whole += weight
  }
  return { squared: sum.squared / whole, plain: sum.plain / whole }
}

let known: { squared: number; plain: number } | null = null

/** What the arm truly gains over the control; found once a process. */
const trueGains = (): { squared: number; plain: number } => {
  if (known !== null) return known
  const [one, two] = [trueErrors(arm.sharpening), trueErrors(control.sharpening)]
  known = { squared: two.squared - one.squared, plain: two.plain - one.plain }
  return known
}

/** One experiment; luck is in part the example's, so that runs err on the same examples. */
const drawRows = (normal: () => number): { arm: CalibrationRow[]; control: CalibrationRow[] } => {
  const hard = Float64Array.from({ length: examples }, () => model.example * normal())
  const lucky = Float64Array.from({ length: examples }, () => model.luck * normal())
  const rest = Math.sqrt(1 - model.luck ** 2)
  const rowsOf = (sharpening: number): CalibrationRow[] =>
    Array.from({ length: mostSeeds }, () => {
      const scale = Math.exp(sharpening + model.seed * normal())
      const confidence = new Float64Array(examples)
      const correct = new Uint8Array(examples)
      for (let i = 0; i < examples; i++) {
        const x = model.mean + (hard[i] ?? 0) + model.own * normal()
        confidence[i] = normalCdf(scale * x)
        correct[i] = (lucky[i] ?? 0) + rest * normal() < x ? 1 : 0
      }
      return { confidence, correct }
    })
  return { arm: rowsOf(arm.sharpening), control: rowsOf(control.sharpening) }
}

/** Plain ECE of all groups, and without each group in turn. */
const plainErrors = ({
  bins,
  counts: n,
  right,
  confidence,
}: BinSums): { all: number; without: Float64Array } => {
  const excess = right.map((sum, cell) => sum - (confidence[cell] ?? 0))
  const total = new Float64Array(bins)
  for (let cell = 0; cell < excess.length; cell++)
    total[cell % bins] = (total[cell % bins] ?? 0) + (excess[cell] ?? 0)
  const all = total.reduce((sum, value) => sum + Math.abs(value), 0) / examples
  const without = Float64Array.from({ length: groups }, (_, j) => {
    let sum = 0
    let left = examples
    for (let b = 0; b < bins; b++) {
      sum += Math.abs((total[b] ?? 0) - (excess[j * bins + b] ?? 0))
      left -= n[j * bins + b] ?? 0
    }
    return sum / left
  })
  return { all, without }
}

/** The interval of the debiased error, made of the plain one: A over seeds, C from the same grouped jackknife. */
const plainInterval = (
  own: readonly CalibrationRow[],
  other: readonly CalibrationRow[],
  groupOf: Int32Array,
): { estimate: number; half: number } => {
  const errorsOf = (row: CalibrationRow | undefined) =>
    row === undefined ? null : plainErrors(binSums(row, calibrationBins, groupOf, groups))
  const rows = own.map((row, s) => {
    const [one, two] = [errorsOf(row), errorsOf(other[s])]
    const without = Float64Array.from(
      { length: groups },
      (_, j) => (two?.without[j] ?? 0) - (one?.without[j] ?? 0),
    )
    const mean = without.reduce((sum, value) => sum + value, 0) / groups
    return { value: (two?.all ?? 0) - (one?.all ?? 0), deviations: without.map((value) => value - mean) }
  })
  const S = rows.length
  const estimate = rows.reduce((sum, { value }) => sum + value, 0) / S
  const variance = rows.reduce((sum, { value }) => sum + (value - estimate) ** 2, 0) / (S - 1)
  let shared = 0
  for (const [s, one] of rows.entries())
    for (const [k, two] of rows.entries())
      if (s !== k)
        shared += one.deviations.reduce((sum, value, j) => sum + value * (two.deviations[j] ?? 0), 0)
  const exampleVariance = Math.max((shared * (groups - 1)) / groups / (S * (S - 1)), 0)
  const parts = {
    seedVariance: variance / S,
    exampleVariance,
    degreesOfFreedom: S - 1,
    exampleDegreesOfFreedom: groups - 1,
  }
  return { estimate, half: halfWidth(parts, 0.05) }
}

const simulate = (random: Random, replicates: number): Sums => {
  const tally = createTally()
  const normal = createNormal(random)
  const groupOf = exampleGroups(examples, 1, groups)
  const gains = trueGains()
  for (let r = 0; r < replicates; r++) {
    const rows = drawRows(normal)
    for (const seeds of counts) {
      const own = rows.arm.slice(0, seeds)
      const other = rows.control.slice(0, seeds)
      for (const paired of seeds === unpairedSeeds ? [true, false] : [true]) {
        const { individual } = calibrationDifference({
          arm: own,
          control: other,
          paired,
          alpha: 0.05,
          corrected: 1,
          groups: groupOf,
        })
        const covers = individual[0] <= gains.squared && individual[1] >= gains.squared
        tally.add(`debiased ${paired ? 'paired' : 'unpaired'} ${seeds}`, covers)
      }
      const { estimate, half } = plainInterval(own, other, groupOf)
      tally.add(`plain ${seeds}`, Math.abs(estimate - gains.plain) <= half)
    }
  }
  return tally.sums
}

const cell = 'calibrated arm, overconfident control'

/** Coverage of the difference of calibration errors: debiased and squared, and of the plain ECE with the same recipe. */
export const calibrationStudy: Study = {
  name: study,
  title: `Calibration, N = ${examples}, ${groups} groups`,
  cells: [{ name: cell, replicates: 2000, short: 500, simulate }],
  judge: (results, judging) => {
    const result = results.get(cell)
    if (result === undefined) return []
    const row = (key: string, name: string, seeds: number, limits: Parameters<typeof rowOf>[2]): Row =>
      rowOf({ study, name, seeds }, shareOf(result, `${key} ${seeds}`), { nominal: 0.95, ...limits }, judging)
    return [
      ...counts.map((seeds) =>
        row('debiased paired', 'debiased squared error, paired: 95 % interval covers', seeds, {
          low: 0.94,
          high: 0.985,
        }),
      ),
      row('debiased unpaired', 'debiased squared error, unpaired: 95 % interval covers', unpairedSeeds, {
        low: 0.94,
        high: 0.995,
      }),
      ...plainFails.map((seeds) =>
        row('plain', 'plain ECE: 95 % interval covers', seeds, { high: 0.7, canary: true }),
      ),
    ]
  },
}
