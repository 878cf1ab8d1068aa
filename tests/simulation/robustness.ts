import type { Random } from '../../core/random/create-random.ts'
import { halfWidth } from '../../core/statistics/variance/interval.ts'
import { crossedParts } from '../../core/statistics/variance/crossed-variance.ts'
import { twoWay } from '../../core/mathematics/two-way.ts'
import { unpairedVariance } from '../../core/statistics/variance/unpaired-variance.ts'
import { createNormal } from './create-normal.ts'
import { gaussianTable } from './gaussian-design.ts'
import { createTally, rowOf, type Row, shareOf, type Study, type Sums } from './study.ts'

const study = 'robust'
const counts = [3, 5, 10]
const examples = 200
const family = 4
const spread = { seed: 0.2, example: 0.5, noise: 1 }

/** Laws of one arm's seed effect, mean 0 and standard deviation 1. */
const laws: readonly { name: string; draw: (random: Random, normal: () => number) => () => number }[] = [
  {
    name: 'heavy tails (t, 3 degrees)',
    draw: (_, normal) => () => normal() / Math.sqrt(normal() ** 2 + normal() ** 2 + normal() ** 2),
  },
  { name: 'skewed (exponential)', draw: (random) => () => -Math.log1p(-random.nextFloat()) - 1 },
  {
    name: '10 % contaminated (5 × sd)',
    draw: (random, normal) => () =>
      ((random.nextFloat() < 0.1 ? 5 : 1) * normal()) / Math.sqrt(0.9 + 0.1 * 25),
  },
]

const unequalSpread = (random: Random, replicates: number): Sums => {
  const tally = createTally()
  const normal = createNormal(random)
  const most = Math.max(...counts)
  const arms = Array.from({ length: family + 1 }, () =>
    Array.from({ length: most }, () => new Float64Array(examples)),
  )
  const [control = [], ...others] = arms
  for (let r = 0; r < replicates; r++) {
    for (const [a, rows] of arms.entries()) {
      for (const row of rows) {
        const shift = (a === 0 ? 3 : 1) * spread.seed * normal()
        for (let i = 0; i < examples; i++) row[i] = shift + spread.noise * normal()
      }
    }
    for (const seeds of counts) {
      const base = control.slice(0, seeds)
      const ofControl = twoWay(base, null)
      let paired = false
      let welch = false
      for (const rows of others) {
        const arm = rows.slice(0, seeds)
        const one = crossedParts(twoWay(arm, base), 0)
        paired ||= Math.abs(one.estimate) > halfWidth(one, 0.05 / family)
        const two = unpairedVariance(twoWay(arm, null), ofControl, 0)
        welch ||= Math.abs(two.estimate) > halfWidth(two, 0.05 / family)
      }
      tally.add(`paired ${seeds}`, paired)
      tally.add(`unpaired ${seeds}`, welch)
    }
  }
  return tally.sums
}

const unequal = 'control sd × 3'

/** Seeds that are not normal, alike in both arms; and a control that varies three times as much. */
export const robustness: Study = {
  name: study,
  title: `Seeds that are not normal or not alike, N = ${examples}`,
  cells: [
    ...laws.map(({ name, draw }) => ({
      name,
      replicates: 10_000,
      short: 1000,
      simulate: (random: Random, replicates: number): Sums => {
        const tally = createTally()
        const normal = createNormal(random)
        const effect = draw(random, normal)
        const difference = (): number => (effect() - effect()) / Math.SQRT2
        const table = gaussianTable(spread, [10, examples], normal, difference)
        for (let r = 0; r < replicates; r++) {
          table.draw()
          for (const seeds of counts) {
            const parts = table.parts(seeds)
            tally.add(`covered ${seeds}`, Math.abs(parts.estimate) <= halfWidth(parts, 0.05))
          }
        }
        return tally.sums
      },
    })),
    { name: unequal, replicates: 10_000, short: 1000, simulate: unequalSpread },
  ],
  judge: (results, judging) => {
    const rows: Row[] = []
    for (const { name } of laws) {
      const result = results.get(name)
      if (result === undefined) continue
      for (const seeds of counts) {
        const what = { study, name: `${name}: 95 % interval covers`, seeds }
        rows.push(rowOf(what, shareOf(result, `covered ${seeds}`), { nominal: 0.95, low: 0.93 }, judging))
      }
    }
    const result = results.get(unequal)
    if (result === undefined) return rows
    for (const design of ['paired', 'unpaired'])
      for (const seeds of counts) {
        const what = { study, name: `${unequal}, ${design}, M=${family}: any false alarm`, seeds }
        rows.push(rowOf(what, shareOf(result, `${design} ${seeds}`), { nominal: 0.05, high: 0.05 }, judging))
      }
    return rows
  },
}
