import { halfWidth } from '../../core/statistics/variance/interval.ts'
import { meanInterval } from '../../core/mathematics/mean-interval.ts'
import { createNormal } from './create-normal.ts'
import { gaussianCells, gaussianTable } from './gaussian-design.ts'
import { createTally, rowOf, type Row, shareOf, type Study, withError } from './study.ts'

const study = 'gaussian'
const counts = [3, 5, 10]
const mostSeeds = 10
const examples = 200
const family = 4

/** Cells in which seeds alone tell too little; the last column of the reference table. */
const seedsOnlyFail = ['example only', 'both', 'example dominated']

/**
 * The 95 % percentile interval over all 27 resamples of three seed means: the smallest of them already has 1/27 of the
 * chance, more than 2.5 %, so it reaches from the lowest to the highest seed.
 */
const bootstrapCovers = (means: Float64Array): boolean => {
  const resamples: number[] = []
  for (const a of means) for (const b of means) for (const c of means) resamples.push((a + b + c) / 3)
  resamples.sort((a, b) => a - b)
  const tail = Math.ceil(0.025 * resamples.length) - 1
  return (resamples[tail] ?? 0) <= 0 && (resamples[resamples.length - 1 - tail] ?? 0) >= 0
}

/** Coverage of the paired interval in the crossed normal model, and of a t-interval over seed means alone. */
export const coverageGaussian: Study = {
  name: study,
  title: `Paired interval, normal scores, N = ${examples}`,
  cells: gaussianCells.map((spread) => ({
    name: spread.name,
    replicates: 10_000,
    short: 1000,
    simulate: (random, replicates) => {
      const tally = createTally()
      const table = gaussianTable(spread, [mostSeeds, examples], createNormal(random))
      for (let r = 0; r < replicates; r++) {
        table.draw()
        for (const seeds of counts) {
          const parts = table.parts(seeds)
          const distance = Math.abs(parts.estimate)
          tally.add(`95 ${seeds}`, distance <= halfWidth(parts, 0.05))
          const simultaneous = halfWidth(parts, 0.05 / family)
          tally.add(`98.75 ${seeds}`, distance <= simultaneous)
          // Truly at the upper end of a wide margin, and the whole interval below it.
          tally.add(`none ${seeds}`, parts.estimate + simultaneous < 0)
          if (seeds === 3) tally.add('bootstrap', bootstrapCovers(parts.perSeed))
          if (seeds === mostSeeds)
            tally.add('seeds only', distance <= (meanInterval(parts.perSeed).half ?? 0))
        }
      }
      return tally.sums
    },
  })),
  judge: (results, judging) => {
    const rows: Row[] = []
    const individual: number[] = []
    for (const [cell, result] of results) {
      for (const seeds of counts) {
        const share = shareOf(result, `95 ${seeds}`)
        individual.push(share.measured)
        const limits = { nominal: 0.95, low: 0.943, high: 0.982 }
        rows.push(rowOf({ study, name: `${cell}: 95 % interval covers`, seeds }, share, limits, judging))
      }
    }
    for (const [cell, result] of results) {
      for (const seeds of counts) {
        const limits = { nominal: 0.9875, low: 0.983, high: 0.9997 }
        const share = shareOf(result, `98.75 ${seeds}`)
        rows.push(rowOf({ study, name: `${cell}: 98.75 % interval covers`, seeds }, share, limits, judging))
      }
    }
    const single = 0.05 / 2 / family
    for (const [cell, result] of results) {
      for (const seeds of counts) {
        const limits = { nominal: single, high: withError(single, result.replicates), error: () => 0 }
        const what = { study, name: `${cell}, at the margin: said to make no difference`, seeds }
        rows.push(rowOf(what, shareOf(result, `none ${seeds}`), limits, judging))
      }
    }
    if (individual.length > 0) {
      const measured = individual.reduce((sum, share) => sum + share, 0) / individual.length
      const replicates = [...results.values()].reduce((sum, one) => sum + one.replicates, 0)
      const limits = { nominal: 0.95, low: 0.95, high: 0.97 }
      const what = { study, name: 'mean over cells: 95 % interval covers' }
      rows.push(rowOf(what, { measured, replicates }, limits, judging))
    }
    const add = (cell: string, key: string, method: string, seeds: number, high: number): void => {
      const result = results.get(cell)
      if (result === undefined) return
      const limits = { nominal: 0.95, high, canary: true }
      rows.push(
        rowOf({ study, name: `${cell}: ${method} covers`, seeds }, shareOf(result, key), limits, judging),
      )
    }
    for (const cell of seedsOnlyFail) add(cell, 'seeds only', 't over seed means alone', mostSeeds, 0.9)
    add('seed only', 'bootstrap', 'percentile bootstrap over seeds', 3, 0.8)
    return rows
  },
}
