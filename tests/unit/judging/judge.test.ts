import type { WhyMissing } from '../../../core/judging/no-word.ts'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { Comparison } from '../../../core/contracts/verdict.ts'
import type { SaidComparison } from '../../../core/wording/say-comparison.ts'
import type { JudgedArm, JudgeInput, SeedResult } from '../../../core/judging/question.ts'
import {
  classifier,
  control,
  finishedArm,
  golden,
  goldenInput,
  input,
  replace,
  soft,
  table,
} from '../../support/designs.ts'
import { saidPrimary } from '../../support/said.ts'

const judgeOne = (changes: Partial<JudgeInput> = {}): SaidComparison => {
  const [only] = saidPrimary(input(changes))
  if (only === undefined) throw new Error('no comparison')
  return only
}

describe('saidPrimary', () => {
  test('the worked example has its reference figures and words', () => {
    const found = saidPrimary(goldenInput())
    golden.expected.forEach((expected, m) => {
      const comparison = found[m]
      expect(comparison?.estimate).toBeCloseTo(expected.paired.delta, 12)
      expect(comparison?.simultaneous?.[0]).toBeCloseTo(expected.ci_simultaneous[0], 10)
      expect(comparison?.simultaneous?.[1]).toBeCloseTo(expected.ci_simultaneous[1], 10)
      expect(comparison?.individual?.[0]).toBeCloseTo(expected.ci_95[0], 10)
      expect(comparison?.word).toBe(expected.verdict)
      expect(comparison?.perSeed.map(({ seed }) => seed)).toEqual([1, 2, 3, 4, 5])
      expected.paired.seed_diffs.forEach((difference, s) => {
        expect(comparison?.perSeed[s]?.difference).toBeCloseTo(difference, 12)
      })
      expect(comparison?.note).toBeNull()
      expect(comparison?.reason).toBeNull()
    })
    const unpaired = saidPrimary({ ...goldenInput(), paired: false })
    golden.expected.forEach((expected, m) => {
      expect(unpaired[m]?.seedVariance).toBeCloseTo(expected.unpaired.A, 12)
      expect(unpaired[m]?.exampleVariance).toBeCloseTo(expected.unpaired.C, 12)
      expect(unpaired[m]?.degreesOfFreedom).toBeCloseTo(expected.unpaired.nu, 9)
      expect(unpaired[m]?.paired).toBe(false)
    })
  })

  test('every comparison keeps to its contract', () => {
    // A page's look says more than a document's.
    const contract = z.object(Comparison.shape).omit({ look: true })
    for (const found of [
      judgeOne(),
      judgeOne({ paired: false }),
      judgeOne({ arms: [{ ...soft, seeds: [] }] }),
    ]) {
      expect(contract.safeParse(found).error).toBeUndefined()
    }
  })

  test('a comparison says what it compares and on what', () => {
    expect(judgeOne()).toMatchObject({
      arm: 'soft',
      against: 'scratch',
      family: 'primary',
      metric: 'accuracy',
      paired: true,
      seeds: 5,
      plannedSeeds: 5,
      examples: 200,
      provisional: false,
      word: 'helped',
      reason: null,
      droppedSeeds: [],
      divergedSeeds: [],
    })
  })

  test('pending seeds leave figures and no word', () => {
    const found = judgeOne({
      control: replace(control, { seed: 4, state: 'pending' }),
      arms: [replace(soft, { seed: 5, state: 'pending' })],
    })
    expect(found).toMatchObject({
      word: null,
      reason: 'provisional, 3 of 5 seeds',
      provisional: true,
      seeds: 3,
    })
    expect(found.simultaneous).not.toBeNull()
    expect(found.droppedSeeds).toEqual([])
    expect(found.sentence).toContain('so far')
  })

  test('a planned seed that is not listed counts as pending', () => {
    const found = judgeOne({ arms: [{ ...soft, seeds: soft.seeds.slice(0, 4) }] })
    expect(found.reason).toBe('provisional, 4 of 5 seeds')
  })

  test('no word is read while other arms still run, though all seeds of this one are in', () => {
    const found = judgeOne({ looksTaken: 0 })
    expect(found).toMatchObject({ word: null, provisional: true, seeds: 5 })
    expect(found.reason).toContain('when every arm has ended')
    expect(judgeOne({}).word).not.toBeNull()
  })

  test('before any result there are no figures', () => {
    const found = judgeOne({ arms: [{ ...soft, seeds: [] }] })
    expect(found).toMatchObject({
      estimate: null,
      individual: null,
      simultaneous: null,
      word: null,
      provisional: true,
    })
    expect(found.perSeed).toEqual([])
    expect(found.reason).toBe('provisional, 0 of 5 seeds')
  })

  test('a comparison that was stopped early has no word, one that had all its seeds keeps it', () => {
    const cut = [
      replace(soft, { seed: 5, state: 'pending' }),
      finishedArm('smooth', 'Smoothing', classifier(5, 200, 85, 2)),
    ]
    const found = saidPrimary(input({ stopped: true, arms: cut, corrected: 2 }))
    const [, whole] = saidPrimary(input({ arms: cut, corrected: 2 }))
    expect(found.map((comparison) => comparison.word)).toEqual([null, 'helped'])
    expect(found[0]).toMatchObject({ reason: 'stopped at 4 of 5 planned seeds', provisional: false })
    expect(found[1]).toEqual(whole)
  })

  test('a stop after the last planned result changes nothing', () => {
    expect(judgeOne({ stopped: true })).toEqual(judgeOne())
  })

  test('a run that was ended by hand stops its comparison', () => {
    const found = judgeOne({ arms: [replace(soft, { seed: 2, state: 'stopped' })] })
    expect(found).toMatchObject({ word: null, reason: 'stopped at 4 of 5 planned seeds', seeds: 4 })
  })

  test('one seed compares two networks on the examples alone', () => {
    for (const paired of [true, false]) {
      const found = judgeOne({
        paired,
        plannedSeeds: [1],
        control: { ...control, seeds: control.seeds.slice(0, 1) },
        arms: [{ ...soft, seeds: soft.seeds.slice(0, 1) }],
      })
      expect(found).toMatchObject({ seedVariance: null, degreesOfFreedom: null, word: null })
      expect(found.reason).toBe('one seed compares two trained networks only, not the method')
      const d =
        classifier(1, 200, 90, 1)[0]?.map((x, i) => x - (classifier(1, 200, 80, 0)[0]?.[i] ?? 0)) ?? []
      const mean = d.reduce((sum, x) => sum + x, 0) / 200
      const variance = d.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 199 / 200 + 4 / 200 ** 2
      expect(found.exampleVariance).toBeCloseTo(variance, 12)
      expect(found.individual?.[1]).toBeCloseTo(mean + 1.971956544249395 * Math.sqrt(variance), 12)
    }
  })

  test('two seeds give figures with one degree of freedom and no word', () => {
    const found = judgeOne({
      plannedSeeds: [1, 2],
      control: { ...control, seeds: control.seeds.slice(0, 2) },
      arms: [{ ...soft, seeds: soft.seeds.slice(0, 2) }],
    })
    expect(found).toMatchObject({
      degreesOfFreedom: 1,
      word: null,
      reason: '2 seeds cannot decide',
      qualifier: '2 seeds cannot decide',
    })
    expect(found.seedVariance).not.toBeNull()
  })

  test('a paired design goes on with the common seeds and lists the dropped', () => {
    const found = judgeOne({ control: replace(control, { seed: 2, state: 'missing', why: 'out-of-memory' }) })
    expect(found).toMatchObject({ seeds: 4, degreesOfFreedom: 3, droppedSeeds: [2], word: 'helped' })
    expect(found.perSeed.map(({ seed }) => seed)).toEqual([1, 3, 4, 5])
    expect(found.notes).toEqual([
      { kind: 'dropped', seeds: [{ seed: 2, why: 'out-of-memory', of: 'control' }] },
    ])
  })

  test('an unpaired design uses every seed that each arm has', () => {
    const found = judgeOne({
      paired: false,
      control: replace(control, { seed: 2, state: 'missing', why: 'out-of-memory' }),
    })
    expect(found.seeds).toBe(5)
    expect(found.sentence).toContain('5 seeds against 4 of the control')
  })

  test('more than a fifth of the planned seeds missing gives no verdict', () => {
    const lost = (seed: number, why: WhyMissing): SeedResult => ({ seed, state: 'missing', why })
    const found = judgeOne({ arms: [replace(soft, lost(2, 'out-of-memory'), lost(4, 'disk-full'))] })
    expect(found).toMatchObject({ word: null, seeds: 3, droppedSeeds: [2, 4] })
    expect(found.reason).toBe('2 of 5 planned seeds are missing (it ran out of memory, the disk was full)')
    expect(found.estimate).not.toBeNull()
    const ofControl = judgeOne({
      control: replace(control, lost(1, 'teacher-failed'), lost(2, 'teacher-failed')),
    })
    expect(ofControl.reason).toBe('2 of 5 planned seeds of the control are missing (its teacher failed)')
  })

  const plannedTen = Array.from({ length: 10 }, (_, s) => s + 1)
  const disjoint = (paired: boolean): SaidComparison => {
    const lost = (seed: number, why: WhyMissing): SeedResult => ({ seed, state: 'missing', why })
    return judgeOne({
      paired,
      plannedSeeds: plannedTen,
      control: replace(
        finishedArm('scratch', 'Control', classifier(10, 200, 80, 0)),
        lost(3, 'teacher-failed'),
        lost(4, 'teacher-failed'),
      ),
      arms: [
        replace(
          finishedArm('soft', 'Soft targets', classifier(10, 200, 90, 1)),
          lost(1, 'out-of-memory'),
          lost(2, 'out-of-memory'),
        ),
      ],
    })
  }

  test('a paired design counts a seed as missing when either arm lacks it', () => {
    const found = disjoint(true)
    expect(found).toMatchObject({ word: null, seeds: 6, droppedSeeds: [1, 2, 3, 4] })
    expect(found.noWord).toEqual({
      why: 'seeds-missing',
      of: 'either',
      seeds: 4,
      planned: 10,
      causes: ['out-of-memory', 'teacher-failed'],
    })
  })

  test('an unpaired design counts the missing seeds arm by arm', () => {
    expect(disjoint(false)).toMatchObject({ word: 'helped', seeds: 8 })
  })

  test('networks that answer alike are judged by the interval, and what is known of them is said', () => {
    const alike = (arm: JudgedArm): JudgedArm => ({
      ...arm,
      seeds: arm.seeds.map((one) => ({ ...one, answers: `answers of ${one.seed}` })),
    })
    const same = { ...control, id: 'soft', label: 'Soft targets' }
    for (const paired of [true, false]) {
      // 200 examples leave ±2 points open.
      const wide = judgeOne({ paired, margin: 0.01, arms: [same] })
      expect([wide.word, wide.estimate]).toEqual(['inconclusive', 0])
      expect(wide.note).toContain(
        'equal scores on 200 examples, where a difference of 3/200 would not have shown',
      )
      expect(judgeOne({ paired, margin: 0.2, arms: [same] }).word).toBe('no practical difference')
      const known = judgeOne({ paired, control: alike(control), arms: [alike(same)] })
      expect(known.note).toContain('identical predictions on 200 examples')
    }
  })

  test('identical predictions of two seeds still have no word', () => {
    const two = { ...control, seeds: control.seeds.slice(0, 2) }
    expect(judgeOne({ plannedSeeds: [1, 2], control: two, arms: [{ ...two, id: 'soft' }] }).word).toBeNull()
  })

  test('a difference that never varies is not judged', () => {
    const moved = table(5, 200, (s, i) => (classifier(5, 200, 80, 0)[s]?.[i] ?? 0) + 0.1)
    const found = judgeOne({ metric: 'nll', arms: [finishedArm('soft', 'Soft targets', moved)] })
    expect(found.word).toBeNull()
    expect(found.reason).toBe('every difference is the same number, so chance cannot be judged')
    expect(found.estimate).toBeCloseTo(0.1, 12)
  })

  test('the seed floor is noted where it acts', () => {
    // Every seed gains one example and loses another: no seed mean moves.
    const base = table(4, 40, (_, i) => i % 2)
    const swapped = table(4, 40, (s, i) => (i === 2 * s ? 1 : i === 2 * s + 1 ? 0 : i % 2))
    const found = judgeOne({
      plannedSeeds: [1, 2, 3, 4],
      control: finishedArm('scratch', 'Control', base),
      arms: [finishedArm('soft', 'Soft targets', swapped)],
    })
    expect(found.note).toBe('seed spread floored')
    expect(found.seedVariance).toBeGreaterThan(0)
  })

  test('diverged runs are counted as the even guess and named', () => {
    const guess = new Float64Array(200).fill(0.1)
    const found = judgeOne({
      control: replace(control, { seed: 2, state: 'diverged', scores: guess }),
      arms: [
        replace(
          soft,
          { seed: 4, state: 'diverged', scores: guess },
          { seed: 5, state: 'diverged', scores: guess },
        ),
      ],
    })
    expect(found.divergedSeeds).toEqual([2, 4, 5])
    expect(found.note).toBe('diverged: seeds 4 and 5; control diverged: seed 2')
    expect(found.sentence).toContain('seeds 4 and 5 diverged and count as the even guess')
    expect(found.sentence).toContain('the control diverged at seed 2 and counts there as the even guess')
    expect(found.seeds).toBe(5)
  })

  test('the word is set exactly where the reason is not', () => {
    const cases = [
      judgeOne(),
      judgeOne({ arms: [{ ...soft, seeds: [] }] }),
      judgeOne({ plannedSeeds: [1, 2, 3, 4, 5, 6] }),
    ]
    for (const found of cases) expect(found.word === null).toBe(found.reason !== null)
  })
})
