import { groupRows } from '../../core/statistics/variance/compared-rows.ts'
import { crossedVariance } from '../../core/statistics/variance/crossed-variance.ts'
import { fixedSeedsVariance } from '../../core/statistics/variance/fixed-seeds-variance.ts'
import { halfWidth } from '../../core/statistics/variance/interval.ts'
import { tQuantile, zQuantile } from '../../core/mathematics/quantiles.ts'
import type { VarianceParts } from '../../core/statistics/variance/variance-parts.ts'
import { createNormal } from './create-normal.ts'
import { type GaussianSpread, gaussianCells, gaussianTable } from './gaussian-design.ts'
import { type Cell, createTally, type Judging, rowOf, type Row, shareOf, type Study } from './study.ts'

const study = 'few-examples'
const mostSeeds = 10

// Continuous scores

const gaussianSizes = [6, 10, 20]
const gaussianSeeds = [3, 5, 10]

const gaussianName = (spread: { name: string }, examples: number): string => `${spread.name}, N = ${examples}`

/** The half width with z on the examples, which was the rule before: right only where there are many. */
const halfWithZ = (parts: VarianceParts): number => {
  const t = tQuantile(0.975, parts.degreesOfFreedom ?? Infinity)
  return Math.sqrt(t ** 2 * (parts.seedVariance ?? 0) + zQuantile(0.975) ** 2 * parts.exampleVariance)
}

const gaussianCell = (spread: GaussianSpread & { name: string }, examples: number): Cell => ({
  name: gaussianName(spread, examples),
  replicates: 10_000,
  short: 1000,
  simulate: (random, replicates) => {
    const tally = createTally()
    const table = gaussianTable(spread, [mostSeeds, examples], createNormal(random))
    for (let r = 0; r < replicates; r++) {
      table.draw()
      for (const seeds of gaussianSeeds) {
        const parts = table.parts(seeds)
        const distance = Math.abs(parts.estimate)
        tally.add(`t ${seeds}`, distance <= halfWidth(parts, 0.05))
        tally.add(`z ${seeds}`, distance <= halfWithZ(parts))
      }
    }
    return tally.sums
  },
})

// Groups

const groupCounts = [10, 20, 50]
const groupSeeds = [1, 5]
const largestGroup = 29

const groupsName = (count: number): string => `${count} groups of 1 to ${largestGroup} examples`

/** Examples of a group have an effect in common; the groups are of any size, whatever that effect. */
const groupsCell = (count: number): Cell => ({
  name: groupsName(count),
  replicates: 20_000,
  short: 1000,
  simulate: (random, replicates) => {
    const tally = createTally()
    const normal = createNormal(random)
    const most = Math.max(...groupSeeds)
    for (let r = 0; r < replicates; r++) {
      const groups: number[] = []
      for (let g = 0; g < count; g++) {
        const size = 1 + Math.floor(random.nextFloat() * largestGroup)
        for (let k = 0; k < size; k++) groups.push(g)
      }
      const shared = Array.from({ length: count }, normal)
      const zero = Array.from({ length: most }, () => new Float64Array(groups.length))
      const shifts = zero.map(() => 0.2 * normal())
      const rows = shifts.map((shift) =>
        Float64Array.from(groups, (g) => shift + (shared[g] ?? 0) + normal()),
      )
      const [arm, control] = [groupRows(rows, groups), groupRows(zero, groups)]
      for (const seeds of groupSeeds) {
        const parts = partsOf(arm.slice(0, seeds), control.slice(0, seeds), 0)
        // One seed is asked about itself: its own shift is the truth.
        const truth = seeds === 1 ? (shifts[0] ?? 0) : 0
        tally.add(`covered ${seeds}`, Math.abs(parts.estimate - truth) <= halfWidth(parts, 0.05))
      }
    }
    return tally.sums
  },
})

const partsOf = (
  arm: readonly Float64Array[],
  control: readonly Float64Array[],
  range: number,
): VarianceParts =>
  arm.length === 1 ? fixedSeedsVariance(arm, control, range) : crossedVariance(arm, control, range)

// Right and wrong

const answerSizes = [20, 50, 100, 800]
const answerSeeds = [1, 5, 10]
/** Shares of the examples on which the arm alone, and the control alone, is right. */
const answerRates: readonly (readonly [arm: number, control: number])[] = [
  [0.05, 0.03],
  [0.02, 0.02],
  [0, 0.03],
  [0, 0.01],
]
/** Probability with which a network gives the other answer to an example. */
const flips = [0, 0.02]

interface Answers {
  examples: number
  rates: readonly [arm: number, control: number]
  flip: number
}

const designs: readonly Answers[] = answerSizes.flatMap((examples) =>
  answerRates.flatMap((rates) => flips.map((flip) => ({ examples, rates, flip }))),
)

const answersName = ({ examples, rates, flip }: Answers): string =>
  `right or wrong, N = ${examples}, alone right ${rates[0]} and ${rates[1]}, flips ${flip}`

const answersCell = (design: Answers): Cell => ({
  name: answersName(design),
  replicates: 6000,
  short: design.examples > 100 ? 0 : 500,
  simulate: (random, replicates) => {
    const { examples, rates, flip } = design
    const tally = createTally()
    const truth = (rates[0] - rates[1]) * (1 - 2 * flip)
    const margin = Math.abs(truth)
    const tables = (): Float64Array[] => Array.from({ length: mostSeeds }, () => new Float64Array(examples))
    const [arm, control] = [tables(), tables()]
    const answer = (right: boolean): number => (right === (flip === 0 || random.nextFloat() >= flip) ? 1 : 0)
    for (let r = 0; r < replicates; r++) {
      for (let i = 0; i < examples; i++) {
        const kind = random.nextFloat()
        const armAlone = kind < rates[0]
        const controlAlone = !armAlone && kind < rates[0] + rates[1]
        for (let s = 0; s < mostSeeds; s++) {
          const [own, other] = [arm[s], control[s]]
          if (own) own[i] = answer(!controlAlone)
          if (other) other[i] = answer(!armAlone)
        }
      }
      for (const seeds of answerSeeds)
        for (const range of [1, 0]) {
          const parts = partsOf(arm.slice(0, seeds), control.slice(0, seeds), range)
          const half = halfWidth(parts, 0.05)
          const rule = range === 1 ? 'term' : 'plain'
          tally.add(`${rule} ${seeds}`, Math.abs(parts.estimate - truth) <= half)
          const none = parts.estimate - half > -margin && parts.estimate + half < margin
          tally.add(`${rule} none ${seeds}`, margin > 0 && none)
        }
    }
    return tally.sums
  },
})

type Results = Parameters<Study['judge']>[0]

const judgeGaussian = (results: Results, judging: Judging): Row[] =>
  gaussianCells.flatMap((spread) =>
    gaussianSizes.flatMap((examples) => {
      const cell = gaussianName(spread, examples)
      const result = results.get(cell)
      if (result === undefined) return []
      const rows = gaussianSeeds.map((seeds) =>
        rowOf(
          { study, name: `${cell}: 95 % interval covers`, seeds },
          shareOf(result, `t ${seeds}`),
          { nominal: 0.95, low: 0.94, high: 0.99 },
          judging,
        ),
      )
      if (examples > 6 || spread.example === 0) return rows
      const what = { study, name: `${cell}: z on the examples covers`, seeds: 10 }
      const limits = { nominal: 0.95, high: 0.935, canary: true }
      return [...rows, rowOf(what, shareOf(result, 'z 10'), limits, judging)]
    }),
  )

const judgeGroups = (results: Results, judging: Judging): Row[] =>
  groupCounts.flatMap((count) => {
    const result = results.get(groupsName(count))
    if (result === undefined) return []
    return groupSeeds.map((seeds) =>
      rowOf(
        { study, name: `${groupsName(count)}: 95 % interval covers`, seeds },
        shareOf(result, `covered ${seeds}`),
        { nominal: 0.95, low: count > 10 ? 0.935 : 0.925 },
        judging,
      ),
    )
  })

const judgeAnswers = (results: Results, judging: Judging): Row[] =>
  designs.flatMap((design) => {
    const name = answersName(design)
    const result = results.get(name)
    if (result === undefined) return []
    const covers = answerSeeds.map((seeds) =>
      rowOf(
        { study, name: `${name}: 95 % interval covers`, seeds },
        shareOf(result, `term ${seeds}`),
        { nominal: 0.95, low: 0.945 },
        judging,
      ),
    )
    if (design.rates[0] === design.rates[1]) return covers
    const none = answerSeeds.map((seeds) =>
      rowOf(
        { study, name: `${name}, at the margin: said to make no difference`, seeds },
        shareOf(result, `term none ${seeds}`),
        { nominal: 0.025, high: 0.035 },
        judging,
      ),
    )
    if (design.examples !== 100 || design.rates[1] !== 0.03 || design.rates[0] > 0 || design.flip > 0)
      return [...covers, ...none]
    const what = {
      study,
      name: `${name}, at the margin, without the term: said to make no difference`,
      seeds: 1,
    }
    const limits = { nominal: 0.025, low: 0.08, canary: true }
    return [...covers, ...none, rowOf(what, shareOf(result, 'plain none 1'), limits, judging)]
  })

/** Coverage and false words with few examples, few groups, and failures that are rare. */
export const fewExamples: Study = {
  name: study,
  title: 'Few examples, few groups, rare failures',
  cells: [
    ...gaussianCells.flatMap((spread) => gaussianSizes.map((examples) => gaussianCell(spread, examples))),
    ...groupCounts.map(groupsCell),
    ...designs.map(answersCell),
  ],
  judge: (results, judging) => [
    ...judgeGaussian(results, judging),
    ...judgeGroups(results, judging),
    ...judgeAnswers(results, judging),
  ],
}
