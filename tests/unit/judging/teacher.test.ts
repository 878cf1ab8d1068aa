import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { againstTeacher } from '../../../core/statistics/variance/against-teacher.ts'
import { readTeacherWord } from '../../../core/judging/teacher-word.ts'
import { crossedVariance } from '../../../core/statistics/variance/crossed-variance.ts'
import { fieller } from '../../../core/mathematics/fieller.ts'
import { gapRecovered } from '../../../core/statistics/gap/gap-recovered.ts'
import { halfWidth, intervals } from '../../../core/statistics/variance/interval.ts'
import { twoWay } from '../../../core/mathematics/two-way.ts'
import { unpairedVariance } from '../../../core/statistics/variance/unpaired-variance.ts'
import { golden, near, table, toRows } from '../../support/designs.ts'
import { planning } from '../../support/golden-planning.ts'

const teacher = Float64Array.from(planning.teacher)
const control = toRows(golden.control)
const arms = golden.methods.map(toRows)
const alpha = golden.alpha / golden.corrected

const rowsOf = (S: number, N: number): fc.Arbitrary<Float64Array[]> =>
  fc
    .array(fc.array(fc.constantFrom(0, 0, 1, 1, 0.5), { minLength: N, maxLength: N }), {
      minLength: S,
      maxLength: S,
    })
    .map(toRows)

/** A teacher that is right on nearly every example, so that it beats most controls. */
const problems = fc
  .tuple(fc.integer({ min: 3, max: 6 }), fc.integer({ min: 3, max: 6 }), fc.integer({ min: 30, max: 60 }))
  .chain(([S, R, N]) =>
    fc.record({
      arm: rowsOf(S, N),
      same: rowsOf(S, N),
      other: rowsOf(R, N),
      teacher: fc
        .array(fc.constantFrom(1, 1, 1, 0.9), { minLength: N, maxLength: N })
        .map((row) => Float64Array.from(row)),
    }),
  )

describe('fieller', () => {
  test('it gives the reference set', () => {
    const { a, b, va, vb, cab, t, lo, hi } = planning.published.fieller
    const found = fieller({ a, b, vaa: t * t * va, vbb: t * t * vb, vab: t * t * cab })
    expect(found.kind).toBe('interval')
    if (found.kind !== 'interval') return
    near(found.interval[0], lo, 1e-9)
    near(found.interval[1], hi, 1e-9)
  })

  test('a denominator within its own interval of 0 leaves no interval', () => {
    expect(fieller({ a: 1, b: 1, vaa: 0.1, vbb: 1, vab: 0 }).kind).toBe('unbounded')
    expect(fieller({ a: 1, b: 0.9, vaa: 0.1, vbb: 1, vab: 0 }).kind).toBe('unbounded')
  })

  test('without variance the set is the ratio alone', () => {
    expect(fieller({ a: 1, b: 4, vaa: 0, vbb: 0, vab: 0 })).toEqual({
      kind: 'interval',
      interval: [0.25, 0.25],
    })
  })

  test('values that are no covariance matrix may leave nothing', () => {
    expect(fieller({ a: 1, b: 4, vaa: -1, vbb: 0, vab: 0 }).kind).toBe('empty')
    expect(() => fieller({ a: Number.NaN, b: 4, vaa: 0, vbb: 0, vab: 0 })).toThrow(/a NaN/)
  })
})

describe('gapRecovered', () => {
  test('the worked example has its reference ratio and set', () => {
    planning.expected.forEach(({ gap_recovered: { ratio, lo, hi } }, m) => {
      const found = gapRecovered({ arm: arms[m] ?? [], control, teacher, paired: true, range: 1, alpha })
      near(found.estimate, ratio)
      near(found.interval?.[0] ?? null, lo)
      near(found.interval?.[1] ?? null, hi)
      expect(found.none).toBeNull()
    })
  })

  /** |arm − control − R (teacher − control)| less its half width, from the table of that difference itself. */
  const pairedExcess = (
    { arm, same, teacher: top }: { arm: Float64Array[]; same: Float64Array[]; teacher: Float64Array },
    ratio: number,
    level: number,
  ): number => {
    const target = same.map((row) => row.map((c, i) => c + ratio * ((top[i] ?? 0) - c)))
    const parts = crossedVariance(arm, target, 1)
    return Math.abs(parts.estimate) - halfWidth(parts, level)
  }

  test('0 is at the end of the paired interval of the difference at either end of the set, floor included', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const { arm, same, teacher: top } = problem
        const { interval } = gapRecovered({
          arm,
          control: same,
          teacher: top,
          paired: true,
          range: 1,
          alpha: 0.05,
        })
        if (interval === null) return
        const [low, high] = interval
        for (const end of interval) near(pairedExcess(problem, end, 0.05), 0, 1e-7)
        const step = 0.05 + (high - low) / 10
        for (let k = 1; k < 20; k++) {
          expect(pairedExcess(problem, low - k * step, 0.05)).toBeGreaterThan(0)
          expect(pairedExcess(problem, high + k * step, 0.05)).toBeGreaterThan(0)
        }
      }),
    )
  })

  test('where the seed spread is floored, the set is the floored one', () => {
    // Every seed gains as many examples, but others.
    const N = 40
    const base = table(4, N, (_, i) => (i % 5 < 2 ? 1 : 0))
    const arm = table(4, N, (s, i) => (i % 5 < 2 || i % 5 === 2 + (s % 3) ? 1 : 0))
    const problem = { arm: toRows(arm), same: toRows(base), teacher: new Float64Array(N).fill(1) }
    expect(crossedVariance(problem.arm, problem.same, 1).floored).toBe(true)
    const { interval } = gapRecovered({
      ...problem,
      control: problem.same,
      paired: true,
      range: 1,
      alpha: 0.05,
    })
    expect(interval).not.toBeNull()
    for (const end of interval ?? []) near(pairedExcess(problem, end, 0.05), 0, 1e-9)
    expect((interval?.[1] ?? 0) - (interval?.[0] ?? 0)).toBeGreaterThan(0)
  })

  test('unpaired, the ends solve the unpaired interval of the difference with its own degrees of freedom', () => {
    const found = gapRecovered({ arm: arms[1] ?? [], control, teacher, paired: false, range: 1, alpha })
    expect(found.interval).not.toBeNull()
    // At R the control counts (1 − R) times: as an arm of its own it is (1 − R) control + R teacher.
    for (const end of found.interval ?? []) {
      const mixed = control.map((row) => row.map((c, i) => (1 - end) * c + end * (teacher[i] ?? 0)))
      const parts = unpairedVariance(twoWay(arms[1] ?? [], null), twoWay(mixed, null), 1)
      near(Math.abs(parts.estimate) - halfWidth(parts, alpha), 0, 1e-9)
    }
  })

  test('unpaired, everything beyond the ends is excluded, whatever the numbers of seeds', () => {
    fc.assert(
      fc.property(problems, ({ arm, other, teacher: top }) => {
        const { interval, estimate } = gapRecovered({
          arm,
          control: other,
          teacher: top,
          paired: false,
          range: 1,
          alpha: 0.05,
        })
        if (interval === null || estimate === null) return
        const [low, high] = interval
        expect(low).toBeLessThanOrEqual(estimate)
        expect(high).toBeGreaterThanOrEqual(estimate)
        const excess = (ratio: number): number => {
          const mixed = other.map((row) => row.map((c, i) => (1 - ratio) * c + ratio * (top[i] ?? 0)))
          const parts = unpairedVariance(twoWay(arm, null), twoWay(mixed, null), 1)
          return Math.abs(parts.estimate) - halfWidth(parts, 0.05)
        }
        near(excess(low), 0, 1e-7)
        near(excess(high), 0, 1e-7)
        const step = 0.05 + (high - low) / 10
        for (let k = 1; k < 20; k++) {
          expect(excess(low - k * step)).toBeGreaterThan(0)
          expect(excess(high + k * step)).toBeGreaterThan(0)
        }
      }),
    )
  })

  test('a teacher that is not shown to beat the control, or is worse, leaves a reason and no interval', () => {
    const almost = Float64Array.from(golden.control[1] ?? [])
    for (const paired of [true, false]) {
      const open = gapRecovered({ arm: arms[2] ?? [], control, teacher: almost, paired, range: 1, alpha })
      expect(open.interval).toBeNull()
      expect(open.none).toBe('teacher-not-shown')
      const bad = gapRecovered({
        arm: arms[2] ?? [],
        control,
        teacher: new Float64Array(60),
        paired,
        range: 1,
        alpha,
      })
      expect(bad.interval).toBeNull()
      expect(bad.none).toBe('teacher-worse')
    }
  })

  test('it has an interval exactly where the interval of teacher − control is above 0', () => {
    fc.assert(
      fc.property(problems, fc.boolean(), ({ arm, same, teacher: top }, paired) => {
        const found = gapRecovered({ arm, control: same, teacher: top, paired, range: 1, alpha: 0.01 })
        const parts = againstTeacher(same, [top], 1)
        expect(found.interval !== null).toBe(-parts.estimate > halfWidth(parts, 0.01))
        expect(found.none === null).toBe(found.interval !== null)
      }),
    )
  })

  test('impossible input is refused by name', () => {
    const problem = { arm: arms[0] ?? [], control, teacher, paired: true, range: 1, alpha }
    expect(() => gapRecovered({ ...problem, alpha: 0 })).toThrow(/alpha 0/)
    expect(() => gapRecovered({ ...problem, teacher: new Float64Array(3) })).toThrow(/arm: 60 examples/)
    expect(() => gapRecovered({ ...problem, control: control.slice(1) })).toThrow(/control: 4 seeds/)
    expect(() => gapRecovered({ ...problem, arm: control.slice(4), control: control.slice(4) })).toThrow(
      /1 seeds/,
    )
  })
})

describe('againstTeacher', () => {
  test('the worked example has its reference parts, interval and word', () => {
    planning.expected.forEach(({ vs_teacher: expected }, m) => {
      const parts = againstTeacher(arms[m] ?? [], [teacher], 1)
      near(parts.estimate, expected.delta)
      near(parts.seedVariance, expected.A)
      near(parts.exampleVariance, expected.C)
      expect(parts.degreesOfFreedom).toBe(4)
      const { simultaneous } = intervals(parts, golden.alpha, golden.corrected)
      near(simultaneous[0], expected.lower)
      near(simultaneous[1], expected.upper)
      const { word } = readTeacherWord(simultaneous, golden.margin)
      expect(word === 'as good' || word === 'better').toBe(expected.noninferior_within_rope)
    })
  })

  test('three teachers are an arm of their own', () => {
    const teachers = control.slice(0, 3)
    const found = againstTeacher(arms[0] ?? [], teachers, 1)
    expect(found).toEqual(unpairedVariance(twoWay(arms[0] ?? [], null), twoWay(teachers, null), 1))
  })

  test('no teacher, two teachers and other examples are refused', () => {
    expect(() => againstTeacher(arms[0] ?? [], [], 1)).toThrow(/teachers: 0/)
    expect(() => againstTeacher(arms[0] ?? [], control.slice(0, 2), 1)).toThrow(/teachers: 2/)
    expect(() => againstTeacher(arms[0] ?? [], [new Float64Array(59)], 1)).toThrow(
      /60 examples, the teacher has 59/,
    )
  })
})

describe('readTeacherWord', () => {
  test('every word and detail has its place', () => {
    const read = (low: number, high: number): string => {
      const { word, detail } = readTeacherWord([low, high], 1)
      return `${word}: ${detail}`
    }
    expect(read(1, 3)).toBe('better: by-margin')
    expect(read(0.1, 3)).toBe('better: margin-open')
    expect(read(-0.5, 0.5)).toBe('as good: equivalent')
    expect(read(-0.9, -0.1)).toBe('as good: equivalent')
    expect(read(-0.5, 1.5)).toBe('as good: not-worse')
    expect(read(-3, -1.1)).toBe('worse: by-margin')
    expect(read(-3, -0.5)).toBe('not shown: loss-margin-open')
    expect(read(-3, 0.5)).toBe('not shown: at-most-better')
    expect(read(-3, 3)).toBe('not shown: wide')
    expect(() => readTeacherWord([0, 1], 0)).toThrow(/margin 0/)
  })

  test('no word is wrong where the interval covers', () => {
    const end = fc.double({ min: -5, max: 5, noNaN: true })
    fc.assert(
      fc.property(end, end, fc.double({ min: 0, max: 1, noNaN: true }), (first, second, share) => {
        const [low, high] = [Math.min(first, second), Math.max(first, second)]
        const truth = low + share * (high - low)
        const { word } = readTeacherWord([low, high], 1)
        if (word === 'better') expect(truth).toBeGreaterThan(0)
        if (word === 'worse') expect(truth).toBeLessThan(-1)
        if (word === 'as good') expect(truth).toBeGreaterThan(-1)
      }),
    )
  })
})
