import { describe, expect, test } from 'vitest'
import type { Method } from '../../../core/contracts/arm.ts'
import {
  batchLoss,
  crossEntropy,
  logSoftmax,
  smoothedLabel,
  softTargetLoss,
} from '../../../core/distillation/losses.ts'
import { methodCatalogue } from '../../../core/distillation/catalogue.ts'
import { createRandom } from '../../../core/random/create-random.ts'
import { seedOf } from '../../../core/random/seed-of.ts'
import { everyMethod, methodTitle } from '../../support/methods.ts'
import { createObjective } from '../../../workers/trainer/loss/objective.ts'
import { teacherTargets } from '../../../workers/trainer/loss/teacher-targets.ts'

const soft = { temperature: 4, hardLabelWeight: 0.1, softTargetWeight: 0.9 }
const methods: (Method | null)[] = [
  null,
  { name: 'scratch' },
  { name: 'label-smoothing', smoothing: 0.1 },
  { name: 'soft-targets', ...soft },
  { name: 'soft-targets', temperature: 1, hardLabelWeight: 0, softTargetWeight: 1 },
  { name: 'soft-targets', temperature: 20, hardLabelWeight: 0.5, softTargetWeight: 0 },
  { name: 'soft-targets-unlabelled', ...soft, unlabelledShare: 0.5 },
  { name: 'hard-labels-unlabelled', ...soft, unlabelledShare: 0.5 },
]
const title = (method: Method | null): string => JSON.stringify(method)
const takesUnlabelled = (method: Method | null): boolean => method !== null && 'unlabelledShare' in method

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
  const targets =
    method && 'temperature' in method ? teacherTargets(teacher, c.classes, method.temperature) : null
  const gradient = new Float32Array(size * c.classes)
  const objective = createObjective(method, c.classes, labels, targets)
  const loss = objective({ logits: Float32Array.from(c.student.flat()), examples: keys, labelled }, gradient)
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
  batchLoss(method, { student: c.student, teacher: c.teacher, labels: c.labels.slice(0, labelled) })

describe.each(methods.map((method) => ({ method, name: title(method) })))(
  'the loss of $name',
  ({ method }) => {
    const labelled = takesUnlabelled(method) ? 3 : 6

    test.each([2, 10, 37])('has the gradient that finite differences give, with %i classes', (classes) => {
      const c = makeCase(classes, 6, 3, 'differences')
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

    test.each([
      { classes: 2, spread: 1 },
      { classes: 10, spread: 8 },
      { classes: 100, spread: 30 },
      { classes: 10, spread: 1e4 },
    ])(
      'is the same in the trainer, with $classes classes and logits up to $spread',
      ({ classes, spread }) => {
        const c = makeCase(classes, 6, spread, 'trainer')
        const expected = reference(method, c, labelled)
        const actual = trainerLoss(method, c, labelled)
        expect(Number.isFinite(actual.loss)).toBe(true)
        expect(Math.abs(actual.loss - expected.loss)).toBeLessThan(1e-9 * Math.max(1, expected.loss))
        for (const [i, row] of expected.gradient.entries())
          for (const [k, g] of row.entries())
            expect(Math.abs((actual.gradient[i]?.[k] ?? Number.NaN) - g)).toBeLessThan(1e-6)
      },
    )
  },
)

describe.each(
  methods.filter((method) => !takesUnlabelled(method)).map((method) => ({ method, name: title(method) })),
)('the loss of $name', ({ method }) => {
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

  test('of unlabelled examples are never read', () => {
    for (const name of ['soft-targets-unlabelled', 'hard-labels-unlabelled'] as const) {
      const method: Method = { name, ...soft, unlabelledShare: 0.5 }
      const c = makeCase(5, 6, 3, 'unread')
      const spoiled = { ...c, labels: c.labels.map((label, i) => (i < 3 ? label : 4_000_000)) }
      expect(trainerLoss(method, spoiled, 3)).toEqual(trainerLoss(method, c, 3))
    }
  })
})

test('logits that are not finite give a loss that is not finite', () => {
  for (const z of [Number.NaN, Number.POSITIVE_INFINITY]) {
    const c = makeCase(4, 2, 1, 'not finite')
    const broken = { ...c, student: [[z, 0, 0, 0], c.student[1] ?? []] }
    for (const method of methods) {
      const labelled = takesUnlabelled(method) ? 1 : 2
      expect(Number.isFinite(trainerLoss(method, broken, labelled).loss)).toBe(false)
    }
  }
})

test.each(everyMethod.map((method) => [methodTitle(method), method] as const))(
  'a loss with a term of the teacher is refused without its targets, and no other: %s',
  (_, method) => {
    const create = (): unknown => createObjective(method, 3, new Int32Array(4), null)
    if (method !== null && methodCatalogue[method.name].needsTeacher)
      expect(create).toThrow(/learns from a teacher/)
    else expect(create).not.toThrow()
  },
)
