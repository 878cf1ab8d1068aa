import { describe, expect, test } from 'vitest'
import { forestAxis, forestTicks } from '../../../app/_charts/forest/forest-axis.ts'
import { primaryItems } from '../../../app/_charts/forest/forest-items.ts'
import { prepareForest } from '../../../app/_charts/forest/prepare-forest.ts'
import type { SaidComparison } from '../../../core/wording/say-comparison.ts'
import type { ArmView } from '../../../core/contracts/views.ts'
import { comparisonOf } from '../../support/verdict-page.ts'

const arms: ArmView[] = [
  {
    id: 'soft-targets-t4',
    role: 'distillation',
    method: 'soft-targets',
    label: 'Soft targets',
    shorter: [],
    detail: 'Hinton 2015 · T 4, weight 0.9',
    slot: 1,
  },
]

const comparison = (over: Partial<SaidComparison> = {}): SaidComparison =>
  comparisonOf({ arm: 'soft-targets-t4', ...over })

const forest = (over: Partial<SaidComparison> = {}, teacherDifference: number | null = null) =>
  prepareForest({
    items: primaryItems([comparison(over)], arms),
    metric: 'accuracy',
    margin: 0.01,
    teacherDifference,
  })

describe('prepareForest', () => {
  test('gives figures in points with a sign and a true minus', () => {
    const row = forest({ estimate: -0.0112, simultaneous: [-0.0189, 0.0035] }).rows[0]
    expect(row?.estimate).toBe('−1.12')
    expect(row?.interval).toBe('−1.89 to +0.35')
  })

  test('places zero in the middle of the margin band', () => {
    const { band, zero } = forest()
    expect((band.from + band.to) / 2).toBeCloseTo(zero, 2)
    expect(band.from).toBeGreaterThan(0)
    expect(band.to).toBeLessThan(100)
  })

  test('puts larger improvements further right', () => {
    const small = forest({ estimate: 0.002 })
    const axis = small.rows[0]?.marks
    expect(axis?.point).toBeGreaterThan(small.zero)
    expect(axis?.thin?.from).toBeLessThan(axis?.thin?.to ?? 0)
    expect(axis?.seeds[0]?.x).toBeLessThan(axis?.seeds[1]?.x ?? 0)
  })

  test('shows a decided word with its qualifier and a filled point', () => {
    expect(forest().rows[0]).toMatchObject({
      word: 'helped',
      tone: 'helped',
      hollow: false,
      remark: 'by at least the 1-point margin',
    })
  })

  test('draws an inconclusive point hollow, in its own tone', () => {
    expect(forest({ word: 'inconclusive' }).rows[0]).toMatchObject({ tone: 'open', hollow: true })
  })

  test('withholds a word before the planned seeds, even where the statistics have one', () => {
    const row = forest({ provisional: true, seeds: 5, word: 'helped' }).rows[0]
    expect(row).toMatchObject({
      word: null,
      tone: 'plain',
      provisional: true,
      hollow: true,
      tag: 'provisional, 5 of 8 seeds',
    })
  })

  test('says why there is no word', () => {
    const row = forest({ word: null, reason: '3 of 8 seeds failed.' }).rows[0]
    expect(row).toMatchObject({ tag: 'no verdict', remark: '3 of 8 seeds failed.', hollow: true })
  })

  test('draws nothing where there is no estimate', () => {
    const row = forest({ estimate: null, individual: null, simultaneous: null, perSeed: [] }).rows[0]
    expect(row?.marks).toBeNull()
    expect(row?.estimate).toBe('–')
  })

  test('an interval that leaves the axis keeps its figures and says on which side', () => {
    const row = forest({ simultaneous: [-0.5, 0.6] }).rows[0]
    expect(row?.marks?.thin).toMatchObject({ from: 0, to: 100, beyondLeft: true, beyondRight: true })
    expect(row?.interval).toBe('−50.00 to +60.00')
  })

  test('a teacher far from the control does not flatten the intervals', () => {
    expect(forest({}, 0.081).teacher).toMatchObject({ x: 100, beyond: 'right', text: '+8.10' })
    expect(forest({}, -0.2).teacher).toMatchObject({ x: 0, beyond: 'left' })
    expect(forest({}, 0.0264).teacher?.beyond).toBeNull()
  })

  test('NLL is drawn in nat with three decimals', () => {
    const nll = prepareForest({
      items: primaryItems([comparison({ metric: 'nll', estimate: 0.05, simultaneous: [0.04, 0.06] })], arms),
      metric: 'nll',
      margin: 0.02,
      teacherDifference: null,
    })
    expect(nll.rows[0]?.estimate).toBe('+0.050')
  })
})

describe('forestAxis', () => {
  test('holds both margins when every difference is tiny', () => {
    const axis = forestAxis({ margin: 1, values: [0.01], ends: [-0.02, 0.03], teacher: null })
    expect(axis.from).toBeLessThan(-1)
    expect(axis.to).toBeGreaterThan(1)
  })

  test('holds every single seed', () => {
    const axis = forestAxis({ margin: 1, values: [-7, 0.5], ends: [], teacher: null })
    expect(axis.from).toBeLessThan(-7)
  })

  test.each([
    [-1.5, 2.5],
    [-8, 3],
    [-0.03, 0.05],
    [-60, 40],
  ])('ticks from %d to %d are round, four to eight of them, with zero', (from, to) => {
    const ticks = forestTicks(from, to)
    expect(ticks.length).toBeGreaterThanOrEqual(4)
    expect(ticks.length).toBeLessThanOrEqual(8)
    expect(ticks).toContain(0)
  })
})
