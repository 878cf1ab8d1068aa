import { describe, expect, test } from 'vitest'
import { perClassDifferences, splitByTeacher } from '../../../core/judging/per-class.ts'
import { trainingMacs } from '../../../core/evaluation/training-work.ts'
import { createRandom } from '../../../core/random/create-random.ts'
import { seedOf } from '../../../core/random/seed-of.ts'
import { crossedVariance } from '../../../core/statistics/variance/crossed-variance.ts'
import { halfWidth } from '../../../core/statistics/variance/interval.ts'

const row = (...values: number[]): Float64Array => Float64Array.from(values)

/** Seeds × examples of 0 and 1, right with the given chance. */
function correctness(seeds: number, examples: number, chance: number, name: string): Float64Array[] {
  const random = createRandom(seedOf('per-class', name))
  return Array.from({ length: seeds }, () =>
    Float64Array.from({ length: examples }, () => (random.nextFloat() < chance ? 1 : 0)),
  )
}

describe('accuracy by class', () => {
  const labels = Int32Array.from({ length: 90 }, (_, i) => i % 3)
  const arm = correctness(5, 90, 0.9, 'arm')
  const control = correctness(5, 90, 0.7, 'control')

  test('is the difference of the means on the examples of the class', () => {
    const [first, second] = perClassDifferences({
      arm: [row(1, 1, 0, 1), row(1, 0, 0, 1)],
      control: [row(0, 1, 0, 1), row(1, 0, 1, 1)],
      labels: Int32Array.from([0, 1, 1, 0]),
      classes: 2,
      paired: true,
      alpha: 0.05,
    })
    expect(first).toMatchObject({ label: 0, examples: 2, arm: 1, control: 0.75, estimate: 0.25 })
    expect(second).toMatchObject({ label: 1, arm: 0.25, control: 0.5, estimate: -0.25 })
  })

  test('weighted by the classes is the difference over all examples', () => {
    const classes = perClassDifferences({ arm, control, labels, classes: 3, paired: true, alpha: 0.05 })
    const weighted = classes.reduce((sum, one) => sum + one.estimate * one.examples, 0) / 90
    expect(weighted).toBeCloseTo(crossedVariance(arm, control, 1).estimate, 12)
  })

  test('has the interval of seeds × examples of that class', () => {
    const [, one] = perClassDifferences({ arm, control, labels, classes: 3, paired: true, alpha: 0.05 })
    const only = (rows: Float64Array[]): Float64Array[] => rows.map((r) => r.filter((_, i) => i % 3 === 1))
    const parts = crossedVariance(only(arm), only(control), 1)
    expect(one?.interval?.[1]).toBeCloseTo(parts.estimate + halfWidth(parts, 0.05), 12)
    expect(one?.interval?.[0]).toBeCloseTo(parts.estimate - halfWidth(parts, 0.05), 12)
  })

  test('takes groups as its observations: copies of every example change nothing', () => {
    const twice = (rows: Float64Array[]): Float64Array[] =>
      rows.map((own) => Float64Array.from([...own, ...own]))
    const copied = {
      arm: twice(arm),
      control: twice(control),
      labels: Int32Array.from([...labels, ...labels]),
      classes: 3,
      paired: true,
      alpha: 0.05,
    }
    const groups = Array.from(copied.labels, (_, i) => i % labels.length)
    const found = perClassDifferences({ ...copied, groups })
    const alone = perClassDifferences({ arm, control, labels, classes: 3, paired: true, alpha: 0.05 })
    found.forEach(({ estimate, examples, interval }, at) => {
      expect(estimate).toBeCloseTo(alone[at]?.estimate ?? NaN, 12)
      expect(examples).toBe(2 * (alone[at]?.examples ?? NaN))
      expect(interval?.[0]).toBeCloseTo(alone[at]?.interval?.[0] ?? NaN, 12)
      expect(interval?.[1]).toBeCloseTo(alone[at]?.interval?.[1] ?? NaN, 12)
    })
    const widths = (classes: typeof found): number[] =>
      classes.map(({ interval }) => (interval?.[1] ?? 0) - (interval?.[0] ?? 0))
    // Without groups the copies pass for new examples.
    const narrower = widths(perClassDifferences(copied)).map((width, at) => (widths(found)[at] ?? 0) - width)
    expect(Math.min(...narrower)).toBeGreaterThan(-1e-9)
    expect(Math.max(...narrower)).toBeGreaterThan(1e-3)
    expect(() => perClassDifferences({ ...copied, groups: [0] })).toThrow(/groups: 1 for/)
  })

  test('takes unlike numbers of seeds where they are not paired, and refuses them where they are', () => {
    const shared = { arm: arm.slice(0, 3), control, labels, classes: 3 }
    expect(perClassDifferences({ ...shared, paired: false, alpha: 0.05 })[0]?.interval).not.toBeNull()
    expect(() => perClassDifferences({ ...shared, paired: true, alpha: 0.05 })).toThrow(RangeError)
  })

  test('rests on the examples alone with one seed, and has no interval for one example', () => {
    const one = perClassDifferences({
      arm: [row(1, 1, 0, 1, 1)],
      control: [row(0, 1, 0, 1, 0)],
      labels: Int32Array.from([0, 0, 0, 0, 1]),
      classes: 3,
      paired: true,
      alpha: 0.05,
    })
    expect(one).toHaveLength(2)
    expect(one[0]?.interval?.[0]).toBeLessThan(0.25)
    expect(one[1]).toMatchObject({ estimate: 1, interval: null })
  })

  test('of equal rows is 0, with an interval that 30 examples of a class leave open', () => {
    const same = perClassDifferences({ arm, control: arm, labels, classes: 3, paired: true, alpha: 0.05 })
    const open = halfWidth(
      crossedVariance(
        [arm[0] ?? row(), arm[1] ?? row()].map((r) => r.slice(0, 30)),
        [arm[0] ?? row(), arm[1] ?? row()].map((r) => r.slice(0, 30)),
        1,
      ),
      0.05,
    )
    for (const { estimate, interval, shown } of same) {
      expect([estimate, shown]).toEqual([0, null])
      expect(interval?.[1]).toBeCloseTo(open, 12)
    }
  })
})

describe('classes that are said to lose or gain', () => {
  test('are falsely said to lose in few experiments, however many classes there are', () => {
    const classes = 30
    const labels = Int32Array.from({ length: classes * 150 }, (_, i) => i % classes)
    const experiments = 50
    let [uncorrected, said] = [0, 0]
    for (let k = 0; k < experiments; k++) {
      // There is no true difference in any class.
      const [arm, control] = ['arm', 'control'].map((side) =>
        correctness(3, labels.length, 0.8, `${side} ${k}`),
      )
      const input = { arm: arm ?? [], control: control ?? [], labels, classes, paired: true, alpha: 0.05 }
      const found = perClassDifferences(input)
      if (found.some(({ interval }) => (interval?.[1] ?? 0) < 0)) uncorrected++
      if (found.some(({ shown }) => shown === 'loss')) said++
    }
    expect(uncorrected / experiments).toBeGreaterThan(0.1)
    expect(said / experiments).toBeLessThan(0.08)
  })

  test('are those whose p holds after Holm, and a class with nine examples is not asked', () => {
    const labels = Int32Array.from({ length: 129 }, (_, i) => (i < 60 ? 0 : i < 120 ? 1 : 2))
    const rows = (right: (i: number, s: number) => boolean): Float64Array[] =>
      Array.from({ length: 5 }, (_, s) => Float64Array.from(labels, (__, i) => (right(i, s) ? 1 : 0)))
    const found = perClassDifferences({
      arm: rows((i, s) => (i < 60 ? (i + s) % 10 > 6 : (i + s) % 10 > 0)),
      control: rows((i, s) => (i < 120 ? (i * 3 + s) % 10 > 0 : false)),
      labels,
      classes: 3,
      paired: true,
      alpha: 0.05,
    })
    expect(found.map(({ shown }) => shown)).toEqual(['loss', null, null])
    expect(found[2]?.interval?.[0]).toBeGreaterThan(0)
    expect(found[2]?.holmP).toBeNull()
    expect(found[0]?.holmP).toBeLessThan(0.05)
    expect(found[1]?.holmP).toBe(1)
  })
})

describe('the split by the teacher', () => {
  const labels = Int32Array.from([0, 1, 2, 0])
  const teacher = Int32Array.from([0, 1, 0, 1])

  test('counts who is right where the teacher is wrong, and who repeats its mistake', () => {
    const split = splitByTeacher([{ predicted: Int32Array.from([0, 2, 2, 1]) }], teacher, labels, 3)
    expect(split.right).toEqual({ examples: 2, correct: { mean: 0.5, half: null, n: 1 } })
    expect(split.wrong.correct?.mean).toBe(0.5)
    expect(split.wrong.repeated?.mean).toBe(0.5)
  })

  test('counts a diverged run as the even guess', () => {
    const split = splitByTeacher([{ predicted: null }], teacher, labels, 3)
    expect(split.wrong.correct?.mean).toBeCloseTo(1 / 3, 12)
  })

  test('has nothing to say of a teacher that is never wrong', () => {
    const split = splitByTeacher([{ predicted: labels }], labels, labels, 3)
    expect(split.wrong).toEqual({ examples: 0, correct: null, repeated: null })
    expect(split.right.correct?.mean).toBe(1)
  })

  test('refuses answers of another length', () => {
    expect(() => splitByTeacher([], Int32Array.from([1]), labels, 3)).toThrow(RangeError)
  })
})

test('a training costs three forward passes a step and example', () => {
  expect(trainingMacs(1000, 64, 10)).toBe(3 * 1000 * 64 * 10)
  expect(() => trainingMacs(1000, 0, 10)).toThrow('batchSize')
})
