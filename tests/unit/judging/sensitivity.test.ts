import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SaidComparison } from '../../../core/wording/say-comparison.ts'
import type { Sensitivity } from '../../../core/judging/comparison.ts'
import type { JudgedArm, JudgeInput } from '../../../core/judging/question.ts'
import { twoWay } from '../../../core/mathematics/two-way.ts'
import { withoutRow } from '../../../core/mathematics/without-row.ts'
import {
  classifier,
  finishedArm,
  goldenInput,
  input,
  near,
  replace,
  table,
  toRows,
} from '../../support/designs.ts'
import { leaveOneOutText } from '../../../core/wording/sensitivity-text.ts'
import { saidPrimary } from '../../support/said.ts'

const eight = [1, 2, 3, 4, 5, 6, 7, 8]

const judgeOne = (changes: Partial<JudgeInput> = {}): SaidComparison => {
  const [only] = saidPrimary(
    input({
      plannedSeeds: eight,
      control: finishedArm('scratch', 'Control', classifier(8, 200, 80, 0)),
      arms: [finishedArm('soft', 'Soft targets', classifier(8, 200, 90, 1))],
      ...changes,
    }),
  )
  if (only === undefined) throw new Error('no comparison')
  return only
}

const leftOutText = (found: SaidComparison): string => leaveOneOutText({ ...found, ...sensitivity(found) })

const sensitivity = (found: SaidComparison | undefined): Sensitivity => {
  if (found?.sensitivity === undefined) throw new Error('no sensitivity')
  return found.sensitivity
}

const firstSeeds = (arm: JudgedArm, n: number): JudgedArm => ({ ...arm, seeds: arm.seeds.slice(0, n) })
const { control, arms } = input({
  control: finishedArm('scratch', 'Control', classifier(8, 200, 80, 0)),
  arms: [finishedArm('soft', 'Soft targets', classifier(8, 200, 90, 1))],
})
const soft = arms[0] ?? control

/** A design without the seed: what a person would do to see whether the word hangs on it. */
const judgedWithout = (whole: JudgeInput, seed: number): SaidComparison[] => {
  const less = (arm: JudgedArm): JudgedArm => ({
    ...arm,
    seeds: arm.seeds.filter((one) => one.seed !== seed),
  })
  return saidPrimary({
    ...whole,
    plannedSeeds: whole.plannedSeeds.filter((one) => one !== seed),
    control: less(whole.control),
    arms: whole.arms.map(less),
  })
}

const score = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: -1, max: 1, noNaN: true }))
const rowsOf = (S: number, N: number): fc.Arbitrary<number[][]> =>
  fc.array(fc.array(score, { minLength: N, maxLength: N }), { minLength: S, maxLength: S })

describe('withoutRow', () => {
  test('it is the layout of the other rows', () => {
    const tables = fc
      .tuple(fc.integer({ min: 3, max: 7 }), fc.integer({ min: 2, max: 12 }))
      .chain(([S, N]) => fc.tuple(rowsOf(S, N), fc.integer({ min: 0, max: S - 1 })))
    fc.assert(
      fc.property(tables, ([values, k]) => {
        const rows = toRows(values)
        const found = withoutRow(twoWay(rows, null), k, rows[k] ?? new Float64Array())
        const direct = twoWay(
          rows.filter((_, s) => s !== k),
          null,
        )
        expect(found.seeds).toBe(direct.seeds)
        near(found.mean, direct.mean)
        near(found.msSeed, direct.msSeed)
        near(found.msExample, direct.msExample)
        near(found.msResidual, direct.msResidual)
        direct.columnMeans.forEach((mean, i) => near(found.columnMeans[i] ?? null, mean))
        expect(found.rowMeans).toEqual(twoWay(rows, null).rowMeans.filter((_, s) => s !== k))
      }),
    )
  })

  test('it refuses a table of two rows and a row that is not there', () => {
    const rows = toRows(classifier(3, 20, 80, 0))
    expect(() => withoutRow(twoWay(rows.slice(1), null), 0, new Float64Array(20))).toThrow(/2 seeds/)
    expect(() => withoutRow(twoWay(rows, null), 3, new Float64Array(20))).toThrow(/row 3 of 3/)
  })
})

describe('the word without a seed', () => {
  test('is the word of the same experiment without it', () => {
    const designs = fc.tuple(
      rowsOf(7, 10),
      rowsOf(7, 10),
      fc.constantFrom(0, 0.3, 0.6, -0.6),
      fc.boolean(),
      fc.double({ min: 0.1, max: 1.5, noNaN: true }),
    )
    fc.assert(
      fc.property(designs, ([a, b, shift, paired, margin]) => {
        const whole: JudgeInput = {
          ...input({ metric: 'nll', margin, paired, corrected: 2, plannedSeeds: eight.slice(0, 7) }),
          control: finishedArm('scratch', 'Control', b),
          arms: [
            finishedArm(
              'soft',
              'Soft targets',
              a.map((row) => row.map((x) => x + shift)),
            ),
          ],
        }
        const leftOut = sensitivity(saidPrimary(whole)[0]).leaveOneOut ?? []
        expect(leftOut.map(({ seed }) => seed)).toEqual(whole.plannedSeeds)
        for (const { seed, word } of leftOut) {
          const [direct] = judgedWithout(whole, seed)
          const ends = direct?.simultaneous ?? []
          // Rounding may move an end that lies on a mark.
          if (ends.some((end) => [0, margin, -margin].some((mark) => Math.abs(end - mark) < 1e-9))) continue
          expect(word).toBe(direct?.word)
        }
      }),
    )
  })

  test('stays where no seed matters', () => {
    expect(judgeOne().word).toBe('helped')
    expect(leftOutText(judgeOne())).toBe('The word stays when any one seed is left out.')
  })

  test('is named where one seed carries it', () => {
    // Seven seeds that lie together, one far off: with it the spread is too wide for a word.
    const base = table(8, 40, () => 0)
    const outlier = table(8, 40, (s, i) => (s === 2 ? -0.6 : 0.1 + s * 0.001) + (i % 2) * 0.001 * (s % 2))
    const found = judgeOne({
      metric: 'nll',
      margin: 0.01,
      control: finishedArm('scratch', 'Control', base),
      arms: [finishedArm('soft', 'Soft targets', outlier)],
    })
    expect(found.word).toBe('inconclusive')
    expect(leftOutText(found)).toBe('Without seed 3 the word would be helped.')
    expect(sensitivity(found).leaveOneOut?.filter(({ word }) => word === 'helped')).toEqual([
      { seed: 3, word: 'helped' },
    ])
  })

  test('is not asked with five seeds or without a word', () => {
    const five = judgeOne({
      plannedSeeds: eight.slice(0, 5),
      control: firstSeeds(control, 5),
      arms: [firstSeeds(soft, 5)],
    })
    expect(five.word).toBe('helped')
    expect(sensitivity(five).leaveOneOut).toBeNull()
    expect(leftOutText(five)).toBe('Asked from 6 seeds on.')
    const provisional = judgeOne({ arms: [replace(soft, { seed: 8, state: 'pending' })] })
    expect(sensitivity(provisional).leaveOneOut).toBeNull()
    expect(leftOutText(provisional)).toBe('No word: provisional, 7 of 8 seeds.')
    expect(sensitivity(provisional).p).toBeLessThan(0.05)
    expect(sensitivity(provisional).signFlip).toBe(2 ** -6)
  })

  test('takes the seed from each unpaired arm that has it', () => {
    const found = judgeOne({
      paired: false,
      control: replace(control, { seed: 2, state: 'missing', why: 'out-of-memory' }),
    })
    expect(sensitivity(found).leaveOneOut?.map(({ seed }) => seed)).toEqual(eight)
  })
})

describe('the lines beside a comparison', () => {
  test('there are none before an interval', () => {
    expect(judgeOne({ arms: [{ ...soft, seeds: [] }] }).sensitivity).toBeUndefined()
  })

  test('p is at most alpha over M exactly where the joint interval excludes 0', () => {
    const found = saidPrimary(goldenInput())
    for (const comparison of found) {
      const [low, high] = comparison.simultaneous ?? [0, 0]
      expect((sensitivity(comparison).p ?? 1) < 0.05 / 3).toBe(low > 0 || high < 0)
    }
  })

  test('Holm counts over M, and what is missing counts as 1', () => {
    const whole = saidPrimary(goldenInput()).map((one) => sensitivity(one))
    const [p0, p1, p2] = whole.map(({ p }) => p ?? Number.NaN)
    near(whole[2]?.holm ?? null, 3 * (p2 ?? 0))
    near(whole[1]?.holm ?? null, 2 * (p1 ?? 0))
    near(whole[0]?.holm ?? null, p0 ?? 0)
    const lacking = goldenInput()
    const last = saidPrimary({ ...lacking, corrected: 5, arms: lacking.arms.slice(2) })
    near(sensitivity(last[0]).holm, 5 * (p2 ?? 0))
  })

  test('figures on the way count as 1 for what is decided', () => {
    const whole = goldenInput()
    const [first, second, third] = whole.arms
    if (first === undefined || second === undefined || third === undefined) throw new Error('three arms')
    const found = saidPrimary({
      ...whole,
      arms: [first, second, replace(third, { seed: 5, state: 'pending' })],
    })
    expect(found[2]?.word).toBeNull()
    // Not 2 p: the smaller p of the third does not come before it.
    near(sensitivity(found[1]).holm, 3 * (sensitivity(found[1]).p ?? 0))
    near(sensitivity(found[2]).holm, Math.min(1, 3 * (sensitivity(found[2]).p ?? 0)))
  })

  test('one seed has the p of t over the examples and no sign-flip p', () => {
    const found = judgeOne({
      plannedSeeds: [1],
      control: firstSeeds(control, 1),
      arms: [firstSeeds(soft, 1)],
    })
    const { p, signFlip, noSignFlip, pairs } = sensitivity(found)
    near((found.estimate ?? 0) / Math.sqrt(found.exampleVariance ?? Number.NaN), 4.25527558880382)
    // SciPy: 2 stats.t.sf(4.25527558880382, 199)
    near(p, 3.213475609140566e-5, 1e-12)
    expect(signFlip).toBeNull()
    expect(noSignFlip).toEqual({ why: 'too-few-seeds', seeds: 1 })
    expect(pairs).toBe(1)
  })

  test('the sign-flip p says why it is not there', () => {
    expect(sensitivity(judgeOne()).signFlip).toBe(2 ** -7)
    expect(sensitivity(judgeOne()).noSignFlip).toBeNull()
    expect(sensitivity(judgeOne({ paired: false })).noSignFlip).toEqual({ why: 'unpaired' })
    const five = judgeOne({
      plannedSeeds: eight.slice(0, 5),
      control: firstSeeds(control, 5),
      arms: [firstSeeds(soft, 5)],
    })
    expect(sensitivity(five).noSignFlip).toEqual({ why: 'too-few-seeds', seeds: 5 })
    const many = Array.from({ length: 21 }, (_, s) => s + 1)
    const large = judgeOne({
      plannedSeeds: many,
      control: finishedArm('scratch', 'Control', classifier(21, 100, 80, 0)),
      arms: [finishedArm('soft', 'Soft targets', classifier(21, 100, 90, 1))],
    })
    expect(sensitivity(large).noSignFlip).toEqual({ why: 'too-many-seeds', seeds: 21 })
  })

  test('identical predictions have p 1, half of the pairs and a word that stays', () => {
    const alike = classifier(8, 200, 80, 0).map((_, __, all) => all[0] ?? [])
    const found = judgeOne({
      control: finishedArm('scratch', 'Control', alike),
      arms: [finishedArm('soft', 'Soft targets', alike)],
    })
    expect(sensitivity(found)).toMatchObject({ p: 1, holm: 1, nextRunBeats: 0.5, pairs: 64, signFlip: 1 })
    expect(leftOutText(found)).toBe('The word stays when any one seed is left out.')
  })

  test('a difference that never varies has no p', () => {
    const moved = classifier(8, 200, 80, 0).map((row) => row.map((x) => x + 0.1))
    const found = judgeOne({ metric: 'nll', arms: [finishedArm('soft', 'Soft targets', moved)] })
    expect(sensitivity(found)).toMatchObject({ p: null, holm: null, leaveOneOut: null })
  })

  test('the order of the seeds changes nothing', () => {
    fc.assert(
      fc.property(rowsOf(6, 8), rowsOf(6, 8), fc.boolean(), (a, b, paired) => {
        const judge = (x: number[][], y: number[][]): Sensitivity =>
          sensitivity(
            judgeOne({
              metric: 'nll',
              paired,
              plannedSeeds: eight.slice(0, 6),
              control: finishedArm('scratch', 'Control', y),
              arms: [finishedArm('soft', 'Soft targets', x)],
            }),
          )
        const there = judge(a, b)
        const back = judge(a.toReversed(), b.toReversed())
        near(back.p, there.p ?? Number.NaN, 1e-8)
        expect(back.signFlip).toBe(there.signFlip)
        expect(back.nextRunBeats).toBe(there.nextRunBeats)
        const sorted = (one: Sensitivity): string[] => (one.leaveOneOut ?? []).map((x) => String(x.word))
        expect(sorted(back).sort()).toEqual(sorted(there).sort())
      }),
    )
  })
})
