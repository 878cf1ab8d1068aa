import type { MetricCard } from '../../../core/metrics/metric.ts'
import { metrics } from '../../../core/metrics/registry.ts'
import { gapFigures } from '../../../core/metrics/gap-figures.ts'
import { describe, expect, test } from 'vitest'
import { formatCount, formatNumber, formatPlain, formatSigned } from '../../../core/text/format-number.ts'
import { geometricMean } from '../../../core/mathematics/geometric-mean.ts'
import { quantileSorted } from '../../../core/evaluation/latency.ts'
import {
  describeMetric,
  formatMetric,
  formatPoints,
  metricDescriptions,
} from '../../../core/wording/metric-names.ts'

describe('latency', () => {
  // Expected figures: SciPy 1.10.1 (numpy.quantile, scipy.stats.t).
  const blocks = [
    [1.2, 1.3, 1.1, 1.25],
    [1.4, 1.35, 1.5, 1.2],
    [1.1, 1.15, 1.05, 2],
  ]

  const medians = blocks.map((block) => quantileSorted(block.toSorted(), 0.5))

  test('the interval is the t-interval of block medians on the log scale', () => {
    const { mean, interval } = geometricMean(medians)
    expect(mean).toBeCloseTo(1.2374579110264283, 9)
    expect(interval[0]).toBeCloseTo(0.9635447393522277, 9)
    expect(interval[1]).toBeCloseTo(1.5892381734047514, 9)
    const slow = geometricMean(blocks.map((block) => quantileSorted(block.toSorted(), 0.9)))
    expect(slow.mean).toBeCloseTo(1.4882365441169803, 9)
  })

  test('measuring in other units scales every figure', () => {
    const scaled = geometricMean(medians.map((ms) => ms * 1000))
    expect(scaled.mean).toBeCloseTo(geometricMean(medians).mean * 1000, 6)
    expect(scaled.interval[1]).toBeCloseTo(geometricMean(medians).interval[1] * 1000, 6)
  })

  test('quantiles are linear between order statistics', () => {
    expect(quantileSorted([1, 2, 4], 0.5)).toBe(2)
    expect(quantileSorted([1, 2, 4], 0.75)).toBe(3)
    expect(quantileSorted([1, 2, 4], 0)).toBe(1)
    expect(quantileSorted([1, 2, 4], 1)).toBe(4)
  })

  test('impossible measurements are refused', () => {
    expect(() => geometricMean([1])).toThrow(/one value/)
    expect(() => geometricMean([])).toThrow(RangeError)
    expect(() => geometricMean([1, 0])).toThrow(/0 is not positive/)
    expect(() => geometricMean([1, Number.NaN])).toThrow(/NaN is not positive/)
    expect(() => quantileSorted([], 0.5)).toThrow(RangeError)
    expect(() => quantileSorted([1], 2)).toThrow(RangeError)
  })
})

describe('metric names', () => {
  test('every key is there once, with its direction', () => {
    const keys = metricDescriptions.map((description) => description.key)
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys.toSorted()).toEqual(
      [
        ...['test', 'validation', 'train'].flatMap((split) =>
          metrics.flatMap((card: MetricCard) => (card.of === undefined ? [] : [`${split}/${card.name}`])),
        ),
        'gap/accuracy',
        'gap/nll',
        'test/agreement',
        'test/kl',
        'train/agreement',
        'train/kl',
      ].toSorted(),
    )
    expect(describeMetric('test/accuracy')).toEqual({
      key: 'test/accuracy',
      label: 'Test accuracy',
      unit: '%',
      direction: 'higher',
      digits: 2,
      scale: 100,
    })
    expect(describeMetric('validation/nll')?.direction).toBe('lower')
    expect(describeMetric('test/kl')?.direction).toBe('none')
    expect(describeMetric('loss')).toBeNull()
  })

  test('values are shown in their units', () => {
    expect(formatMetric('test/accuracy', 0.9322)).toBe('93.22')
    expect(formatMetric('test/nll', 0.2119)).toBe('0.212')
    expect(formatMetric('gap/accuracy', -0.0123)).toBe('\u22121.2')
    expect(formatPoints(0.0184)).toBe('+1.84')
    expect(formatPoints(-0.0112, 1)).toBe('\u22121.1')
  })

  test('gaps are positive where training data are fitted better', () => {
    const gap = gapFigures({ accuracy: 1, nll: 0.1 }, { accuracy: 0.9, nll: 0.4 })
    expect(gap['gap/accuracy']).toBeCloseTo(0.1, 12)
    expect(gap['gap/nll']).toBeCloseTo(0.3, 12)
  })
})

describe('number format', () => {
  test('the minus sign is a true one and zero has none', () => {
    expect(formatNumber(-0.62, 2)).toBe('\u22120.62')
    expect(formatNumber(-0.001, 2)).toBe('0.00')
    expect(formatSigned(0.001, 2)).toBe('0.00')
    expect(formatSigned(1.84, 1)).toBe('+1.8')
    expect(formatSigned(-1.84, 1)).toBe('\u22121.8')
  })

  test('margins are shown with the digits that they have', () => {
    expect([0.01 * 100, 0.005 * 100, 0.02, 0.07 * 100, -2.5].map(formatPlain)).toEqual([
      '1',
      '0.5',
      '0.02',
      '7',
      '\u22122.5',
    ])
  })

  test('thousands are parted by a comma', () => {
    expect([7, 999, 1000, 10_000, 1_234_567].map(formatCount)).toEqual([
      '7',
      '999',
      '1,000',
      '10,000',
      '1,234,567',
    ])
  })

  test('what is no number is refused', () => {
    expect(() => formatNumber(Number.NaN, 2)).toThrow(RangeError)
    expect(() => formatPlain(Number.POSITIVE_INFINITY)).toThrow(RangeError)
    expect(() => formatCount(1.5)).toThrow(RangeError)
  })
})
