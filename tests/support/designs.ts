import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import type { JudgedArm, JudgeInput, SeedResult } from '../../core/judging/question.ts'

interface Expected {
  paired: {
    delta: number
    A: number
    C: number
    MSs: number
    MSi: number
    MSr: number
    nu: number
    seed_diffs: number[]
  }
  ci_simultaneous: [number, number]
  ci_95: [number, number]
  p: number
  verdict: string
  unpaired: { delta: number; A: number; C: number; nu: number; ci_simultaneous: [number, number] }
}

export interface GoldenCase {
  name: string
  alpha: number
  M: number
  paired: boolean
  control: number[][]
  method: number[][]
  groups: number[] | null
  expected: {
    estimate: number
    seedVariance: number | null
    exampleVariance: number
    degreesOfFreedom: number | null
    individual: [number, number]
    simultaneous: [number, number]
  }
}

interface Golden {
  cases: GoldenCase[]
  alpha: number
  margin: number
  corrected: number
  control: number[][]
  methods: number[][][]
  expected: Expected[]
  published: {
    penicillin: {
      mean: number
      MSs: number
      MSi: number
      MSr: number
      se_lme4: number
      se_anova: number
      A: number
      C: number
      quadrature95: [number, number]
      seeds_only95: [number, number]
    }
    sleep: {
      paired: { t: number; df: number; p: number; ci: [number, number] }
      welch: { t: number; df: number; p: number; ci: [number, number] }
      signflip_p: number
    }
    holm: { p: number[]; holm: number[] }
    performance_mcnemar: { table: [[number, number], [number, number]]; chi2: number; p: number }
    quantiles: { t975: Record<string, number>; t9975_df2: number }
  }
}

const text = readFileSync(new URL('../golden/statistics.json', import.meta.url), 'utf8')
// The file is part of the repository; its shape is the interface above.
export const golden = JSON.parse(text) as Golden

/** So many examples that t is z on them, of scores without bounds. */
export const manyExamples = { units: 1_000_000_000, range: 0 }

export const toRows = (table: readonly (readonly number[])[]): Float64Array[] =>
  table.map((row) => Float64Array.from(row))

/** An arm whose seeds 1, 2, 3 … have all finished. */
export const finishedArm = (id: string, label: string, table: readonly (readonly number[])[]): JudgedArm => ({
  id,
  label,
  seeds: table.map((row, s) => ({ seed: s + 1, state: 'finished', scores: Float64Array.from(row) })),
})

export const goldenInput = (): JudgeInput => ({
  metric: 'accuracy',
  margin: golden.margin,
  alpha: golden.alpha,
  paired: true,
  corrected: golden.corrected,
  plannedSeeds: [1, 2, 3, 4, 5],
  stopped: false,
  control: finishedArm('scratch', 'Control', golden.control),
  arms: golden.methods.map((table, m) => finishedArm(`method-${m}`, `Method ${m}`, table)),
})

export const near = (found: number | null, expected: number, tolerance: number = 1e-9): void => {
  expect(Math.abs((found ?? Number.NaN) - expected)).toBeLessThan(tolerance)
}

export const table = (S: number, N: number, score: (s: number, i: number) => number): number[][] =>
  Array.from({ length: S }, (_, s) => Array.from({ length: N }, (__, i) => score(s, i)))

/** Right or wrong, with the share and the seed-to-seed pattern of a plausible classifier. */
export const classifier = (S: number, N: number, right: number, shift: number): number[][] =>
  table(S, N, (s, i) => ((i * 37 + s * 11 + shift) % 100 < right + ((s * (1 + shift)) % 5) ? 1 : 0))

export const input = (changes: Partial<JudgeInput> = {}): JudgeInput => ({
  metric: 'accuracy',
  margin: 0.01,
  alpha: 0.05,
  paired: true,
  corrected: 1,
  plannedSeeds: [1, 2, 3, 4, 5],
  stopped: false,
  control: finishedArm('scratch', 'Control', classifier(5, 200, 80, 0)),
  arms: [finishedArm('soft', 'Soft targets', classifier(5, 200, 90, 1))],
  ...changes,
})

const withSeed = (arm: JudgedArm, result: SeedResult): JudgedArm => ({
  ...arm,
  seeds: arm.seeds.map((own) => (own.seed === result.seed ? result : own)),
})

const { control: firstControl, arms: firstArms } = input()
export const control = firstControl
export const soft = firstArms[0] ?? firstControl
export const replace = (arm: JudgedArm, ...results: SeedResult[]): JudgedArm => results.reduce(withSeed, arm)
