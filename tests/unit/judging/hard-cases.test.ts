import { describe, expect, test } from 'vitest'
import type { SaidComparison } from '../../../core/wording/say-comparison.ts'
import { createRandom } from '../../../core/random/create-random.ts'
import { seedOf } from '../../../core/random/seed-of.ts'
import type { JudgedArm, JudgeInput } from '../../../core/judging/question.ts'
import { readWhere } from '../../../core/judging/read-where.ts'
import { classifier, finishedArm, golden, input, near, table } from '../../support/designs.ts'
import { saidPrimary, saidProblem, saidTeacher } from '../../support/said.ts'

const only = (changes: Partial<JudgeInput>): SaidComparison => {
  const [one] = saidPrimary(input(changes))
  if (one === undefined) throw new Error('no comparison')
  return one
}

describe('few examples, unequal seeds, groups, one seed', () => {
  test.each(golden.cases)('$name: the figures are those of the reference', (given) => {
    const { alpha, M, paired, control, method, groups, expected } = given
    const seeds = Math.max(control.length, method.length)
    const scores = [...control, ...method].flat()
    const found = only({
      metric: 'nll',
      range: scores.every((score) => score >= 0 && score <= 1) ? 1 : 0,
      alpha,
      corrected: M,
      paired,
      plannedSeeds: Array.from({ length: seeds }, (_, s) => s + 1),
      ...(groups === null ? {} : { groups }),
      control: {
        ...finishedArm('control', 'Control', control),
        ...(paired ? {} : { plannedSeeds: control.map((_, s) => s + 1) }),
      },
      arms: [
        {
          ...finishedArm('m', 'M', method),
          ...(paired ? {} : { plannedSeeds: method.map((_, s) => s + 1) }),
        },
      ],
    })
    near(found.estimate, expected.estimate, 1e-12)
    near(found.exampleVariance, expected.exampleVariance, 1e-12)
    if (expected.seedVariance === null) expect(found.seedVariance).toBeNull()
    else near(found.seedVariance, expected.seedVariance, 1e-12)
    if (expected.degreesOfFreedom === null) expect(found.degreesOfFreedom).toBeNull()
    else near(found.degreesOfFreedom, expected.degreesOfFreedom, 1e-9)
    expected.individual.forEach((end, k) => near(found.individual?.[k] ?? null, end, 1e-9))
    expected.simultaneous.forEach((end, k) => near(found.simultaneous?.[k] ?? null, end, 1e-9))
  })

  test('two examples have figures and no word, whatever they show', () => {
    const { comparisons } = saidProblem({
      alpha: 0.05,
      margin: 0.1,
      higherIsBetter: true,
      paired: true,
      control: table(3, 2, () => 0),
      methods: {
        m: [
          [1, 0.9],
          [1, 0.8],
          [1, 0.9],
        ],
      },
    })
    expect(comparisons[0]?.word).toBeNull()
    expect(comparisons[0]?.reason).toBe('2 test examples cannot stand for more')
    expect(comparisons[0]?.simultaneous).not.toBeNull()
  })

  test('nine examples or groups have no word, ten may have one', () => {
    const of = (examples: number, groups?: number[]): SaidComparison =>
      only({
        metric: 'nll',
        ...(groups === undefined ? {} : { groups }),
        control: finishedArm(
          'scratch',
          'Control',
          table(5, examples, (s, i) => Math.sin(i + s)),
        ),
        arms: [
          finishedArm(
            'soft',
            'Soft targets',
            table(5, examples, (s, i) => 5 + Math.sin(i + 2 * s)),
          ),
        ],
      })
    expect(of(9).reason).toBe('9 test examples cannot stand for more')
    expect(of(10).word).toBe('helped')
    const groups = Array.from({ length: 40 }, (_, i) => i % 9)
    expect(of(40, groups).reason).toBe('9 groups of test examples cannot stand for more')
    const teacher = Float64Array.from({ length: 9 }, (_, i) => Math.sin(i))
    const [beside] = saidTeacher({
      ...input({
        metric: 'nll',
        control: finishedArm(
          'scratch',
          'Control',
          table(5, 9, () => 0),
        ),
        arms: [
          finishedArm(
            'soft',
            'Soft targets',
            table(5, 9, (s, i) => s + i),
          ),
        ],
      }),
      teachers: [teacher],
    })
    expect(beside?.reason).toBe('9 test examples cannot stand for more')
  })

  test('true and false count as 1 and 0', () => {
    const rows = (right: (s: number, i: number) => boolean): number[][] =>
      // The command line reads what a file holds: the statistics see it as it is.
      Array.from({ length: 5 }, (_, s) => Array.from({ length: 40 }, (__, i) => right(s, i))) as never
    const problem = { alpha: 0.05, margin: 0.1, higherIsBetter: true, paired: true }
    const spoken = saidProblem({
      ...problem,
      control: rows((s, i) => (i + s) % 4 === 0),
      methods: { m: rows((s, i) => (i + s) % 4 > 0) },
    })
    const counted = saidProblem({
      ...problem,
      control: table(5, 40, (s, i) => Number((i + s) % 4 === 0)),
      methods: { m: table(5, 40, (s, i) => Number((i + s) % 4 > 0)) },
    })
    expect(spoken).toEqual(counted)
    expect(spoken.comparisons[0]?.word).toBe('helped')
  })

  test('scores of 0 and 100 with a margin below 1 get a remark', () => {
    const hundred = (rows: number[][]): number[][] => rows.map((row) => row.map((x) => 100 * x))
    const of = (margin: number): string =>
      saidProblem({
        alpha: 0.05,
        margin,
        higherIsBetter: true,
        paired: true,
        control: hundred(classifier(5, 80, 60, 0)),
        methods: { m: hundred(classifier(5, 80, 70, 3)) },
      }).comparisons[0]?.note ?? ''
    expect(of(0.01)).toContain('the scores are 0 and 100, of which the margin is 0.01')
    expect(of(1)).not.toContain('of which the margin')
  })

  test('an arm or a teacher in another unit than the control gets a remark', () => {
    const [control, arm] = [classifier(5, 80, 60, 0), classifier(5, 80, 70, 3)]
    const hundred = (row: number[]): number[] => row.map((x) => 100 * x)
    const base = { alpha: 0.05, margin: 0.01, higherIsBetter: true, paired: true, control }
    const notes = (methods: Record<string, number[][]>, teacher?: number[]): (string | null)[] =>
      saidProblem({ ...base, methods, ...(teacher === undefined ? {} : { teacher }) }).comparisons.map(
        ({ note }) => note,
      )
    expect(notes({ kd: arm.map(hundred), plain: arm })).toEqual([
      expect.stringContaining(
        'the scores of the control lie from 0 to 1, those of kd reach 100: are they in one unit?',
      ),
      null,
    ])
    expect(notes({ kd: arm }, hundred(arm[0] ?? []))[0]).toContain('those of the teacher reach 100')
    expect(notes({ kd: arm }, arm[0])).toEqual([null])
  })

  test.each([
    [0, 100],
    [-1, 1],
    [-100, 0],
  ])('scores of %d and %d have the word of right and wrong', (low, high) => {
    const scale = high - low
    const scaled = (rows: number[][]): number[][] => rows.map((row) => row.map((x) => low + scale * x))
    const control = classifier(5, 80, 60, 0)
    // Networks that answer alike on the few examples that there are.
    const alike = { alpha: 0.05, higherIsBetter: true, paired: true }
    const plain = saidProblem({ ...alike, margin: 0.03, control, methods: { m: control } })
    const other = saidProblem({
      ...alike,
      margin: 0.03 * scale,
      control: scaled(control),
      methods: { m: scaled(control) },
    })
    const [one, two] = [plain.comparisons[0], other.comparisons[0]]
    expect(one?.word).toBe('inconclusive')
    expect(two?.word).toBe('inconclusive')
    expect(two?.simultaneous?.[1]).toBeCloseTo(scale * (one?.simultaneous?.[1] ?? 0), 9)
  })
})

describe('a rare kind of example on which a student always fails', () => {
  /** Of 100 examples 3 % on average are of the kind: the true difference is −3 points, the margin as large. */
  const falseWords = (examples: number, rate: number, margin: number): number => {
    const random = createRandom(seedOf('rare failures', `${examples}`))
    const experiments = 1000
    let wrong = 0
    for (let k = 0; k < experiments; k++) {
      const rare = Float64Array.from({ length: examples }, () => (random.nextFloat() < rate ? 1 : 0))
      const right = (failing: boolean): number[][] =>
        table(5, examples, (_, i) => (failing && rare[i] === 1 ? 0 : 1))
      const [found] = saidPrimary(
        input({
          margin,
          control: finishedArm('scratch', 'Control', right(false)),
          arms: [finishedArm('soft', 'Soft targets', right(true))],
        }),
      )
      if (found?.word === 'no practical difference') wrong++
    }
    return wrong / experiments
  }

  test('is not passed over as no practical difference', () => {
    expect(falseWords(300, 0.01, 0.01)).toBeLessThanOrEqual(0.035)
    expect(falseWords(100, 0.03, 0.03)).toBeLessThanOrEqual(0.035)
  })
})

describe('a control that learnt nothing', () => {
  const even = (S: number): JudgedArm['seeds'] =>
    Array.from({ length: S }, (_, s) => ({
      seed: s + 1,
      state: 'diverged' as const,
      scores: new Float64Array(200).fill(0.1),
    }))
  const control: JudgedArm = { id: 'scratch', label: 'Control', seeds: even(5) }
  const reason = 'every run of the control diverged: nothing was learnt, so nothing can be compared'

  test('takes the word from every family, with that reason, and leaves the figures', () => {
    const found = only({ control })
    expect([found.word, found.reason]).toEqual([null, reason])
    expect(found.estimate).toBeGreaterThan(0.5)
    const readAt = readWhere([found])
    expect(only({ control, family: 'nll', metric: 'nll', readAt }).reason).toBe(reason)
    const [beside] = saidTeacher({
      ...input({ control, readAt }),
      teachers: [Float64Array.from(classifier(1, 200, 95, 3)[0] ?? [])],
    })
    expect([beside?.word, beside?.reason]).toEqual([null, `the primary question has no word (${reason})`])
  })

  test('is another thing than an arm that diverged beside a control that trained', () => {
    const found = only({ arms: [{ id: 'soft', label: 'Soft targets', seeds: even(5) }] })
    expect(found.word).toBe('hurt')
    expect(found.note).toContain('diverged: seeds 1, 2, 3, 4 and 5')
  })

  test('is not one of which a seed trained', () => {
    const [first, ...rest] = even(5)
    const trained = finishedArm('scratch', 'Control', classifier(5, 200, 80, 0)).seeds[0]
    expect(first).toBeDefined()
    expect(
      only({ control: { ...control, seeds: [...(trained ? [trained] : []), ...rest] } }).word,
    ).not.toBeNull()
  })
})

describe('an experiment that is cancelled during its second look', () => {
  const clear = finishedArm('clear', 'Clear', classifier(10, 200, 95, 1))
  const open = finishedArm('open', 'Open', classifier(10, 200, 81, 2))
  const control = finishedArm('scratch', 'Control', classifier(10, 200, 80, 0))
  const looks = [
    { seeds: 5, alpha: 0.02 },
    { seeds: 10, alpha: 0.03 },
  ]
  /** Seeds 6 to 10 had begun; of arm `open` seed 2 was lost through a fault. */
  const cut = (arm: JudgedArm, from: number): JudgedArm => ({
    ...arm,
    seeds: arm.seeds.map((one) => (one.seed >= from ? { seed: one.seed, state: 'stopped' as const } : one)),
  })
  const withFault = (arm: JudgedArm): JudgedArm => ({
    ...arm,
    seeds: arm.seeds.map((one) =>
      one.seed === 2 ? { seed: 2, state: 'missing' as const, why: 'lost' } : one,
    ),
  })

  test('leaves the words of the look before, also where a seed of another arm had failed', () => {
    const plannedSeeds = Array.from({ length: 10 }, (_, s) => s + 1)
    const given = {
      plannedSeeds,
      looks,
      looksTaken: 1,
      looksLaunched: 2,
      corrected: 2,
      stopped: true,
      control: cut(control, 8),
      arms: [{ ...clear, seeds: clear.seeds.slice(0, 5) }, cut(withFault(open), 8)],
    }
    const found = saidPrimary(input(given))
    expect(found.map(({ arm, word }) => [arm, word])).toEqual([
      ['clear', 'helped'],
      ['open', null],
    ])
    expect(found[1]?.reason).toBe('stopped at 6 of 10 planned seeds')
  })
})
