import { createRandom } from '../../core/random/create-random.ts'
import type { JudgedArm, JudgeInput } from '../../core/judging/question.ts'

export interface Size {
  arms: number
  seeds: number
  examples: number
}

export const smallSize: Size = { arms: 5, seeds: 10, examples: 10_000 }
export const largeSize: Size = { arms: 20, seeds: 20, examples: 50_000 }

/** Right or wrong answers of about 90 % accuracy; hard examples are hard in every run. */
export const seededExperiment = ({ arms, seeds, examples }: Size): JudgeInput => {
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
    stopped: false,
    control: arm('scratch', 0),
    arms: Array.from({ length: arms }, (_, a) => arm(`arm-${a + 1}`, a * 0.004)),
  }
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

export const nestedScores = (arm: JudgedArm): number[][] =>
  arm.seeds.flatMap((result) => ('scores' in result ? [Array.from(result.scores)] : []))

/** The formulas of docs/statistics.md as one would first write them. */
export const naiveParts = (arm: number[][], control: number[][]): { D: number; A: number; C: number } => {
  const d = arm.map((row, s) => row.map((score, i) => score - (control[s]?.[i] ?? 0)))
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
