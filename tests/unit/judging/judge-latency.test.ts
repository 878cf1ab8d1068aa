import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { latencyRatio } from '../../../core/judging/judge-latency.ts'
import { near } from '../../support/designs.ts'

const positive = fc.double({ min: 0.1, max: 100, noNaN: true })
const blocks = fc.integer({ min: 10, max: 20 }).chain((B) =>
  fc.record({
    baseline: fc.array(positive, { minLength: B, maxLength: B }),
    other: fc.array(positive, { minLength: B, maxLength: B }),
  }),
)
/** Twelve blocks around a ratio, up to a factor of 1 ± spread. */
const around = (ratio: number, spread: number): { baseline: number[]; other: number[] } => ({
  baseline: Array.from({ length: 12 }, (_, b) => ratio * (5 + b) * (1 + spread * ((b % 3) - 1))),
  other: Array.from({ length: 12 }, (_, b) => 5 + b),
})

describe('latencyRatio', () => {
  // Student's sleep data (1908), R datasets::sleep, as logarithms: the interval is then that of the paired t test.
  test("on the log scale it is Student's paired interval", () => {
    const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2].map(Math.exp)
    const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4].map(Math.exp)
    const { ratio, interval, word } = latencyRatio({ baseline: first, other: second, alpha: 0.05 })
    near(Math.log(ratio), -1.58, 1e-12)
    near(Math.log(interval?.[0] ?? 0), -2.459885763277)
    near(Math.log(interval?.[1] ?? 0), -0.700114236723)
    expect(word).toBe('slower')
  })

  test('every word has its place', () => {
    const word = (ratio: number, spread: number): string | null =>
      latencyRatio({ ...around(ratio, spread), alpha: 0.05 }).word
    expect(word(1.8, 0.02)).toBe('faster')
    expect(word(0.6, 0.02)).toBe('slower')
    expect(word(1.01, 0.01)).toBe('no practical difference')
    expect(word(1.05, 0.3)).toBe('inconclusive')
  })

  test('swapping the models inverts the ratio, and the unit and the order of blocks do not matter', () => {
    fc.assert(
      fc.property(blocks, ({ baseline, other }) => {
        const one = latencyRatio({ baseline, other, alpha: 0.05, corrected: 2 })
        const two = latencyRatio({ baseline: other, other: baseline, alpha: 0.05, corrected: 2 })
        near(one.ratio * two.ratio, 1)
        near((one.interval?.[0] ?? 0) * (two.interval?.[1] ?? 0), 1)
        const again = latencyRatio({
          baseline: baseline.map((x) => x * 1000).toReversed(),
          other: other.map((x) => x * 1000).toReversed(),
          alpha: 0.05,
          corrected: 2,
        })
        near(again.ratio / one.ratio, 1)
        expect(again.word).toBe(one.word)
      }),
    )
  })

  test('a correction widens the interval', () => {
    const one = latencyRatio({ ...around(1.2, 0.1), alpha: 0.05 }).interval ?? [0, 0]
    const four = latencyRatio({ ...around(1.2, 0.1), alpha: 0.05, corrected: 4 }).interval ?? [0, 0]
    expect(four[0]).toBeLessThan(one[0])
    expect(four[1]).toBeGreaterThan(one[1])
  })

  test('fewer than ten blocks, or blocks without chance, have no word and a reason', () => {
    const nine = { baseline: around(1.8, 0.02).baseline.slice(3), other: around(1.8, 0.02).other.slice(3) }
    const few = latencyRatio({ ...nine, alpha: 0.05 })
    expect(few.word).toBeNull()
    expect([few.noWord, few.blocks]).toEqual(['too-few-blocks', 9])
    expect(few.interval).not.toBeNull()
    const one = latencyRatio({ baseline: [2], other: [1], alpha: 0.05 })
    expect([one.ratio, one.interval, one.word]).toEqual([2, null, null])
    const same = latencyRatio({ ...around(2, 0), alpha: 0.05 })
    expect(same.word).toBeNull()
    expect(same.noWord).toBe('no-spread')
    expect(latencyRatio({ ...around(1, 0), alpha: 0.05 }).word).toBe('no practical difference')
  })

  test('impossible input is refused by name', () => {
    const input = { baseline: [1, 2], other: [1, 2], alpha: 0.05 }
    expect(() => latencyRatio({ ...input, other: [1] })).toThrow(/other: 1 blocks/)
    expect(() => latencyRatio({ ...input, baseline: [1, 0] })).toThrow(/baseline: latency 0/)
    expect(() => latencyRatio({ ...input, alpha: 0 })).toThrow(/alpha 0/)
    expect(() => latencyRatio({ ...input, margin: 0 })).toThrow(/margin 0/)
    expect(() => latencyRatio({ ...input, corrected: 1.5 })).toThrow(/corrected 1.5/)
  })
})
