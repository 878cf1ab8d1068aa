import { crossedVariance } from '../../core/statistics/variance/crossed-variance.ts'
import { halfWidth } from '../../core/statistics/variance/interval.ts'
import { zQuantile } from '../../core/mathematics/quantiles.ts'
import { twoWay } from '../../core/mathematics/two-way.ts'
import { unpairedVariance } from '../../core/statistics/variance/unpaired-variance.ts'
import { createNormal } from './create-normal.ts'
import { accuracyAt, probitDraws, probitRegimes } from './probit-design.ts'
import { createTally, rowOf, type Row, shareOf, type Study } from './study.ts'

const study = 'probit'
const counts = [3, 5, 10]
const mostSeeds = 10
const examples = 1000
const mus = [1.1, 1.25]
const pooledFails = 'moderate seed spread'

/** Half width where all S N differences count as independent. */
const pooledHalf = (arm: readonly Float64Array[], control: readonly Float64Array[]): number => {
  let sum = 0
  let squares = 0
  let n = 0
  for (const [s, row] of arm.entries()) {
    const other = control[s]
    for (let i = 0; i < row.length; i++) {
      const d = (row[i] ?? 0) - (other?.[i] ?? 0)
      sum += d
      squares += d * d
      n++
    }
  }
  return zQuantile(0.975) * Math.sqrt((squares / n - (sum / n) ** 2) / (n - 1))
}

/** Coverage for right and wrong answers, paired and unpaired, and of z over all answers as if independent. */
export const coverageProbit: Study = {
  name: study,
  title: `Right and wrong answers, N = ${examples}`,
  cells: probitRegimes.map((regime) => ({
    name: regime.name,
    replicates: 4000,
    short: 1000,
    simulate: (random, replicates) => {
      const tally = createTally()
      const { draw, correct } = probitDraws(regime, [2, mostSeeds, examples], createNormal(random))
      const truth = accuracyAt(mus[1] ?? 0, regime) - accuracyAt(mus[0] ?? 0, regime)
      const [control = [], arm = []] = correct
      for (let r = 0; r < replicates; r++) {
        draw(mus)
        for (const seeds of counts) {
          const one = arm.slice(0, seeds)
          const two = control.slice(0, seeds)
          const paired = crossedVariance(one, two, 1)
          const distance = Math.abs(paired.estimate - truth)
          tally.add(`paired ${seeds}`, distance <= halfWidth(paired, 0.05))
          const unpaired = unpairedVariance(twoWay(one, null), twoWay(two, null), 1)
          tally.add(`unpaired ${seeds}`, distance <= halfWidth(unpaired, 0.05))
          if (seeds === mostSeeds) tally.add('pooled', distance <= pooledHalf(one, two))
        }
      }
      return tally.sums
    },
  })),
  judge: (results, judging) => {
    const rows: Row[] = []
    const add = (design: string, limits: { low?: number; high: number }): void => {
      for (const [cell, result] of results)
        for (const seeds of counts) {
          const share = shareOf(result, `${design} ${seeds}`)
          const what = { study, name: `${cell}, ${design}: 95 % interval covers`, seeds }
          rows.push(rowOf(what, share, { nominal: 0.95, ...limits }, judging))
        }
    }
    add('paired', { low: 0.94, high: 0.985 })
    add('unpaired', { low: 0.94, high: 0.995 })
    const pooled = results.get(pooledFails)
    if (pooled !== undefined) {
      const what = { study, name: `${pooledFails}: z over all S·N differences covers`, seeds: mostSeeds }
      const limits = { nominal: 0.95, high: 0.75, canary: true }
      rows.push(rowOf(what, shareOf(pooled, 'pooled'), limits, judging))
    }
    return rows
  },
}
