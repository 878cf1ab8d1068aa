import type { Random } from '../../core/random/create-random.ts'
import { halfWidth } from '../../core/statistics/variance/interval.ts'
import { liveBand } from '../../core/statistics/tests/live-band.ts'
import { meanInterval } from '../../core/mathematics/mean-interval.ts'
import { spendAlpha } from '../../core/statistics/tests/spend-alpha.ts'
import { createNormal } from './create-normal.ts'
import { gaussianCells, gaussianTable } from './gaussian-design.ts'
import { createTally, rowOf, type Row, shareOf, type Study, type Sums } from './study.ts'

const study = 'peeking'
const looks = [3, 5, 10]
const shares = spendAlpha(0.05, looks)
const mostLooks = 50
const examples = 100
const spentCells = gaussianCells
const liveCells = gaussianCells
const naiveCell = 'seed only'

/** False alarms where nothing differs and the figures are read on the way. */
export const peeking: Study = {
  name: study,
  title: `Reading on the way, N = ${examples}`,
  cells: [
    ...spentCells.map((spread) => ({
      name: `spent: ${spread.name}`,
      replicates: 10_000,
      short: 1000,
      simulate: (random: Random, replicates: number): Sums => {
        const tally = createTally()
        const table = gaussianTable(spread, [10, examples], createNormal(random))
        for (let r = 0; r < replicates; r++) {
          table.draw()
          const crossed = looks.some((seeds, k) => {
            const parts = table.parts(seeds)
            return Math.abs(parts.estimate) > halfWidth(parts, shares[k] ?? 0)
          })
          tally.add('spent', crossed)
          if (spread.name === naiveCell) tally.add('naive', naiveAlarm(table.parts(10).perSeed))
        }
        return tally.sums
      },
    })),
    ...liveCells.map((spread) => ({
      name: `live: ${spread.name}`,
      replicates: 10_000,
      short: spread.name === naiveCell || spread.name === 'example only' ? 1000 : 0,
      simulate: (random: Random, replicates: number): Sums => {
        const tally = createTally()
        const table = gaussianTable(spread, [mostLooks, examples], createNormal(random))
        for (let r = 0; r < replicates; r++) {
          table.draw()
          tally.add('live', liveAlarm(table.parts))
        }
        return tally.sums
      },
    })),
  ],
  judge: (results, judging) => {
    const rows: Row[] = []
    for (const { name } of spentCells) {
      const result = results.get(`spent: ${name}`)
      if (result === undefined) continue
      const what = { study, name: `${name}: false alarm at looks after ${looks.join(', ')} seeds` }
      rows.push(rowOf(what, shareOf(result, 'spent'), { nominal: 0.05, high: 0.053 }, judging))
    }
    for (const { name } of liveCells) {
      const result = results.get(`live: ${name}`)
      if (result === undefined) continue
      const what = { study, name: `${name}: false alarm of the live band up to ${mostLooks} seeds` }
      rows.push(rowOf(what, shareOf(result, 'live'), { nominal: 0.05, high: 0.05 }, judging))
    }
    const naive = results.get(`spent: ${naiveCell}`)
    if (naive !== undefined) {
      const what = { study, name: `${naiveCell}: false alarm of t read after every seed from 3 to 10` }
      const limits = { nominal: 0.05, low: 0.14, canary: true }
      rows.push(rowOf(what, shareOf(naive, 'naive'), limits, judging))
    }
    return rows
  },
}

const naiveAlarm = (means: Float64Array): boolean => {
  for (let seeds = 3; seeds <= means.length; seeds++) {
    const { mean, half } = meanInterval(means.subarray(0, seeds))
    if (Math.abs(mean) > (half ?? Infinity)) return true
  }
  return false
}

const liveAlarm = (parts: ReturnType<typeof gaussianTable>['parts']): boolean => {
  for (let seeds = 2; seeds <= mostLooks; seeds++) {
    const band = liveBand(parts(seeds), seeds, 0.05)
    if (band !== null && (band[0] > 0 || band[1] < 0)) return true
  }
  return false
}
