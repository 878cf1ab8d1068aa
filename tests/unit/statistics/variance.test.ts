import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { crossedVariance } from '../../../core/statistics/variance/crossed-variance.ts'
import { intervals } from '../../../core/statistics/variance/interval.ts'
import { twoWay } from '../../../core/mathematics/two-way.ts'
import { unpairedVariance } from '../../../core/statistics/variance/unpaired-variance.ts'
import { golden, near, toRows } from '../../support/designs.ts'

/** Rows with exactly these mean squares: centred patterns for seeds, examples and their product, each to scale. */
const tableWith = (
  mean: number,
  seeds: number,
  examples: number,
  ms: { s: number; i: number; r: number },
): number[][] => {
  const centred = (n: number): number[] => Array.from({ length: n }, (_, k) => k - (n - 1) / 2)
  const squares = (values: number[]): number => values.reduce((sum, v) => sum + v * v, 0)
  const u = centred(seeds)
  const v = centred(examples)
  const a = Math.sqrt((ms.s * (seeds - 1)) / (examples * squares(u)))
  const b = Math.sqrt((ms.i * (examples - 1)) / (seeds * squares(v)))
  const c = Math.sqrt((ms.r * (seeds - 1) * (examples - 1)) / (squares(u) * squares(v)))
  return u.map((us) => v.map((vi) => mean + a * us + b * vi + c * us * vi))
}

/** Section 3.2 by definition, over pairs of seeds and examples. */
const bruteForce = (d: number[][]): { A: number; C: number } => {
  const S = d.length
  const N = d[0]?.length ?? 0
  const at = (s: number, i: number): number => d[s]?.[i] ?? 0
  const rowMean = (s: number): number => d[s]?.reduce((sum, x) => sum + x / N, 0) ?? 0
  const columnMean = (i: number): number => d.reduce((sum, _, s) => sum + at(s, i) / S, 0)
  const D = d.reduce((sum, _, s) => sum + rowMean(s) / S, 0)
  let seedSquares = 0
  let residual = 0
  let exampleSquares = 0
  for (let s = 0; s < S; s++) {
    seedSquares += (rowMean(s) - D) ** 2
    for (let i = 0; i < N; i++) residual += (at(s, i) - rowMean(s) - columnMean(i) + D) ** 2
  }
  for (let i = 0; i < N; i++) exampleSquares += (columnMean(i) - D) ** 2
  const msR = residual / ((S - 1) * (N - 1))
  const A = seedSquares / (S - 1) / S
  return {
    A: Math.max(A, (0.1 * msR) / (S * N)),
    C: Math.max((S * exampleSquares) / (N - 1) - msR, 0) / (S * N),
  }
}

const value = fc.double({ min: -5, max: 5, noNaN: true })
const table = (rows: number, columns: number): fc.Arbitrary<number[][]> =>
  fc.array(fc.array(value, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows })
const designs = fc
  .tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 2, max: 12 }))
  .chain(([S, N]) => fc.record({ arm: table(S, N), control: table(S, N), fewer: table(2, N) }))

describe('crossedVariance', () => {
  test('it gives the reference mean squares, A, C and nu', () => {
    golden.expected.forEach(({ paired }, m) => {
      const found = crossedVariance(toRows(golden.methods[m] ?? []), toRows(golden.control), 1)
      near(found.estimate, paired.delta)
      near(found.msSeed, paired.MSs)
      near(found.msExample, paired.MSi)
      near(found.msResidual, paired.MSr)
      near(found.seedVariance, paired.A)
      near(found.exampleVariance, paired.C)
      expect(found.degreesOfFreedom).toBe(paired.nu)
      expect(found.floored).toBe(false)
      paired.seed_diffs.forEach((difference, s) => near(found.perSeed[s] ?? null, difference))
    })
  })

  test('the penicillin mean squares give the published variance and interval', () => {
    const { mean, MSs, MSi, MSr, A, C, se_anova, se_lme4, quadrature95, seeds_only95 } =
      golden.published.penicillin
    const rows = toRows(tableWith(mean, 6, 24, { s: MSs, i: MSi, r: MSr }))
    const zero = rows.map((row) => new Float64Array(row.length))
    const found = crossedVariance(rows, zero, 0)
    near(found.msSeed, MSs, 1e-9)
    near(found.msExample, MSi, 1e-9)
    near(found.msResidual, MSr, 1e-9)
    near(found.seedVariance, A, 1e-9)
    near(found.exampleVariance, C, 1e-9)
    near(Math.sqrt(found.seedVariance + found.exampleVariance), se_anova, 1e-9)
    // lme4 fits by REML, iteratively: equal to its own precision.
    near(Math.sqrt(found.seedVariance + found.exampleVariance), se_lme4, 5e-5)
    const { individual } = intervals(found, 0.05, 1)
    near(individual[0], quadrature95[0], 1e-8)
    near(individual[1], quadrature95[1], 1e-8)
    const seedsOnly = intervals({ ...found, exampleVariance: 0 }, 0.05, 1).individual
    near(seedsOnly[0], seeds_only95[0], 1e-8)
    near(seedsOnly[1], seeds_only95[1], 1e-8)
  })

  test('it equals the double loop of the definition', () => {
    fc.assert(
      fc.property(designs, ({ arm, control }) => {
        const d = arm.map((row, s) => row.map((x, i) => x - (control[s]?.[i] ?? 0)))
        const { A, C } = bruteForce(d)
        const found = crossedVariance(toRows(arm), toRows(control), 0)
        near(found.seedVariance, A, 1e-9)
        near(found.exampleVariance, C, 1e-9)
      }),
    )
  })

  test('the floor acts where seeds agree by luck, and only there', () => {
    // Both seed differences are 0, each made of a gain and a loss.
    const found = crossedVariance(
      toRows([
        [1, 0, 0, 0],
        [0, 1, 0, 0],
      ]),
      toRows([
        [0, 1, 0, 0],
        [1, 0, 0, 0],
      ]),
      0,
    )
    expect(found.msSeed).toBe(0)
    expect(found.floored).toBe(true)
    near(found.seedVariance, (0.1 * found.msResidual) / 8)
    expect(found.seedVariance).toBeGreaterThan(0)
  })

  test('doubling every example leaves D and A and roughly halves C', () => {
    const twice = (rows: number[][]): number[][] => rows.map((row) => [...row, ...row])
    // The third method is the one whose C is large against its noise.
    const single = crossedVariance(toRows(golden.methods[2] ?? []), toRows(golden.control), 0)
    const doubled = crossedVariance(toRows(twice(golden.methods[2] ?? [])), toRows(twice(golden.control)), 0)
    near(doubled.estimate, single.estimate)
    near(doubled.seedVariance, single.seedVariance)
    expect(doubled.exampleVariance / single.exampleVariance).toBeGreaterThan(0.45)
    expect(doubled.exampleVariance / single.exampleVariance).toBeLessThan(0.6)
  })

  test('one seed or one example is refused', () => {
    expect(() => crossedVariance(toRows([[1, 2]]), toRows([[1, 1]]), 0)).toThrow(/1 seeds/)
    expect(() => crossedVariance(toRows([[1], [2]]), toRows([[1], [1]]), 0)).toThrow(/1 examples/)
  })
})

describe('unpairedVariance', () => {
  const unpaired = (arm: number[][], control: number[][], range = 0): ReturnType<typeof unpairedVariance> =>
    unpairedVariance(twoWay(toRows(arm), null), twoWay(toRows(control), null), range)

  test('it gives the reference A, C, nu and interval', () => {
    golden.expected.forEach(({ unpaired: expected }, m) => {
      const found = unpaired(golden.methods[m] ?? [], golden.control, 1)
      near(found.estimate, expected.delta)
      near(found.seedVariance, expected.A)
      near(found.exampleVariance, expected.C)
      near(found.degreesOfFreedom, expected.nu)
      expect(found.floored).toBe(false)
      const { simultaneous } = intervals(found, golden.alpha, golden.corrected)
      near(simultaneous[0], expected.ci_simultaneous[0])
      near(simultaneous[1], expected.ci_simultaneous[1])
    })
  })

  test('each arm is floored by its own noise, and nu comes from the floored parts', () => {
    // The arm's seed means agree by luck, the control's do not.
    const arm = [
      [1, 0, 0, 1],
      [0, 1, 1, 0],
      [1, 1, 0, 0],
    ]
    const control = [
      [1, 0, 0, 0],
      [1, 1, 0, 1],
      [0, 1, 0, 1],
    ]
    const a = twoWay(toRows(arm), null)
    const b = twoWay(toRows(control), null)
    const va = (0.1 * a.msResidual) / 12
    const vb = b.msSeed / 12
    const found = unpairedVariance(a, b, 0)
    expect(a.msSeed).toBe(0)
    expect(found.floored).toBe(true)
    near(found.seedVariance, va + vb)
    near(found.degreesOfFreedom, (va + vb) ** 2 / (va ** 2 / 2 + vb ** 2 / 2))
  })

  test('nu is S_a + S_b − 2 where no part has any spread', () => {
    const found = unpaired(
      [
        [1, 0],
        [1, 0],
        [1, 0],
      ],
      [
        [0, 0],
        [0, 0],
      ],
    )
    expect(found.seedVariance).toBe(0)
    expect(found.degreesOfFreedom).toBe(3)
  })

  test('the numbers of seeds may differ', () => {
    fc.assert(
      fc.property(designs, ({ arm, fewer }) => {
        const found = unpaired(arm, fewer)
        expect(found.seedVariance).toBeGreaterThanOrEqual(0)
        expect(found.exampleVariance).toBeGreaterThanOrEqual(0)
        expect(found.degreesOfFreedom).toBeGreaterThanOrEqual(Math.min(arm.length, 2) - 1 - 1e-9)
        expect(found.degreesOfFreedom).toBeLessThanOrEqual(arm.length + fewer.length - 2 + 1e-9)
      }),
    )
  })

  test('arms on other examples are refused', () => {
    expect(() =>
      unpaired(
        [
          [1, 0],
          [0, 1],
        ],
        [
          [1, 0, 1],
          [0, 1, 1],
        ],
      ),
    ).toThrow(/2 examples in the arm, 3/)
  })
})
