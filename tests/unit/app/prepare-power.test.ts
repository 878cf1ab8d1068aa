import { describe, expect, test } from 'vitest'
import { preparePower } from '../../../app/_charts/power/prepare-power.ts'

const curve = Array.from({ length: 18 }, (_, index) => {
  const seeds = 3 + index
  const detectable = 0.03 / Math.sqrt(seeds - 2)
  return { seeds, detectable, low: detectable * 0.7, high: detectable * 1.4 }
})
const prepare = (part: Partial<Parameters<typeof preparePower>[0]> = {}) =>
  preparePower({ curve, seeds: 8, margin: 0.01, scale: 100, digits: 2, unit: 'points', ...part })

describe('the power curve', () => {
  test('begins at the left end and ends at the right one', () => {
    const { line } = prepare()
    expect(line).toMatch(/^M0 /)
    expect(line).toMatch(/L100 [\d.]+$/)
  })

  test('marks the chosen seeds on the curve, with their figure', () => {
    const { chosen, line } = prepare()
    expect(chosen.text).toBe('8 seeds: ±1.22')
    expect(chosen.x).toBeCloseTo((100 * 5) / 17, 9)
    expect(line).toContain(`${chosen.x.toFixed(3)} ${Number(chosen.y.toFixed(3))}`)
  })

  test('lies below the margin exactly where the plan is fine enough', () => {
    for (const { seeds, detectable } of curve) {
      const { chosen, margin } = prepare({ seeds })
      expect(chosen.y > margin).toBe(detectable < 0.01)
    }
  })

  test('shows zero, the margin and what is chosen, whatever the margin', () => {
    for (const margin of [1e-5, 0.001, 0.01, 0.2]) {
      const picture = prepare({ margin })
      expect(picture.yTicks[0]?.text).toMatch(/^0(\.0+)?$/)
      expect(picture.margin).toBeGreaterThan(0)
      expect(picture.margin).toBeLessThanOrEqual(100)
      expect(picture.chosen.y).toBeGreaterThan(0)
    }
  })

  test('has no band where nothing is known of the range', () => {
    expect(prepare().band).not.toBeNull()
    const stated = curve.map((point) => ({ ...point, low: point.detectable, high: point.detectable }))
    expect(prepare({ curve: stated }).band).toBeNull()
  })

  test('seeds outside the curve are marked at its nearer end', () => {
    expect(prepare({ seeds: 1 }).chosen.x).toBe(0)
    expect(prepare({ seeds: 99 }).chosen.x).toBe(100)
  })

  test('the figure stands where the plot and the curve leave room', () => {
    expect(prepare({ seeds: 4 }).chosen).toMatchObject({ place: 'right', words: 'right' })
    expect(prepare({ seeds: 12 }).chosen).toMatchObject({ place: 'right', words: 'left' })
    expect(prepare({ seeds: 19 }).chosen.place).toBe('left-above')
    expect(prepare({ seeds: 19, margin: 0.001 }).chosen.place).toBe('left-below')
  })

  test('ticks of the seeds are whole numbers within the curve', () => {
    const ticks = prepare().xTicks.map((tick) => Number(tick.text))
    expect(ticks.every((tick) => Number.isInteger(tick) && tick >= 3 && tick <= 20)).toBe(true)
    expect(ticks.length).toBeLessThanOrEqual(9)
    expect(ticks.length).toBeGreaterThanOrEqual(3)
  })
})
