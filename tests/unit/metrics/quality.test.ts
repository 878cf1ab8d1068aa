import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expectedCalibrationError } from '../../../core/statistics/calibration/calibration.ts'
import { fidelityColumns, summariseFidelity } from '../../../core/evaluation/fidelity.ts'
import { evenScores } from '../../../core/metrics/even-guess.ts'
import { qualityColumns } from '../../../core/metrics/quality-columns.ts'
import { evenFigures, figuresOfColumns, scoredOf, type ScoredName } from '../../../core/metrics/registry.ts'

// Drawn with NumPy 1.24.2; the expected figures are SciPy 1.10.1's log_softmax in float64 and a loop over the bins.
const student = Float32Array.of(
  -1.6,
  -2.65,
  -0.5,
  0.84,
  2.27,
  0.22,
  -1.11,
  -1.57,
  1.5,
  3.27,
  0.55,
  -2.47,
  -1.92,
  3.2,
  0.41,
  -3.46,
  -0.17,
  -2.33,
)
const teacher = Float32Array.of(
  -1.89,
  -1.46,
  -2.14,
  1.66,
  -0.19,
  -1.77,
  1.23,
  2.49,
  -4.93,
  -0.77,
  -2.94,
  -0.52,
  -3.87,
  0.06,
  -0.11,
  -0.91,
  -3.14,
  -1.19,
)
const labels = Int32Array.of(0, 2, 0, 0, 0, 0)
const nll = [
  1.4711188071888461, 2.3633818376638716, 2.7232891409133275, 0.0668073747597762, 5.185223197995499,
  3.4320020575218004,
]
const brier = [
  1.0759176070179406, 1.38557014062038, 1.6719691321858523, 0.007982117719909169, 1.8698487138641902,
  1.6991756637074371,
]
const kl = [
  0.6413826143936499, 1.0597134335053124, 2.548320074764123, 2.425387695049773, 0.6416929372694999,
  1.9191826095931033,
]

const expectClose = (found: ArrayLike<number>, expected: readonly number[]): void => {
  expect(found.length).toBe(expected.length)
  expected.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 12))
}
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

const cases = fc
  .tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 2, max: 6 }))
  .chain(([n, classes]) => {
    const logits = fc
      .array(fc.float({ min: -10_000, max: 10_000, noNaN: true }), {
        minLength: n * classes,
        maxLength: n * classes,
      })
      .map((values) => Float32Array.from(values))
    const truth = fc
      .array(fc.integer({ min: 0, max: classes - 1 }), { minLength: n, maxLength: n })
      .map((values) => Int32Array.from(values))
    return fc.record({ n: fc.constant(n), classes: fc.constant(classes), logits, other: logits, truth })
  })

describe('quality', () => {
  test('columns and means are those of SciPy', () => {
    const columns = qualityColumns(student, labels, 3)
    expectClose(columns.nll, nll)
    expectClose(columns.brier, brier)
    const quality = figuresOfColumns(columns, { labels, classes: 3 })
    expect(quality.accuracy).toBe(1 / 6)
    expect(quality.nll).toBeCloseTo(mean(nll), 12)
    expect(quality.brier).toBeCloseTo(mean(brier), 12)
    expect(quality.ece).toBeCloseTo(0.6756130636563143, 12)
  })

  test('ties go to the lowest class', () => {
    const columns = qualityColumns(Float32Array.of(1, 3, 3, 2, 2, 2), Int32Array.of(2, 0), 3)
    expect(Array.from(columns.predicted)).toEqual([1, 0])
    expect(Array.from(columns.correct)).toEqual([0, 1])
  })

  test('extreme logits give finite losses', () => {
    const columns = qualityColumns(Float32Array.of(1e4, -1e4, 1e4, -1e4), Int32Array.of(0, 1), 2)
    expect(Array.from(columns.nll)).toEqual([0, 20_000])
    expect(Array.from(columns.brier)).toEqual([0, 2])
    expect(Array.from(columns.confidence)).toEqual([1, 1])
  })

  test('every figure stays within its bounds', () => {
    fc.assert(
      fc.property(cases, ({ classes, logits, truth }) => {
        const columns = qualityColumns(logits, truth, classes)
        columns.nll.forEach((value) => expect(value).toBeGreaterThanOrEqual(0))
        columns.brier.forEach((value) => expect(value >= 0 && value <= 2 + 1e-12).toBe(true))
        columns.confidence.forEach((value) =>
          expect(value >= 1 / classes - 1e-12 && value <= 1 + 1e-12).toBe(true),
        )
        const { accuracy, ece } = figuresOfColumns(columns, { labels: truth, classes })
        for (const share of [accuracy, ece]) {
          expect(share).toBeGreaterThanOrEqual(0)
          expect(share).toBeLessThanOrEqual(1)
        }
      }),
    )
  })

  test('adding a constant to the logits of an example changes nothing', () => {
    const logits = Float32Array.of(1, 2, 4)
    const moved = Float32Array.of(65, 66, 68)
    expectClose(
      qualityColumns(moved, Int32Array.of(1), 3).nll,
      Array.from(qualityColumns(logits, Int32Array.of(1), 3).nll),
    )
  })

  test.each([
    [
      'labels of another length',
      () => qualityColumns(student, Int32Array.of(0), 3),
      /1 labels for 6 examples/,
    ],
    [
      'a label that is no class',
      () => qualityColumns(Float32Array.of(1, 2), Int32Array.of(2), 2),
      /label 2 of example 0/,
    ],
    ['rows that are not whole', () => qualityColumns(student, labels, 4), /no whole rows of 4/],
    ['one class', () => qualityColumns(Float32Array.of(1), Int32Array.of(0), 1), /classes 1/],
    ['no examples', () => qualityColumns(new Float32Array(0), new Int32Array(0), 2), /empty/],
    [
      'a NaN',
      () => qualityColumns(Float32Array.of(1, 2, 3, Number.NaN), Int32Array.of(0, 1), 2),
      /example 1 are not finite/,
    ],
    [
      'infinity',
      () => qualityColumns(Float32Array.of(Infinity, 2), Int32Array.of(0), 2),
      /example 0 are not finite/,
    ],
    [
      'minus infinity',
      () => qualityColumns(Float32Array.of(0, -Infinity), Int32Array.of(0), 2),
      /not finite/,
    ],
  ])('%s is refused', (_, act, message) => {
    expect(act).toThrow(RangeError)
    expect(act).toThrow(message)
  })
})

describe('expectedCalibrationError', () => {
  test('a confidence on an edge belongs to the bin below it', () => {
    // In (1/5, 2/5] together they would cancel; on the edge they do not share a bin.
    const apart = expectedCalibrationError(Float64Array.of(0.2, 0.4), Uint8Array.of(1, 0), 5)
    expect(apart).toBeCloseTo((0.8 + 0.4) / 2, 12)
    const together = expectedCalibrationError(Float64Array.of(0.21, 0.4), Uint8Array.of(1, 0), 5)
    expect(together).toBeCloseTo((0.79 - 0.4) / 2, 12)
  })

  test('every edge k/15 falls into the bin that ends there', () => {
    for (let k = 1; k <= 15; k++) {
      // Errors of opposite sign cancel exactly when both lie in one bin.
      const inside = (k - 0.5) / 15
      const error = expectedCalibrationError(Float64Array.of(k / 15, inside), Uint8Array.of(1, 0))
      expect(error).toBeCloseTo(Math.abs(1 - k / 15 - inside) / 2, 12)
    }
  })

  test('confidence that equals accuracy in each bin has no error', () => {
    const confidence = Float64Array.of(0.5, 0.5, 0.75, 0.75, 0.75, 0.75)
    expect(expectedCalibrationError(confidence, Uint8Array.of(1, 0, 1, 1, 1, 0))).toBe(0)
  })

  test('impossible input is refused', () => {
    expect(() => expectedCalibrationError(new Float64Array(0), new Uint8Array(0))).toThrow(RangeError)
    expect(() => expectedCalibrationError(Float64Array.of(1.2), Uint8Array.of(1))).toThrow(/confidence 1.2/)
  })
})

describe('fidelity', () => {
  test('columns and means are those of SciPy', () => {
    const columns = fidelityColumns(student, teacher, 3)
    expectClose(columns.kl, kl)
    expect(Array.from(columns.agree)).toEqual([0, 0, 0, 0, 1, 0])
    expect(summariseFidelity(columns).agreement).toBe(1 / 6)
    expect(summariseFidelity(columns).kl).toBeCloseTo(mean(kl), 12)
  })

  test('KL is never negative and is 0 for the teacher itself', () => {
    fc.assert(
      fc.property(cases, ({ classes, logits, other }) => {
        fidelityColumns(logits, other, classes).kl.forEach((value) => {
          expect(value).toBeGreaterThanOrEqual(0)
          expect(Number.isFinite(value)).toBe(true)
        })
        const self = summariseFidelity(fidelityColumns(logits, logits, classes))
        expect(self).toEqual({ agreement: 1, kl: 0 })
      }),
    )
  })

  test('logits of another shape are refused', () => {
    expect(() => fidelityColumns(student, teacher.subarray(3), 3)).toThrow(/18 logits of the student and 15/)
  })
})

const scores = (logits: Float32Array, truth: Int32Array, classes: number, metric: ScoredName) =>
  scoredOf(metric).scores(qualityColumns(logits, truth, classes))

describe('scores', () => {
  test('higher is better for every metric', () => {
    expect(Array.from(scores(student, labels, 3, 'accuracy'))).toEqual([0, 0, 0, 1, 0, 0])
    expectClose(
      scores(student, labels, 3, 'nll'),
      nll.map((value) => -value),
    )
    expectClose(
      scores(student, labels, 3, 'brier'),
      brier.map((value) => -value),
    )
  })

  test('the even guess is what equal logits score', () => {
    const logits = new Float32Array(4)
    const truth = Int32Array.of(1)
    expect(evenScores(1, 4, 'nll')[0]).toBeCloseTo(scores(logits, truth, 4, 'nll')[0] ?? 0, 12)
    expect(evenScores(1, 4, 'brier')[0]).toBeCloseTo(scores(logits, truth, 4, 'brier')[0] ?? 0, 12)
    expect(Array.from(evenScores(3, 4, 'accuracy'))).toEqual([0.25, 0.25, 0.25])
    expect(evenFigures(10)).toMatchObject({ accuracy: 0.1, nll: Math.log(10), brier: 0.9 })
    expect(() => evenScores(0, 4, 'nll')).toThrow(RangeError)
    expect(() => evenFigures(1)).toThrow(RangeError)
  })
})
