import { describe, expect, test } from 'vitest'
import { otherMetrics } from '../../../app/_features/verdict/prepare-other-metrics.ts'
import { speedRows } from '../../../app/_features/verdict/speed-rows.ts'
import type { SpeedComparison } from '../../../core/contracts/verdict-page.ts'
import { armsOfPage as arms, comparisonOf, figuresOf, pageOf } from '../../support/verdict-page.ts'

const margins = { accuracy: 0.01, nll: 0.02, brier: 0.01, gap: 0.01, latency: 0.05, teacher: 0.01 }

describe('the other metrics', () => {
  const page = pageOf({
    secondary: [
      comparisonOf({ family: 'nll', metric: 'nll', estimate: 0.05, simultaneous: [0.04, 0.06] }),
      comparisonOf({
        family: 'gap',
        metric: 'gap',
        word: 'smaller',
        estimate: 0.012,
        simultaneous: [0.009, 0.015],
      }),
    ],
    calibration: [
      {
        arm: 'soft',
        estimate: 0.000_93,
        individual: [0.0004, 0.0014],
        simultaneous: [0.000_44, 0.001_43],
        withoutSeeds: [3],
      },
    ],
    figures: [
      figuresOf('soft', { 'train/accuracy': 0.984, 'test/accuracy': 0.932, 'test/ece': 0.016 }),
      figuresOf('scratch', { 'test/nll': 0.262 }),
    ],
  })
  const column = (key: string, over: Partial<typeof page> = {}) =>
    otherMetrics({ ...page, ...over }, arms, margins).columns.find((one) => one.key === key)

  test('have a column a family, then calibration and ECE', () => {
    expect(otherMetrics(page, arms, margins).columns.map(({ key }) => key)).toEqual([
      'nll',
      'gap',
      'calibration',
      'ece',
    ])
  })

  test('show improvement, interval, word and margin in the metric’s unit', () => {
    expect(column('nll')).toMatchObject({ unit: 'nat less, margin ±0.02 nat', control: '0.262' })
    expect(column('nll')?.cells['soft']).toMatchObject({
      estimate: '+0.050',
      interval: '+0.040 to +0.060',
      word: 'helped',
    })
  })

  test('the gap stands beside train and test accuracy', () => {
    expect(column('gap')?.cells['soft']).toMatchObject({
      estimate: '+1.20',
      word: 'smaller',
      beside: 'train 98.40, test 93.20 %',
    })
  })

  test('calibration and ECE never carry a word or a tag', () => {
    for (const key of ['calibration', 'ece']) {
      expect(column(key)?.cells['soft']).toMatchObject({ word: null, tag: '' })
    }
    expect(column('calibration')?.cells['soft']).toMatchObject({
      estimate: '+9.3',
      interval: '+4.4 to +14.3',
    })
    expect(column('ece')?.cells['soft']?.estimate).toBe('1.6')
  })

  test('a missing figure is a dash, and a missing word has its reason below', () => {
    const secondary = [
      comparisonOf({
        family: 'brier',
        metric: 'brier',
        estimate: null,
        simultaneous: null,
        word: null,
        noWord: { why: 'exploratory' },
        reason: 'exploratory: the protocol declared no margin for it',
      }),
    ]
    expect(column('brier', { secondary })).toMatchObject({ control: '–' })
    expect(column('brier', { secondary })?.cells['soft']).toMatchObject({
      estimate: '–',
      interval: '',
      tag: 'exploratory',
    })
    expect(otherMetrics({ ...page, secondary }, arms, null).reasons).toEqual([
      'Exploratory: the protocol declared no margin for it.',
    ])
  })
})

describe('size and speed', () => {
  const speed: SpeedComparison = {
    quantile: 'p50',
    ratio: 1.81,
    interval: [1.77, 1.85],
    word: 'faster',
    reason: null,
    blocks: 10,
    sentence: '',
  }
  const sizes = (parameters: number) => ({ label: '', parameters, macs: parameters, sizeBytes: null })

  test('sizes are counted and latency has an interval and a word', () => {
    const rows = speedRows(pageOf({ speed: [speed] }), { teacher: sizes(1200), student: sizes(100) })
    expect(rows[0]).toMatchObject({ ratio: '12× fewer', interval: '', word: null, tag: 'counted' })
    expect(rows[1]).toMatchObject({ teacher: '–', student: '–', ratio: '–' })
    expect(rows[3]).toMatchObject({ ratio: '1.81× as fast', interval: '1.77 to 1.85', word: 'faster' })
    expect(rows[4]).toMatchObject({ ratio: '–', word: null, tag: 'not measured' })
  })

  test('a larger student is told so', () => {
    const [row] = speedRows(pageOf(), { teacher: sizes(100), student: sizes(150) })
    expect(row?.ratio).toBe('1.5× more')
  })
})
