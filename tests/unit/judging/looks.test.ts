import { assert, double, integer, property, uniqueArray } from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JudgeInput, SeedResult } from '../../../core/judging/question.ts'
import { spendAlpha } from '../../../core/statistics/tests/spend-alpha.ts'
import { classifier, control, finishedArm, input, table } from '../../support/designs.ts'
import { saidPrimary } from '../../support/said.ts'

/** Scores with a fixed gain and a spread over seeds and examples that never repeats. */
const shifted = (S: number, N: number, gain: number, wobble: number, salt: number): number[][] =>
  table(
    S,
    N,
    (s, i) =>
      Math.sin(i * 12.9898) +
      gain +
      wobble * Math.sin((s + 1) * 7.7 + salt) +
      0.02 * Math.sin(s * 91.7 + i * 3.1 + salt),
  )

const seeds = 10
const looks = [
  { seeds: 5, alpha: 0.02 },
  { seeds: 10, alpha: 0.03 },
]
const arms = {
  clear: finishedArm('clear', 'Clear', shifted(seeds, 60, 0.5, 0.01, 1)),
  open: finishedArm('open', 'Open', shifted(seeds, 60, 0.02, 0.2, 2)),
}

const twoLooks = (changes: Partial<JudgeInput> = {}): JudgeInput =>
  input({
    metric: 'nll',
    margin: 0.05,
    plannedSeeds: Array.from({ length: seeds }, (_, s) => s + 1),
    looks,
    looksTaken: 2,
    looksLaunched: 2,
    continuation: 'on-request',
    corrected: 2,
    control: finishedArm('scratch', 'Control', shifted(seeds, 60, 0, 0.01, 3)),
    arms: [arms.clear, arms.open],
    ...changes,
  })

const upTo = (arm: { seeds: SeedResult[] }, n: number): SeedResult[] => arm.seeds.slice(0, n)

describe('planned looks', () => {
  test('a word that was decided at a look stands, an open arm is read at the next one', () => {
    const found = saidPrimary(twoLooks())
    expect(found.map(({ word, look, open }) => [word, look.index, open])).toEqual([
      ['helped', 0, false],
      ['inconclusive', 1, false],
    ])
    expect(found.map(({ look, plannedSeeds }) => [look.alpha, plannedSeeds])).toEqual([
      [0.02, 5],
      [0.03, 10],
    ])
  })

  test('a damaged seed keeps its arm at the look where it is, decided or not, until it is mended', () => {
    const damaged: SeedResult = { seed: 2, state: 'damaged', why: 'predictions-gone' }
    const broken = (arm: typeof arms.clear) => ({
      ...arm,
      seeds: arm.seeds.map((one) => (one.seed === 2 ? damaged : one)),
    })
    const found = saidPrimary(twoLooks({ arms: [broken(arms.clear), broken(arms.open)] }))
    expect(found.map(({ word, look, open, noWord }) => [word, look.index, open, noWord?.why])).toEqual([
      [null, 0, false, 'damaged'],
      [null, 0, false, 'damaged'],
    ])
  })

  test('a look spends its own alpha: its figures are those of an experiment with these seeds at that level', () => {
    const [decided] = saidPrimary(twoLooks())
    const alone = saidPrimary(
      twoLooks({
        looks: [{ seeds: 5, alpha: 0.02 }],
        looksTaken: 1,
        looksLaunched: 1,
        alpha: 0.02,
        plannedSeeds: [1, 2, 3, 4, 5],
        control: finishedArm('scratch', 'Control', shifted(5, 60, 0, 0.01, 3)),
        arms: [finishedArm('clear', 'Clear', shifted(5, 60, 0.5, 0.01, 1)), arms.open].map((arm) => ({
          ...arm,
          seeds: upTo(arm, 5),
        })),
      }),
    )[0]
    expect(decided?.simultaneous).toEqual(alone?.simultaneous)
    expect(decided?.sentence).toContain('98 % interval at look 1 of 2')
  })

  test('after the first of two looks an undecided arm is inconclusive and open, and nothing is missing', () => {
    const first = saidPrimary(
      twoLooks({
        looksTaken: 1,
        looksLaunched: 1,
        control: { ...twoLooks().control, seeds: upTo(twoLooks().control, 5) },
        arms: twoLooks().arms.map((arm) => ({ ...arm, seeds: upTo(arm, 5) })),
      }),
    )
    expect(first.map(({ word, open, note }) => [word, open, note])).toEqual([
      ['helped', false, null],
      ['inconclusive', true, null],
    ])
  })

  test('while the second look runs, the open arm is provisional and the decided one keeps its word', () => {
    const found = saidPrimary(
      twoLooks({
        looksTaken: 1,
        arms: [
          { ...arms.clear, seeds: upTo(arms.clear, 5) },
          { ...arms.open, seeds: upTo(arms.open, 7) },
        ],
      }),
    )
    expect(found.map(({ word, provisional }) => [word, provisional])).toEqual([
      ['helped', false],
      [null, true],
    ])
    expect(found[1]?.reason).toBe('provisional, 7 of 10 seeds')
    expect(found[1]?.liveBand).not.toBeNull()
  })

  test('stopped during the second look, what was decided at the first stays decided', () => {
    const cut: SeedResult[] = [...upTo(arms.open, 7), { seed: 8, state: 'stopped' }]
    const found = saidPrimary(
      twoLooks({
        stopped: true,
        arms: [
          { ...arms.clear, seeds: upTo(arms.clear, 5) },
          { ...arms.open, seeds: cut },
        ],
      }),
    )
    expect(found.map(({ word, reason }) => [word, reason])).toEqual([
      ['helped', null],
      [null, 'stopped at 7 of 10 planned seeds'],
    ])
  })

  test('until decided, an arm that no number of seeds can decide ends with that remark', () => {
    // Hard examples that the arm and the control get wrong in turn: all chance is that of the test set.
    const noisy = finishedArm(
      'noisy',
      'Noisy',
      table(5, 60, (s, i) => (i % 7) / 7 + 0.001 * Math.sin(s * 5 + i)),
    )
    const other = finishedArm(
      'scratch',
      'Control',
      table(5, 60, (s, i) => ((i * 3) % 7) / 7 + 0.001 * Math.cos(s + i)),
    )
    const given = {
      metric: 'nll' as const,
      margin: 0.05,
      plannedSeeds: Array.from({ length: 10 }, (_, s) => s + 1),
      looks,
      looksTaken: 1,
      looksLaunched: 1,
      control: other,
      arms: [noisy],
    }
    const [untilDecided] = saidPrimary(input({ ...given, continuation: 'until-decided' }))
    expect(untilDecided?.word).toBe('inconclusive')
    expect(untilDecided?.note).toContain('not decidable with this test set')
    expect(untilDecided?.open).toBe(false)
    const [onRequest] = saidPrimary(input({ ...given, continuation: 'on-request' }))
    expect([onRequest?.open, onRequest?.undecidable]).toEqual([true, true])
    expect(onRequest?.note).not.toContain('not decidable')
  })

  test('p counts the looks: it is at most alpha exactly where the interval of its look leaves out 0', () => {
    for (const one of saidPrimary(twoLooks())) {
      const [low, high] = one.individual ?? [0, 0]
      expect((one.sensitivity?.p ?? 1) <= 0.05).toBe(low > 0 || high < 0)
    }
  })

  test('shares of alpha are positive, rise and sum to alpha', () => {
    assert(
      property(
        uniqueArray(integer({ min: 3, max: 100 }), { minLength: 1, maxLength: 20 }),
        double({ min: 0.001, max: 0.5, noNaN: true }),
        (seedCounts, alpha) => {
          const rising = seedCounts.toSorted((a, b) => a - b)
          const shares = spendAlpha(alpha, rising)
          expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(alpha, 12)
          shares.slice(1).forEach((share, k) => expect(share).toBeGreaterThan(shares[k] ?? Infinity))
        },
      ),
    )
  })

  test.each([
    [{ looks: [{ seeds: 5, alpha: 0.02 }] }, 'looks: the last takes 5 of 10 seeds'],
    [{ looks: [looks[1], looks[0]].flatMap((look) => look ?? []) }, 'looks: 10, 5 seeds do not rise'],
    [{ looks: looks.map((look) => ({ ...look, alpha: 0.04 })) }, 'looks spend 0.08 of an alpha of 0.05'],
  ])('%j is refused', (changes, message) => {
    expect(() => saidPrimary(twoLooks(changes))).toThrow(RangeError)
    expect(() => saidPrimary(twoLooks(changes))).toThrow(message)
  })
})

describe('grouped examples', () => {
  const judge = (changes: Partial<JudgeInput>): ReturnType<typeof saidPrimary>[number] | undefined =>
    saidPrimary(input(changes))[0]

  test('groups of one example each change nothing', () => {
    const alone = judge({})
    const grouped = judge({ groups: Array.from({ length: 200 }, (_, i) => i) })
    expect(grouped?.estimate).toBeCloseTo(alone?.estimate ?? Number.NaN, 12)
    expect(grouped?.exampleVariance).toBeCloseTo(alone?.exampleVariance ?? Number.NaN, 15)
    expect(grouped?.word).toBe(alone?.word)
  })

  test('copies of examples that are grouped are worth as much as one example', () => {
    const twice = (rows: number[][]): number[][] => rows.map((row) => [...row, ...row])
    const plain = judge({})
    const copied = judge({
      control: finishedArm('scratch', 'Control', twice(classifier(5, 200, 80, 0))),
      arms: [finishedArm('soft', 'Soft targets', twice(classifier(5, 200, 90, 1)))],
      groups: Array.from({ length: 400 }, (_, i) => i % 200),
    })
    expect(copied?.estimate).toBeCloseTo(plain?.estimate ?? Number.NaN, 12)
    expect(copied?.seedVariance).toBeCloseTo(plain?.seedVariance ?? Number.NaN, 14)
    expect(copied?.exampleVariance).toBeCloseTo(plain?.exampleVariance ?? Number.NaN, 14)
    expect(copied?.sentence).toContain('400 test examples in 200 groups')
  })

  test('groups of another length, and a single group, are refused', () => {
    expect(() => judge({ groups: [1, 2] })).toThrow('groups: 2 for 200 examples')
    expect(() => judge({ groups: Array.from({ length: 200 }, () => 1) })).toThrow(
      'groups: at least 2 are needed',
    )
  })

  test('identical predictions are told from sums that only agree by group', () => {
    const swapped = control.seeds.map((result) =>
      'scores' in result
        ? { ...result, scores: Float64Array.from(result.scores, (_, i) => result.scores[i ^ 1] ?? 0) }
        : result,
    )
    const found = judge({
      arms: [{ id: 'soft', label: 'Soft', seeds: swapped }],
      groups: Array.from({ length: 200 }, (_, i) => i >> 1),
    })
    expect(found?.note ?? '').not.toContain('identical')
  })
})
