import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { downsample } from '../../../core/series/downsample.ts'
import { meanAndBand, type Point } from '../../../core/series/mean-and-band.ts'

const series = fc
  .uniqueArray(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 300 })
  .chain((steps) =>
    fc
      .array(fc.double({ min: -100, max: 100, noNaN: true }), {
        minLength: steps.length,
        maxLength: steps.length,
      })
      .map((values): Point[] => steps.toSorted((a, b) => a - b).map((step, i) => [step, values[i] ?? 0])),
  )

describe('meanAndBand', () => {
  test('the band is the t-interval over seeds at each step', () => {
    // 1, 2, 3: mean 2, standard error 1/sqrt(3), t(0.975, 2) = 4.30265272975.
    const [point] = meanAndBand([[[5, 1]], [[5, 2]], [[5, 3]]])
    expect(point).toMatchObject({ step: 5, mean: 2, n: 3 })
    expect(point?.low).toBeCloseTo(2 - 4.30265272975 / Math.sqrt(3), 9)
    expect(point?.high).toBeCloseTo(2 + 4.30265272975 / Math.sqrt(3), 9)
  })

  test('seeds are aligned on steps, and a gap is a gap', () => {
    const found = meanAndBand([
      [
        [20, 4],
        [10, 1],
      ],
      [
        [10, 3],
        [30, Number.NaN],
      ],
    ])
    expect(found.map(({ step, mean, n }) => [step, mean, n])).toEqual([
      [10, 2, 2],
      [20, 4, 1],
    ])
    expect(found[1]).toMatchObject({ low: null, high: null })
  })

  test('a step that is logged twice counts once, with its later value', () => {
    expect(
      meanAndBand([
        [
          [1, 5],
          [1, 7],
        ],
      ]),
    ).toEqual([{ step: 1, mean: 7, low: null, high: null, n: 1 }])
  })

  test('no seeds give no points', () => {
    expect(meanAndBand([])).toEqual([])
    expect(meanAndBand([[], []])).toEqual([])
  })

  test('the mean lies within its band and the order of seeds is nothing', () => {
    fc.assert(
      fc.property(fc.array(series, { minLength: 1, maxLength: 4 }), (seeds) => {
        const found = meanAndBand(seeds)
        for (const { mean, low, high } of found) {
          expect((low ?? mean) <= mean && mean <= (high ?? mean)).toBe(true)
        }
        const steps = found.map(({ step }) => step)
        expect(steps).toEqual([...new Set(seeds.flat().map(([step]) => step))].toSorted((a, b) => a - b))
        meanAndBand(seeds.toReversed()).forEach(({ mean }, i) =>
          expect(mean).toBeCloseTo(found[i]?.mean ?? Number.NaN, 9),
        )
      }),
    )
  })
})

describe('downsample', () => {
  test('it keeps the limit, both ends, the order and only original points', () => {
    fc.assert(
      fc.property(series, fc.integer({ min: 2, max: 50 }), (points, limit) => {
        const kept = downsample(points, limit)
        expect(kept.length).toBe(Math.min(points.length, limit))
        expect(kept[0]).toBe(points[0])
        expect(kept.at(-1)).toBe(points.at(-1))
        const positions = kept.map((point) => points.indexOf(point))
        expect(positions.every((position, i) => position > (positions[i - 1] ?? -1))).toBe(true)
      }),
    )
  })

  test('a single spike survives', () => {
    const points: Point[] = Array.from({ length: 1000 }, (_, step) => [step, step === 437 ? 10 : 0])
    expect(downsample(points, 20)).toContainEqual([437, 10])
  })

  test('a short series is returned as it is', () => {
    const points: Point[] = [
      [0, 1],
      [1, 2],
    ]
    expect(downsample(points, 2)).toEqual(points)
    expect(downsample([], 2)).toEqual([])
  })

  test('a limit below two is refused', () => {
    expect(() => downsample([], 1)).toThrow(/limit 1/)
  })
})
