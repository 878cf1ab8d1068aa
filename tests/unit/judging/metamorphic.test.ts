import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ComparisonWord } from '../../../core/contracts/verdict.ts'
import type { SaidComparison } from '../../../core/wording/say-comparison.ts'
import { finishedArm } from '../../support/designs.ts'
import { saidPrimary } from '../../support/said.ts'

interface Design {
  arm: number[][]
  control: number[][]
  paired: boolean
  margin: number
}

const judge = ({ arm, control, paired, margin }: Design): SaidComparison => {
  const [found] = saidPrimary({
    metric: 'nll',
    margin,
    alpha: 0.05,
    paired,
    corrected: 3,
    plannedSeeds: arm.map((_, s) => s + 1),
    stopped: false,
    control: finishedArm('scratch', 'Control', control),
    arms: [finishedArm('soft', 'Soft targets', arm)],
  })
  if (found === undefined) throw new Error('no comparison')
  return found
}

const score = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: -3, max: 3, noNaN: true }))
const designs: fc.Arbitrary<Design> = fc
  .tuple(fc.integer({ min: 3, max: 6 }), fc.integer({ min: 4, max: 16 }))
  .chain(([S, N]) => {
    const rows = fc.array(fc.array(score, { minLength: N, maxLength: N }), { minLength: S, maxLength: S })
    return fc.record({
      arm: fc
        .tuple(rows, fc.constantFrom(-2, -0.5, 0, 0.5, 2))
        .map(([r, shift]) => r.map((row) => row.map((x) => x + shift))),
      control: rows,
      paired: fc.boolean(),
      margin: fc.double({ min: 0.05, max: 3, noNaN: true }),
    })
  })

const near = (a: number | null | undefined, b: number | null | undefined): void => {
  const [x, y] = [a ?? Number.NaN, b ?? Number.NaN]
  expect(Math.abs(x - y)).toBeLessThan(1e-9 * Math.max(1, Math.abs(x), Math.abs(y)))
}

const sameFigures = (a: SaidComparison, b: SaidComparison): void => {
  near(a.estimate, b.estimate)
  near(a.seedVariance, b.seedVariance)
  near(a.exampleVariance, b.exampleVariance)
  near(a.degreesOfFreedom, b.degreesOfFreedom)
  for (const k of [0, 1] as const) {
    near(a.individual?.[k], b.individual?.[k])
    near(a.simultaneous?.[k], b.simultaneous?.[k])
  }
}

/** Rounding of 1e-15 may move an interval end that lies on a mark; such draws prove nothing. */
const onMark = ({ simultaneous }: SaidComparison, margin: number): boolean =>
  (simultaneous ?? []).some((end) => [0, margin, -margin].some((mark) => Math.abs(end - mark) < 1e-9))

const mirrored: Record<ComparisonWord, ComparisonWord> = {
  smaller: 'larger',
  larger: 'smaller',
  helped: 'hurt',
  hurt: 'helped',
  'no practical difference': 'no practical difference',
  inconclusive: 'inconclusive',
}

const permuted = (n: number, key: number): number[] =>
  Array.from({ length: n }, (_, i) => i).sort(
    (a, b) => ((a * 7919 + key) % 101) - ((b * 7919 + key) % 101) || a - b,
  )

describe('a verdict', () => {
  test('is mirrored when the arms are swapped', () => {
    fc.assert(
      fc.property(designs, (design) => {
        const there = judge(design)
        const back = judge({ ...design, arm: design.control, control: design.arm })
        near(back.estimate, -(there.estimate ?? 0))
        near(back.seedVariance, there.seedVariance)
        near(back.exampleVariance, there.exampleVariance)
        near(back.simultaneous?.[0], -(there.simultaneous?.[1] ?? 0))
        if (onMark(there, design.margin)) return
        expect(back.word).toBe(there.word === null ? null : mirrored[there.word])
      }),
    )
  })

  test('does not depend on the order of seeds or examples', () => {
    fc.assert(
      fc.property(designs, fc.integer({ min: 1, max: 100 }), (design, key) => {
        const seeds = permuted(design.arm.length, key)
        const examples = permuted(design.arm[0]?.length ?? 0, key)
        const reorder = (rows: number[][]): number[][] =>
          seeds.map((s) => examples.map((i) => rows[s]?.[i] ?? 0))
        const moved = judge({ ...design, arm: reorder(design.arm), control: reorder(design.control) })
        sameFigures(moved, judge(design))
      }),
    )
  })

  test('is unchanged by a constant added to both arms', () => {
    fc.assert(
      fc.property(designs, fc.double({ min: -5, max: 5, noNaN: true }), (design, constant) => {
        const add = (rows: number[][]): number[][] => rows.map((row) => row.map((x) => x + constant))
        const moved = judge({ ...design, arm: add(design.arm), control: add(design.control) })
        near(moved.estimate, judge(design).estimate)
        near(moved.seedVariance, judge(design).seedVariance)
        near(moved.simultaneous?.[0], judge(design).simultaneous?.[0])
      }),
    )
  })

  test('scales with its unit', () => {
    fc.assert(
      fc.property(designs, fc.double({ min: 0.1, max: 100, noNaN: true }), (design, k) => {
        const scale = (rows: number[][]): number[][] => rows.map((row) => row.map((x) => x * k))
        const base = judge(design)
        const scaled = judge({
          ...design,
          arm: scale(design.arm),
          control: scale(design.control),
          margin: design.margin * k,
        })
        near(scaled.estimate, (base.estimate ?? 0) * k)
        near(scaled.simultaneous?.[1], (base.simultaneous?.[1] ?? 0) * k)
        near(scaled.seedVariance, (base.seedVariance ?? 0) * k * k)
        if (onMark(base, design.margin) || base.reason !== null || scaled.reason !== null) return
        expect(scaled.word).toBe(base.word)
      }),
    )
  })

  test('keeps its estimate and seed part when every example is doubled', () => {
    fc.assert(
      fc.property(designs, (design) => {
        const twice = (rows: number[][]): number[][] => rows.map((row) => [...row, ...row])
        const doubled = judge({ ...design, arm: twice(design.arm), control: twice(design.control) })
        const base = judge(design)
        near(doubled.estimate, base.estimate)
        // The floor is a share of the noise, which does change.
        if (base.note === null && doubled.note === null) near(doubled.seedVariance, base.seedVariance)
      }),
    )
  })

  test('has the wider interval for the family', () => {
    fc.assert(
      fc.property(designs, (design) => {
        const { individual, simultaneous } = judge(design)
        expect(simultaneous?.[0]).toBeLessThanOrEqual(individual?.[0] ?? Number.NaN)
        expect(simultaneous?.[1]).toBeGreaterThanOrEqual(individual?.[1] ?? Number.NaN)
      }),
    )
  })

  test('never holds a number that is not finite', () => {
    fc.assert(
      fc.property(designs, (design) => {
        const found = judge(design)
        const figures = [found.estimate, found.seedVariance, found.exampleVariance, found.degreesOfFreedom]
        for (const figure of [...figures, ...(found.individual ?? []), ...(found.simultaneous ?? [])]) {
          expect(Number.isFinite(figure)).toBe(true)
        }
        expect(found.sentence).not.toMatch(/NaN|Infinity|undefined|null/)
      }),
    )
  })
})
