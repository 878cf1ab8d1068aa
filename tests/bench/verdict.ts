import { createRandom } from '../../core/random/create-random.ts'
import { judgePrimary, type JudgedArm, type JudgeInput } from '../../core/statistics/index.ts'
import { medianMs, type BenchRow } from './row.ts'

const arms = 5
const seeds = 10
const examples = 10_000
const goalMs = 100

/** Time of all verdicts of an experiment: 5 arms against the control, 10 seeds, 10,000 test examples. */
export const verdictBench = async (): Promise<BenchRow[]> => {
  const input = seededExperiment()
  checkAgainstNaive(input)
  const value = await medianMs(() => judgePrimary(input), { times: 15, warmUp: 3 })
  const baseline = await medianMs(() => input.arms.map((arm) => naiveParts(arm, input.control)), {
    times: 5,
    warmUp: 1,
  })
  return [
    {
      group: 'verdict',
      name: `${arms} arms × ${seeds} seeds × ${examples} examples, against nested arrays with map and reduce`,
      value,
      unit: 'ms',
      baseline,
      ratio: baseline / value,
      goal: goalMs,
      met: value <= goalMs,
    },
  ]
}

/** Right or wrong answers of about 90 % accuracy; hard examples are hard in every run. */
const seededExperiment = (): JudgeInput => {
  const random = createRandom('verdict bench')
  const ease = Float64Array.from({ length: examples }, () => 0.8 + 0.2 * random.nextFloat())
  const arm = (id: string, gain: number): JudgedArm => ({
    id,
    label: id,
    seeds: Array.from({ length: seeds }, (_, s) => ({
      seed: s + 1,
      state: 'finished' as const,
      scores: ease.map((chance) => (random.nextFloat() < chance + gain ? 1 : 0)),
    })),
  })
  return {
    metric: 'accuracy',
    margin: 0.005,
    alpha: 0.05,
    paired: true,
    corrected: arms,
    plannedSeeds: Array.from({ length: seeds }, (_, s) => s + 1),
    stopped: null,
    control: arm('scratch', 0),
    arms: Array.from({ length: arms }, (_, a) => arm(`arm-${a + 1}`, a * 0.004)),
  }
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

const scoresOf = (arm: JudgedArm): number[][] =>
  arm.seeds.flatMap((result) => ('scores' in result ? [Array.from(result.scores)] : []))

/** The formulas of docs/statistics.md as one would first write them. */
const naiveParts = (arm: JudgedArm, control: JudgedArm): { D: number; A: number; C: number } => {
  const other = scoresOf(control)
  const d = scoresOf(arm).map((row, s) => row.map((score, i) => score - (other[s]?.[i] ?? 0)))
  const bySeed = d.map(mean)
  const byExample = (d[0] ?? []).map((_, i) => mean(d.map((row) => row[i] ?? 0)))
  const D = mean(bySeed)
  const S = bySeed.length
  const N = byExample.length
  const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0)
  const msSeed = (N * sum(bySeed.map((value) => (value - D) ** 2))) / (S - 1)
  const msExample = (S * sum(byExample.map((value) => (value - D) ** 2))) / (N - 1)
  const residuals = d.map((row, s) =>
    sum(row.map((value, i) => (value - (bySeed[s] ?? 0) - (byExample[i] ?? 0) + D) ** 2)),
  )
  const msResidual = sum(residuals) / ((S - 1) * (N - 1))
  return { D, A: msSeed / (S * N), C: Math.max(msExample - msResidual, 0) / (S * N) }
}

/** A time is worth something only for the right figures. */
const checkAgainstNaive = (input: JudgeInput): void => {
  for (const [a, comparison] of judgePrimary(input).entries()) {
    const arm = input.arms[a]
    if (arm === undefined) throw new Error('more comparisons than arms')
    const { D, A, C } = naiveParts(arm, input.control)
    const pairs = [
      [comparison.estimate, D],
      [comparison.seedVariance, A],
      [comparison.exampleVariance, C],
    ] as const
    for (const [found, expected] of pairs) {
      if (found === null || Math.abs(found - expected) > 1e-12) {
        throw new Error(`${arm.id}: the verdict has ${found}, the formulas give ${expected}`)
      }
    }
  }
}
