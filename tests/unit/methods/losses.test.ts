import { describe, expect, test } from 'vitest'
import type { Method } from '../../../core/contracts/arm.ts'
import { methods, openMethod } from '../../../core/methods/registry.ts'
import {
  crossEntropy,
  logSoftmax,
  smoothedLabel,
  softTargetLoss,
} from '../../../core/methods/reference-terms.ts'
import { createRandom } from '../../../core/random/create-random.ts'
import { seedOf } from '../../../core/random/seed-of.ts'
import { everyMethod, methodTitle, needsTeacher, takesUnlabelled } from '../../support/methods.ts'

const soft = { temperature: 4, hardLabelWeight: 0.1, softTargetWeight: 0.9 }
const cases = everyMethod.map((method) => ({ method, name: methodTitle(method) }))

interface Case {
  classes: number
  student: number[][]
  teacher: number[][]
  labels: number[]
}

/** Rounded to float32 first: that is what an engine hands over. */
function makeCase(classes: number, size: number, spread: number, seed: string): Case {
  const random = createRandom(seedOf('losses', seed, classes, size))
  const rows = (): number[][] =>
    Array.from({ length: size }, () =>
      Array.from({ length: classes }, () => Math.fround((random.nextFloat() * 2 - 1) * spread)),
    )
  return {
    classes,
    student: rows(),
    teacher: rows(),
    labels: Array.from({ length: size }, () => random.nextInt(classes)),
  }
}

/** The trainer's loss of the case; example i of the batch is example `keys[i]` of the training set. */
function trainerLoss(
  method: Method | null,
  c: Case,
  labelled: number,
): { loss: number; gradient: number[][] } {
  const size = c.student.length
  // The training set in another order than the batch: targets must be found by the example's index.
  const keys = Int32Array.from({ length: size }, (_, i) => size - 1 - i)
  const teacher = Float32Array.from(c.teacher.toReversed().flat())
  const labels = Int32Array.from(c.labels.toReversed())
  const gradient = new Float32Array(size * c.classes)
  const lossOf = openMethod(method).loss({ classes: c.classes, labels, teacher })
  const loss = lossOf({ logits: Float32Array.from(c.student.flat()), examples: keys, labelled }, gradient)
  return {
    loss,
    gradient: c.student.map((_, i) => [...gradient.subarray(i * c.classes, (i + 1) * c.classes)]),
  }
}

const reference = (
  method: Method | null,
  c: Case,
  labelled: number,
): { loss: number; gradient: number[][] } =>
  openMethod(method).reference({
    student: c.student,
    teacher: c.teacher,
    labels: c.labels.slice(0, labelled),
  })

describe.each(cases)('the loss of $name', ({ method }) => {
  // All labelled, then where the method takes them some and none.
  const labelledOf = (size: number): number[] =>
    takesUnlabelled(method) ? [size, Math.floor(size / 2), 0] : [size]

  test.each(
    [2, 10, 37].flatMap((classes) =>
      [1, 6].flatMap((size) => labelledOf(size).map((labelled) => ({ classes, size, labelled }))),
    ),
  )('has the gradient that finite differences give: %o', ({ classes, size, labelled }) => {
    const c = makeCase(classes, size, 3, 'differences')
    const { gradient } = reference(method, c, labelled)
    for (const [i, row] of c.student.entries())
      for (const [k, z] of row.entries()) {
        const at = (value: number): number => {
          const student = c.student.map((other, j) => (j === i ? other.with(k, value) : other))
          return reference(method, { ...c, student }, labelled).loss
        }
        const h = 1e-5
        expect(gradient[i]?.[k]).toBeCloseTo((at(z + h) - at(z - h)) / (2 * h), 8)
      }
  })

  test.each(
    [
      { classes: 2, spread: 1 },
      { classes: 10, spread: 8 },
      { classes: 100, spread: 30 },
      { classes: 10, spread: 1e4 },
    ].flatMap((shape) =>
      [1, 6].flatMap((size) => labelledOf(size).map((labelled) => ({ ...shape, size, labelled }))),
    ),
  )('is the same in the trainer: %o', ({ classes, spread, size, labelled }) => {
    const c = makeCase(classes, size, spread, 'trainer')
    const expected = reference(method, c, labelled)
    const actual = trainerLoss(method, c, labelled)
    expect(Number.isFinite(actual.loss)).toBe(true)
    expect(Math.abs(actual.loss - expected.loss)).toBeLessThan(1e-9 * Math.max(1, expected.loss))
    for (const [i, row] of expected.gradient.entries())
      for (const [k, g] of row.entries())
        expect(Math.abs((actual.gradient[i]?.[k] ?? Number.NaN) - g)).toBeLessThan(
          1e-6 * Math.max(1, Math.abs(g)),
        )
  })
})

describe.each(cases.filter(({ method }) => !takesUnlabelled(method)))('the loss of $name', ({ method }) => {
  test('is the mean over examples: a batch twice over has the same loss and half the gradient', () => {
    const c = makeCase(5, 4, 2, 'mean')
    const twice = {
      ...c,
      student: [...c.student, ...c.student],
      teacher: [...c.teacher, ...c.teacher],
      labels: [...c.labels, ...c.labels],
    }
    const [one, two] = [trainerLoss(method, c, 4), trainerLoss(method, twice, 8)]
    expect(two.loss).toBeCloseTo(one.loss, 10)
    expect(two.gradient[0]?.[0]).toBeCloseTo((one.gradient[0]?.[0] ?? Number.NaN) / 2, 7)
  })
})

describe('the soft-target term', () => {
  test('sums over classes and averages over examples only: classes that nobody predicts change nothing', () => {
    const student = [1, 2, -1]
    const teacher = [0, 1, 2]
    const unused = Array.from({ length: 97 }, () => -2000)
    for (const temperature of [1, 4])
      expect(softTargetLoss([...student, ...unused], [...teacher, ...unused], temperature).loss).toBeCloseTo(
        softTargetLoss(student, teacher, temperature).loss,
        12,
      )
  })

  test('carries T²: for large T it tends to half the mean squared difference of centred logits', () => {
    const [student, teacher] = [
      [1, -2, 0.5, 0.5],
      [0, 1, -3, 2],
    ] as const
    const limit = student.reduce((sum, z, k) => sum + (z - (teacher[k] ?? 0)) ** 2, 0) / (2 * student.length)
    expect(softTargetLoss(student, teacher, 10_000).loss).toBeCloseTo(limit, 2)
  })

  test('is 0 with gradient 0 where the student equals its teacher, and does not see a shift of the logits', () => {
    const teacher = [3, -1, 0.25]
    const { loss, gradient } = softTargetLoss(
      teacher.map((z) => z + 100),
      teacher,
      4,
    )
    expect(loss).toBeCloseTo(0, 12)
    for (const g of gradient) expect(g).toBeCloseTo(0, 12)
  })

  test('differs from its cross-entropy form by the teacher entropy, and has the same gradient', () => {
    const [student, teacher, t] = [[1, 2, 3], [2, 0, 1], 4] as const
    const p = logSoftmax(teacher, t).map(Math.exp)
    const entropy = -p.reduce((sum, value) => sum + value * Math.log(value), 0)
    const scaled = student.map((z) => z / t)
    const cross = crossEntropy(scaled, p)
    const kl = softTargetLoss(student, teacher, t)
    expect(kl.loss).toBeCloseTo(t ** 2 * (cross.loss - entropy), 10)
    cross.gradient.forEach((g, k) => expect(kl.gradient[k]).toBeCloseTo(t * g, 10))
  })
})

describe('hard labels', () => {
  test('label smoothing gives ε/K to every class and 1 − ε more to the label', () => {
    const target = smoothedLabel(2, 4, 0.1)
    ;[0.025, 0.025, 0.925, 0.025].forEach((q, k) => expect(target[k]).toBeCloseTo(q, 12))
  })

  test('on unlabelled examples are the teacher’s top class, of equal ones the lowest', () => {
    const method: Method = {
      name: 'hard-labels-unlabelled',
      ...soft,
      hardLabelWeight: 0,
      unlabelledShare: 0.5,
    }
    const c: Case = {
      classes: 3,
      student: [
        [0, 0, 0],
        [1, 2, 4],
      ],
      teacher: [
        [0, 0, 0],
        [1, 5, 5],
      ],
      labels: [0, 0],
    }
    const expected = (0.9 * crossEntropy([1, 2, 4], [0, 1, 0]).loss) / 2
    expect(reference(method, c, 1).loss).toBeCloseTo(expected, 12)
    expect(trainerLoss(method, c, 1).loss).toBeCloseTo(expected, 12)
  })

  test.each(cases.filter(({ method }) => takesUnlabelled(method)))(
    'of unlabelled examples are never read: $name',
    ({ method }) => {
      const c = makeCase(5, 6, 3, 'unread')
      const spoiled = { ...c, labels: c.labels.map((label, i) => (i < 3 ? label : 4_000_000)) }
      expect(trainerLoss(method, spoiled, 3)).toEqual(trainerLoss(method, c, 3))
    },
  )
})

test('logits that are not finite give a loss that is not finite', () => {
  for (const z of [Number.NaN, Number.POSITIVE_INFINITY]) {
    const c = makeCase(4, 2, 1, 'not finite')
    const broken = { ...c, student: [[z, 0, 0, 0], c.student[1] ?? []] }
    for (const { method } of cases) {
      const labelled = takesUnlabelled(method) ? 1 : 2
      expect(Number.isFinite(trainerLoss(method, broken, labelled).loss)).toBe(false)
    }
  }
})

test.each(cases)(
  'a method that learns from a teacher is refused without one, and no other: $name',
  ({ method }) => {
    const create = (): unknown =>
      openMethod(method).loss({ classes: 3, labels: new Int32Array(4), teacher: null })
    const refer = (): unknown =>
      openMethod(method).reference({ student: [[0, 1, 2]], labels: [1], teacher: null })
    if (needsTeacher(method)) {
      expect(create).toThrow(/learns from a teacher/)
      expect(refer).toThrow(/needs the teacher/)
    } else {
      expect(create).not.toThrow()
      expect(refer).not.toThrow()
    }
  },
)

test.each(cases.filter(({ method }) => !takesUnlabelled(method)))(
  'a method that learns from labelled examples alone is given no others: $name',
  ({ method }) => {
    const c = makeCase(3, 2, 1, 'labelled alone')
    expect(() => trainerLoss(method, c, 1)).toThrow(/labelled examples only/)
    expect(() => reference(method, c, 1)).toThrow(/labelled examples only/)
  },
)

test.each(cases.filter(({ method }) => needsTeacher(method)))(
  'what the teacher says makes a difference: $name',
  ({ method }) => {
    const c = makeCase(5, 6, 3, 'teacher')
    const labelled = takesUnlabelled(method) ? 3 : 6
    const other = { ...c, teacher: makeCase(5, 6, 3, 'another teacher').teacher }
    expect(trainerLoss(method, other, labelled).loss).not.toBe(trainerLoss(method, c, labelled).loss)
  },
)

test('every method of the registry is among those that are tested', () => {
  expect(new Set(everyMethod.map((method) => method?.name))).toEqual(
    new Set([undefined, ...methods.map(({ name }) => name)]),
  )
})
