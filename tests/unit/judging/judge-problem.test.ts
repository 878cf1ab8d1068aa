import { describe, expect, it } from 'vitest'
import type { VerdictProblem } from '../../../core/contracts/verdict-problem.ts'
import { classifier, golden, near, table } from '../../support/designs.ts'
import { planning } from '../../support/golden-planning.ts'
import { saidProblem } from '../../support/said.ts'

const workedExample = (): VerdictProblem => ({
  alpha: golden.alpha,
  margin: golden.margin,
  higherIsBetter: true,
  paired: true,
  control: golden.control,
  methods: Object.fromEntries(golden.methods.map((rows, m) => [`method ${m}`, rows])),
  teacher: planning.teacher,
})

const problem = (over: Partial<VerdictProblem> = {}): VerdictProblem => ({
  alpha: 0.05,
  margin: 0.05,
  higherIsBetter: true,
  paired: true,
  control: classifier(5, 80, 60, 0),
  methods: { kd: classifier(5, 80, 70, 3) },
  ...over,
})

const only = (given: VerdictProblem) => {
  const { comparisons } = saidProblem(given)
  const [comparison] = comparisons
  if (comparison === undefined) throw new Error('no comparison')
  return comparison
}

describe('saidProblem on the worked example', () => {
  const { comparisons } = saidProblem(workedExample())

  it.each(golden.expected.map((expected, m) => ({ expected, m })))(
    'gives the reference figures of method $m',
    ({ expected, m }) => {
      const found = comparisons[m]
      expect(found).toMatchObject({ arm: `method ${m}`, paired: true, word: expected.verdict, reason: null })
      near(found?.estimate ?? null, expected.paired.delta)
      near(found?.seedVariance ?? null, expected.paired.A)
      near(found?.exampleVariance ?? null, expected.paired.C)
      expect(found?.degreesOfFreedom).toBe(expected.paired.nu)
      for (const end of [0, 1] as const) {
        near(found?.individual?.[end] ?? null, expected.ci_95[end])
        near(found?.simultaneous?.[end] ?? null, expected.ci_simultaneous[end])
      }
      near(found?.p ?? null, expected.p)
    },
  )

  it.each(planning.expected.map((expected, m) => ({ expected, m })))(
    'gives the reference plan, teacher and gap of method $m',
    ({ expected, m }) => {
      const found = comparisons[m]
      expect(found?.seeds.needed).toBe(expected.seeds_needed_for_rope.S)
      expect(found?.seeds.neededUpper).toBe(expected.seeds_needed_sd80.S)
      near(found?.seeds.sd ?? null, expected.sd)
      near(found?.seeds.sdUpper ?? null, expected.sd80, 1e-6)
      near(found?.seeds.testSetFactor ?? null, expected.seeds_needed_for_rope.N_factor, 1e-6)
      near(found?.seeds.powerAtMargin ?? null, expected.power_at_rope, 1e-6)
      near(found?.teacher?.estimate ?? null, expected.vs_teacher.delta)
      near(found?.teacher?.simultaneous?.[0] ?? null, expected.vs_teacher.lower)
      near(found?.teacher?.simultaneous?.[1] ?? null, expected.vs_teacher.upper)
      near(found?.gapRecovered?.estimate ?? null, expected.gap_recovered.ratio)
      near(found?.gapRecovered?.interval?.[0] ?? null, expected.gap_recovered.lo)
      near(found?.gapRecovered?.interval?.[1] ?? null, expected.gap_recovered.hi)
      expect(found?.teacher).not.toHaveProperty('reason')
      expect(found?.gapRecovered).not.toHaveProperty('reason')
    },
  )

  it('adjusts p by Holm over the three methods', () => {
    const ps = golden.expected.map(({ p }) => p)
    const sorted = [...ps].sort((a, b) => a - b)
    near(comparisons[2]?.holmP ?? null, 3 * (sorted[0] ?? NaN))
    near(comparisons[1]?.holmP ?? null, 2 * (sorted[1] ?? NaN))
    near(comparisons[0]?.holmP ?? null, sorted[2] ?? NaN)
  })

  it('obeys `paired`: the unpaired figures differ and are the reference ones', () => {
    const unpaired = saidProblem({ ...workedExample(), paired: false }).comparisons
    for (const [m, { unpaired: expected }] of golden.expected.entries()) {
      expect(unpaired[m]?.paired).toBe(false)
      near(unpaired[m]?.seedVariance ?? null, expected.A)
      near(unpaired[m]?.exampleVariance ?? null, expected.C)
      near(unpaired[m]?.degreesOfFreedom ?? null, expected.nu)
      near(unpaired[m]?.simultaneous?.[0] ?? null, expected.ci_simultaneous[0])
    }
  })
})

describe('saidProblem', () => {
  it('speaks of the score', () => {
    expect(only(problem()).sentence).toMatch(/the score/)
  })

  it('turns losses into improvements, those of the teacher too', () => {
    // The error in place of the accuracy: the bounds are those of the scores as they are given.
    const errors = (rows: ArrayLike<number>[]): number[][] =>
      rows.map((row) => Array.from(row, (score) => 1 - score))
    const teacher = classifier(1, 80, 90, 1)[0] ?? []
    const higher = problem({ teacher })
    const lower = problem({
      higherIsBetter: false,
      control: errors(higher.control),
      methods: { kd: errors(higher.methods.kd ?? []) },
      teacher: teacher.map((score) => 1 - score),
    })
    // 1 − y and y differ in the last digit.
    const rounded = (found: unknown): unknown =>
      JSON.parse(
        JSON.stringify(found, (_, x: unknown) => (typeof x === 'number' ? Number(x.toFixed(10)) : x)),
      )
    expect(rounded(saidProblem(lower))).toEqual(rounded(saidProblem(higher)))
  })

  it('leaves out what needs a teacher where none is given', () => {
    expect(Object.keys(only(problem()))).not.toContain('teacher')
    expect(Object.keys(only(problem()))).not.toContain('gapRecovered')
  })

  it('has figures of the examples and no word with one seed', () => {
    const found = only(
      problem({
        control: classifier(1, 80, 60, 0),
        methods: { kd: classifier(1, 80, 70, 3) },
        teacher: classifier(1, 80, 90, 1)[0] ?? [],
      }),
    )
    expect(found).toMatchObject({ seedVariance: null, degreesOfFreedom: null, word: null })
    expect(found.reason).toBe('one seed compares two trained networks only, not the method')
    expect(found.simultaneous).not.toBeNull()
    expect(new Set(Object.values(found.seeds))).toEqual(new Set([null]))
    expect(found.teacher).toMatchObject({ word: null, reason: expect.stringContaining('one seed') })
    expect(found.gapRecovered).toMatchObject({ interval: null, reason: expect.stringContaining('two seeds') })
  })

  it('has figures and no word with two seeds', () => {
    const found = only(
      problem({ control: classifier(2, 80, 60, 0), methods: { kd: classifier(2, 80, 70, 3) } }),
    )
    expect(found).toMatchObject({ word: null, reason: '2 seeds cannot decide' })
    expect(found.simultaneous).not.toBeNull()
    expect(found.holmP).not.toBeNull()
  })

  it('has no word where every difference is the same number', () => {
    const control = table(5, 20, (s, i) => Math.sin(7 * s + i))
    const found = only(
      problem({ control: table(5, 20, () => 1.5), methods: { kd: table(5, 20, () => 1.75) } }),
    )
    expect(found).toMatchObject({ estimate: 0.25, word: null, p: null, holmP: null })
    expect(found.reason).toMatch(/every difference is the same number/)
    const identical = only(problem({ control, methods: { kd: control } }))
    expect(identical).toMatchObject({
      word: 'no practical difference',
      note: 'equal scores on 20 examples',
      p: 1,
    })
  })

  it('compares the common seeds of a paired problem, and none where too many are missing', () => {
    const control = classifier(10, 80, 60, 0)
    const nearly = classifier(10, 80, 70, 3).slice(0, 8)
    const found = only(problem({ control, methods: { kd: nearly } }))
    expect(found.degreesOfFreedom).toBe(7)
    expect(found.word).not.toBeNull()
    expect(found.note).toMatch(/without seeds 9 and 10 \(not given\)/)
    const half = only(problem({ control, methods: { kd: nearly.slice(0, 5) } }))
    expect(half).toMatchObject({ word: null, reason: '5 of 10 planned seeds are missing (not given)' })
    expect(half.estimate).not.toBeNull()
  })

  it('misses nothing in an unpaired problem, whose arms have their own seeds', () => {
    const found = only(
      problem({
        paired: false,
        control: classifier(10, 80, 60, 0),
        methods: { kd: classifier(4, 80, 70, 3) },
      }),
    )
    expect(found.word).not.toBeNull()
    expect(found.note ?? '').not.toMatch(/without/)
  })

  it('remarks that a margin is as wide as the range of the scores, from the range on', () => {
    const remark = 'the margin is as wide as the range of the scores'
    expect(only(problem({ margin: 1 })).note ?? '').toContain(remark)
    expect(only(problem({ margin: 0.99 })).note ?? '').not.toContain(remark)
    const control = classifier(5, 80, 60, 0)
    expect(only(problem({ margin: 1, control, methods: { kd: control } })).note).toBe(
      `equal scores on 80 examples, where a difference of 3/80 would not have shown; ${remark}`,
    )
    const constant = table(5, 20, () => 0.5)
    expect(
      only(problem({ margin: 1, control: constant, methods: { kd: constant } })).note ?? '',
    ).not.toContain(remark)
    const outside = { kd: classifier(5, 80, 70, 3).map((row) => row.map((score) => score + 1)) }
    expect(only(problem({ margin: 1, methods: outside })).note ?? '').not.toContain(remark)
  })

  it('keeps an arm without a seed as a comparison without figures', () => {
    const { comparisons } = saidProblem(problem({ methods: { none: [], kd: classifier(5, 80, 70, 3) } }))
    expect(comparisons[0]).toMatchObject({ arm: 'none', estimate: null, word: null })
    expect(comparisons[1]?.estimate).not.toBeNull()
  })

  it('widens the interval where examples come in groups of like ones', () => {
    const twice = (rows: number[][]): number[][] => rows.map((row) => row.flatMap((score) => [score, score]))
    const alone = problem()
    const doubled = problem({
      control: twice(classifier(5, 80, 60, 0)),
      methods: { kd: twice(classifier(5, 80, 70, 3)) },
      groups: Array.from({ length: 160 }, (_, i) => Math.floor(i / 2)),
    })
    near(only(doubled).exampleVariance, only(alone).exampleVariance ?? NaN, 1e-12)
    near(only(doubled).simultaneous?.[0] ?? null, only(alone).simultaneous?.[0] ?? NaN, 1e-12)
  })

  it.each<[string, Partial<VerdictProblem>, RegExp]>([
    ['alpha of 1', { alpha: 1 }, /^alpha: 1/],
    ['margin of 0', { margin: 0 }, /^margin: 0/],
    ['no method', { methods: {} }, /^methods/],
    ['no seed of the control', { control: [] }, /^control/],
    ['a single example', { control: [[1]], methods: { kd: [[1]] } }, /^control\[0\]: 1 example,/],
    [
      'ragged rows',
      {
        control: [
          [1, 0, 1],
          [1, 0],
        ],
      },
      /^control\[1\]: 2 examples/,
    ],
    ['another number of examples', { methods: { kd: [[1, 0]] } }, /^methods\.kd\[0\]: 2 examples/],
    ['a teacher of another length', { teacher: [1, 0] }, /^teacher: 2 examples/],
    ['groups of another length', { groups: [1, 0] }, /^groups: 2 examples/],
    ['one group', { groups: new Float64Array(80) }, /^groups/],
    ['a NaN', { teacher: new Float64Array(80).fill(NaN) }, /^teacher\[0\]: NaN/],
    ['scores too large', { teacher: new Float64Array(80).fill(1e200) }, /^teacher\[0\]: 1e\+200/],
    [
      'more than 100 methods',
      {
        methods: Object.fromEntries(
          Array.from({ length: 101 }, (_, m) => [`m${m}`, classifier(3, 80, 60, m)]),
        ),
      },
      /^methods: 101/,
    ],
  ])('refuses %s with a RangeError that names the argument', (_, over, message) => {
    const judge = () => saidProblem(problem(over))
    expect(judge).toThrow(RangeError)
    expect(judge).toThrow(message)
  })
})
