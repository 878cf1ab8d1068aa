import { halfWidth } from '../../core/statistics/interval.ts'
import { meanInterval } from '../../core/statistics/mean-interval.ts'
import { createNormal } from './create-normal.ts'
import { gaussianCells, gaussianTable } from './gaussian-design.ts'
import { createTally, rowOf, type Row, shareOf, type Study } from './study.ts'

const study = 'gaussian'
const counts = [3, 5, 10]
const mostSeeds = 10
const examples = 200
const family = 4

/** Cells in which seeds alone tell too little; the last column of the reference table. */
const seedsOnlyFail = ['example only', 'both', 'example dominated']

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
          tally.add(`98.75 ${seeds}`, distance <= halfWidth(parts, 0.05 / family))
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
        rows.push(rowOf([study, `${cell}, S=${seeds}: 95 % interval covers`], share, limits, judging))
      }
    }
    for (const [cell, result] of results) {
      for (const seeds of counts) {
        const limits = { nominal: 0.9875, low: 0.983, high: 0.9997 }
        const share = shareOf(result, `98.75 ${seeds}`)
        rows.push(rowOf([study, `${cell}, S=${seeds}: 98.75 % interval covers`], share, limits, judging))
      }
    }
    if (individual.length > 0) {
      const measured = individual.reduce((sum, share) => sum + share, 0) / individual.length
      const replicates = [...results.values()].reduce((sum, one) => sum + one.replicates, 0)
      const limits = { nominal: 0.95, low: 0.95, high: 0.97 }
      rows.push(
        rowOf([study, 'mean over cells: 95 % interval covers'], { measured, replicates }, limits, judging),
      )
    }
    for (const cell of seedsOnlyFail) {
      const result = results.get(cell)
      if (result === undefined) continue
      const limits = { nominal: 0.95, high: 0.9, canary: true }
      const share = shareOf(result, 'seeds only')
      rows.push(
        rowOf([study, `${cell}, S=${mostSeeds}: t over seed means alone covers`], share, limits, judging),
      )
    }
    return rows
  },
}
