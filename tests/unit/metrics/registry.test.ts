import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evenScores } from '../../../core/metrics/even-guess.ts'
import type { MetricCard } from '../../../core/metrics/metric.ts'
import { qualityColumns } from '../../../core/metrics/quality-columns.ts'
import {
  evenFigures,
  judgedMetrics,
  metrics,
  primaryMetrics,
  scoredMetrics,
} from '../../../core/metrics/registry.ts'

// What every metric has to hold; one that is registered is tested here.

const cards: readonly MetricCard[] = metrics

/** Logits of N examples over K classes, each class among the labels. */
const predictions = fc
  .record({ classes: fc.integer({ min: 2, max: 5 }), more: fc.integer({ min: 0, max: 20 }) })
  .chain(({ classes, more }) => {
    const n = classes + more
    return fc.record({
      classes: fc.constant(classes),
      logits: fc
        .array(fc.double({ min: -20, max: 20, noNaN: true }), {
          minLength: n * classes,
          maxLength: n * classes,
        })
        .map((values) => Float32Array.from(values)),
      labels: fc
        .array(fc.integer({ min: 0, max: classes - 1 }), { minLength: more, maxLength: more })
        .map((rest) => Int32Array.from([...Array.from({ length: classes }, (_, k) => k), ...rest])),
    })
  })

test('names and headings tell metrics apart', () => {
  for (const of of [(card: MetricCard) => card.name, (card: MetricCard) => card.figure.heading])
    expect(new Set(cards.map(of)).size).toBe(cards.length)
})

describe.each(cards)('$name', (card) => {
  test('is judged, or says why it has no word', () => {
    expect((card.judged === undefined) !== (card.withoutWord === undefined)).toBe(true)
  })

  test('is finite, and does not depend on the order of the examples', () => {
    const { of } = card
    if (of === undefined) return
    fc.assert(
      fc.property(predictions, ({ classes, logits, labels }) => {
        const figure = of(qualityColumns(logits, labels, classes), { labels, classes })
        expect(Number.isFinite(figure)).toBe(true)
        const rows = Array.from(labels, (_, i) => Array.from(logits.subarray(i * classes, (i + 1) * classes)))
        const turned = Int32Array.from(labels).toReversed()
        const columns = qualityColumns(Float32Array.from(rows.toReversed().flat()), turned, classes)
        expect(of(columns, { labels: turned, classes })).toBeCloseTo(figure, 9)
      }),
    )
  })

  test('of an even guess is that of equal logits', () => {
    const { of, evenGuess } = card
    if (of === undefined || evenGuess === undefined) return
    for (const classes of [2, 3, 10]) {
      const labels = Int32Array.from({ length: classes }, (_, k) => k)
      const columns = qualityColumns(new Float32Array(classes * classes), labels, classes)
      expect(of(columns, { labels, classes })).toBeCloseTo(evenGuess(classes), 12)
      expect(evenFigures(classes)[card.name]).toBe(evenGuess(classes))
    }
  })

  test('is the mean of its scores, which rise with it where higher is better', () => {
    const { of, scores, figure } = card
    if (of === undefined || scores === undefined) return
    const sign = figure.direction === 'lower' ? -1 : 1
    fc.assert(
      fc.property(predictions, ({ classes, logits, labels }) => {
        const columns = qualityColumns(logits, labels, classes)
        const own = scores(columns)
        const mean = own.reduce((sum, score) => sum + score, 0) / own.length
        expect(sign * mean).toBeCloseTo(of(columns, { labels, classes }), 9)
      }),
    )
  })
})

test('what is judged is worded and has a usual margin; what decides can be scored and guessed', () => {
  for (const { judged } of judgedMetrics) {
    expect(judged.usualMargin(800)).toBeGreaterThan(0)
    expect(judged.usualMargin(1e6)).toBeLessThanOrEqual(judged.usualMargin(800))
    for (const text of [judged.noun, judged.better, judged.worse, judged.difference])
      expect(text).not.toBe('')
  }
  for (const card of primaryMetrics) {
    expect(judgedMetrics).toContain(card)
    expect(scoredMetrics).toContain(card)
    expect(card.primary.guessedSeedSd).toBeGreaterThan(0)
  }
  for (const { name } of scoredMetrics) expect(evenScores(3, 4, name)).toHaveLength(3)
})
