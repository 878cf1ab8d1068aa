import { pValue } from '../../core/statistics/tests/p-value.ts'
import { createNormal } from './create-normal.ts'
import { gaussianCells, gaussianTable } from './gaussian-design.ts'
import { createTally, rowOf, shareOf, type Study } from './study.ts'

const study = 'p-values'
const counts = [5, 10]
const examples = 200
const bins = 500

/** Without differences between examples p is exact up to the floor, which moves it at S = 3. */
const cells = gaussianCells.filter(({ name }) => name === 'noise only' || name === 'seed only')

/** Standard deviation of Kolmogorov's limiting law, (π²/12 − (π/2) ln²2) under the root. */
const distanceError = (_: number, n: number): number =>
  Math.sqrt((Math.PI ** 2 / 12 - (Math.PI / 2) * Math.LN2 ** 2) / n)

/** p where nothing differs: its greatest distance from the uniform distribution, at the edges of 500 bins. */
export const pValues: Study = {
  name: study,
  title: `p where nothing differs, N = ${examples}`,
  cells: cells.map((spread) => ({
    name: spread.name,
    replicates: 10_000,
    short: 1000,
    simulate: (random, replicates) => {
      const tally = createTally()
      const table = gaussianTable(spread, [10, examples], createNormal(random))
      for (let r = 0; r < replicates; r++) {
        table.draw()
        for (const seeds of counts) {
          const p = pValue(table.parts(seeds)) ?? 1
          tally.add(`${seeds} ${Math.min(Math.floor(p * bins), bins - 1)}`, true)
        }
      }
      return tally.sums
    },
  })),
  judge: (results, judging) =>
    [...results].flatMap(([cell, result]) =>
      counts.map((seeds) => {
        let below = 0
        let measured = 0
        for (let b = 0; b < bins; b++) {
          below += shareOf(result, `${seeds} ${b}`).measured
          measured = Math.max(measured, Math.abs(below - (b + 1) / bins))
        }
        const what = { study, name: `${cell}: distance of p from uniform`, seeds }
        const limits = { nominal: 0, high: 0.02, error: distanceError }
        return rowOf(what, { measured, replicates: result.replicates }, limits, judging)
      }),
    ),
}
