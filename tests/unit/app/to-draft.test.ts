import { assert, constant, constantFrom, oneof, option, property, record, string } from 'fast-check'
import type { Arbitrary } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defaultQuestion } from '../../../app/_features/new-experiment/default-question.ts'
import { readAddress, toAddress } from '../../../app/_features/new-experiment/form-address.ts'
import {
  anotherArm,
  MOST_ARMS,
  startFields,
  withArms,
} from '../../../app/_features/new-experiment/arms/method-fields.ts'
import { manyOffers } from '../../../app/_features/new-experiment/arms/offers.ts'
import type { FormState } from '../../../app/_features/new-experiment/form-state.ts'
import { presetState, presets } from '../../../app/_features/new-experiment/presets.ts'
import { widthsOf } from '../../../app/_features/new-experiment/read-number.ts'
import { splitProblems } from '../../../app/_features/new-experiment/split-problems.ts'
import { toDraft } from '../../../app/_features/new-experiment/to-draft.ts'
import { trainingSummary } from '../../../app/_features/new-experiment/training-summary.ts'
import { withEarlyStop, withSchedule } from '../../../app/_features/new-experiment/with-training.ts'
import { ExperimentDraft } from '../../../core/contracts/protocol.ts'
import type { ExperimentDraftInput } from '../../../core/contracts/protocol.ts'
import { draftProtocol } from '../../../core/planning/draft-protocol.ts'
import { demoDraft } from '../../../server/domain/experiments/demo.ts'
import type { Method } from '../../../core/contracts/arm.ts'
import { softTargets } from '../../../core/methods/soft-targets/card.ts'
import { methodFields } from '../../support/method-fields.ts'
import { digits, wasm } from '../planning/drafts.ts'

const mnist = presetState('mnist')
const text = oneof(
  constantFrom('', '0', '1', '-1', '0.5', '1e-3', '2,000', 'abc', '99999999', '0,5', ' 8 ', 'NaN', '1e400'),
  string({ maxLength: 8 }),
)
const network = record({
  hidden: oneof(text, constantFrom('800, 800', '128-64', '9000', '1 2 3 4 5 6 7 8 9')),
  dropout: text,
  steps: text,
  batchSize: text,
  learningRate: text,
  schedule: constantFrom('constant', 'cosine', 'step'),
  milestones: oneof(text, constantFrom('4000, 6000', '10 5', '0, 3', '1 2 3')),
  factor: text,
  warmUpSteps: text,
  optimizer: constantFrom('adam', 'sgd', 'nesterov'),
  momentum: text,
  beta1: text,
  beta2: text,
  epsilon: text,
  weightDecay: text,
  clipNorm: text,
  earlyStop: constantFrom('off', 'accuracy', 'nll'),
  everySteps: text,
  patience: text,
})
const forms: Arbitrary<FormState> = record({
  from: constantFrom('digits', 'letter', 'mnist', 'mnist-large'),
  question: option(string({ maxLength: 400 })),
  data: constantFrom('digits', 'mnist', 'letter'),
  labels: oneof(text, constant('all')),
  subset: constantFrom('per-seed', 'fixed'),
  teacher: network,
  student: network,
  methods: methodFields({
    typed: () => text,
    always: () => oneof(text, constant('0.1 0.2')),
    told: (fields) => JSON.stringify(fields),
  }),
  others: constantFrom<Method[]>([], [{ name: 'label-smoothing', smoothing: 0.4 }]),
  seeds: text,
  after: constantFrom('one-look', 'extension', 'until-decided'),
  looks: oneof(text, constantFrom('3, 5, 10', '3 5', '16', '5, 3', '1,2,3,4')),
  firstSeed: oneof(text, constant('9')),
  teacherSeed: text,
  engine: constantFrom(null, 'wasm', 'native', 'cpu'),
  alpha: oneof(text, constant('0.05')),
  primaryMetric: constantFrom('accuracy', 'nll'),
  margin: text,
  margins: record({ accuracy: text, nll: text, brier: text, gap: text, latency: text, teacher: text }),
  spread: text,
})

describe('toDraft', () => {
  test('whatever it accepts, the API’s schema accepts', () => {
    assert(
      property(forms, (form) => {
        const { draft } = toDraft(form, 54_000)
        if (draft !== null) expect(ExperimentDraft.safeParse(draft).success).toBe(true)
      }),
      { numRuns: 400 },
    )
  })

  test.each(presets.map(({ id, state }) => [id, state] as const))(
    'the settings %s make a draft',
    (_, state) => {
      const { draft } = toDraft(state, 54_000)
      expect(ExperimentDraft.safeParse(draft).success).toBe(true)
    },
  )

  test('a margin in points becomes a fraction; in nats it stays', () => {
    expect(toDraft({ ...mnist, margin: '0.5' }, 1).draft?.margin).toBeCloseTo(0.005, 12)
    expect(toDraft({ ...mnist, margin: '0.02', primaryMetric: 'nll' }, 1).draft?.margin).toBe(0.02)
  })

  test('looks: one, the second at twice the first unless typed, or a list', () => {
    const looks = (part: Partial<FormState>) => toDraft({ ...mnist, seeds: '8', ...part }, 1).draft
    expect(looks({})).toMatchObject({ seeds: 8, moreLooks: [] })
    expect(looks({ after: 'extension' })).toMatchObject({
      seeds: 8,
      moreLooks: [16],
      continuation: 'on-request',
    })
    expect(looks({ after: 'extension', looks: '11' })).toMatchObject({ seeds: 8, moreLooks: [11] })
    expect(looks({ after: 'until-decided', looks: '3, 5, 10' })).toMatchObject({
      seeds: 3,
      moreLooks: [5, 10],
      continuation: 'until-decided',
    })
  })

  test.each(['', '3', '3, x', '3.5, 6'])('the looks “%s” until decided are no list', (looks) => {
    const { problems } = toDraft({ ...mnist, after: 'until-decided', looks }, 1)
    expect(problems).toEqual({ moreLooks: expect.stringContaining('3, 5, 10') as string })
  })

  test('margins in points and percent become fractions, in nats they stay, empty ones are left out', () => {
    const margins = { ...mnist.margins, nll: '0.03', gap: '2', latency: '5', teacher: '0.5' }
    const { draft } = toDraft({ ...mnist, margins }, 1)
    expect(Object.keys(draft?.margins ?? {}).sort()).toEqual(['gap', 'latency', 'nll', 'teacher'])
    expect(draft?.margins?.nll).toBe(0.03)
    expect(draft?.margins?.gap).toBeCloseTo(0.02, 12)
    expect(draft?.margins?.latency).toBeCloseTo(0.05, 12)
    expect(draft?.margins?.teacher).toBeCloseTo(0.005, 12)
  })

  test('the margin of the primary metric is typed once, whatever stands in the folded field', () => {
    const { draft } = toDraft({ ...mnist, margins: { ...mnist.margins, accuracy: 'abc' } }, 1)
    expect(draft?.margins).toEqual({})
  })

  test('an assumed spread is in the metric’s units and no part of the draft', () => {
    const points = toDraft({ ...mnist, spread: '0.5' }, 1)
    expect(points.problems === null ? points.spread : null).toBeCloseTo(0.005, 12)
    expect(points.draft).toEqual(toDraft(mnist, 1).draft)
    const nats = toDraft({ ...mnist, spread: '0.02', primaryMetric: 'nll' }, 1)
    expect(nats.problems === null ? nats.spread : null).toBe(0.02)
    expect(toDraft({ ...mnist, spread: '0' }, 1).problems).toHaveProperty('spread')
  })

  test('“all” stands for every training example', () => {
    expect(toDraft({ ...mnist, labels: 'All' }, 53_912).draft?.labelsPerSeed).toBe(53_912)
  })

  test('the arms on unlabelled examples share their settings', () => {
    const methods = toDraft(mnist, 1).draft?.methods ?? []
    const [softArm, hardArm] = methods.slice(-2)
    expect({ ...softArm, name: '' }).toEqual({ ...hardArm, name: '' })
  })

  test('the ready settings of MNIST plan what the demonstration plans, so that both share a teacher', () => {
    const planned = (input: ExperimentDraftInput) =>
      draftProtocol(ExperimentDraft.parse(input), { ...digits, name: 'mnist', train: 53_912 }, wasm)
    const { draft } = toDraft(mnist, 53_912)
    expect(draft).not.toBeNull()
    if (draft === null) return
    const preset = planned(draft)
    expect(preset.ok).toBe(true)
    expect(preset).toEqual(planned(demoDraft))
  })

  test('says at which field what is wrong', () => {
    const form: FormState = {
      ...mnist,
      labels: 'many',
      methods: withArms(mnist.methods, 'soft', [
        { temperature: '0', hardLabelWeight: '0', softTargetWeight: '0' },
      ]),
      student: { ...mnist.student, hidden: '12x' },
    }
    expect(Object.keys(toDraft(form, 1).problems ?? {}).sort()).toEqual([
      'labelsPerSeed',
      'methods.0.softTargetWeight',
      'methods.0.temperature',
      'student.network.hidden',
    ])
  })

  const trained = (part: Partial<FormState['student']>) =>
    toDraft({ ...mnist, student: { ...mnist.student, ...part } }, 1)

  test('what is off is left out of the draft, so that older plans keep their hash', () => {
    const training = toDraft(mnist, 1).draft?.student.training
    expect(Object.keys(training ?? {}).sort()).toEqual([
      'batchSize',
      'learningRate',
      'optimizer',
      'schedule',
      'steps',
    ])
    expect(trained({ optimizer: 'sgd' }).draft?.student.training.optimizer).toEqual({
      name: 'sgd',
      momentum: 0.9,
      weightDecay: 0,
    })
  })

  test('schedule, warm-up, clipping, Nesterov momentum and early stop are read as typed', () => {
    const { draft } = trained({
      schedule: 'step',
      milestones: '400; 600',
      factor: '0,1',
      warmUpSteps: '50',
      optimizer: 'nesterov',
      clipNorm: '.5',
      earlyStop: 'nll',
      everySteps: '1,000',
      patience: '3',
    })
    expect(draft?.student.training).toMatchObject({
      schedule: { name: 'step', milestones: [400, 600], factor: 0.1 },
      warmUpSteps: 50,
      clipNorm: 0.5,
      optimizer: { name: 'sgd', momentum: 0.9, nesterov: true },
      earlyStop: { metric: 'nll', everySteps: 1000, patience: 3 },
    })
  })

  test('fields of a schedule or of an early stop that is not chosen are not read', () => {
    expect(trained({ milestones: 'x', factor: '9', everySteps: 'x', patience: '0' }).problems).toBeNull()
  })

  test.each(['', 'x', '400, 0', '1.5', '-3', Array.from({ length: 21 }, (_, index) => index + 1).join()])(
    'the milestones “%s” are no list',
    (milestones) => {
      const { problems } = trained({ schedule: 'step', milestones })
      expect(problems).toEqual({
        'student.training.schedule.milestones': expect.stringContaining('4000, 6000') as string,
      })
    },
  )

  test.each(['4,500', '4,500, 6000', '4000, 6,000', '400,600', '1,234,567'])(
    'the milestones “%s” may be one number or two, and are refused',
    (milestones) => {
      expect(trained({ schedule: 'step', milestones }).problems).toEqual({
        'student.training.schedule.milestones': expect.stringMatching(
          /^Write \d+ (for one number, or “[\d, ]+” for several|if that is meant)\.$/,
        ) as string,
      })
    },
  )

  test('each field of the training says what it may be', () => {
    const wrong = trained({
      schedule: 'step',
      milestones: '400',
      factor: '1',
      warmUpSteps: '0',
      clipNorm: '0',
      earlyStop: 'accuracy',
      everySteps: '',
      patience: '1001',
    })
    expect(Object.keys(wrong.problems ?? {}).sort()).toEqual([
      'student.training.clipNorm',
      'student.training.earlyStop.everySteps',
      'student.training.earlyStop.patience',
      'student.training.schedule.factor',
      'student.training.warmUpSteps',
    ])
  })

  test('0 seeds and a margin of 0 go to the API, which explains them', () => {
    expect(toDraft({ ...mnist, seeds: '0', margin: '0' }, 1).draft).toMatchObject({ seeds: 0, margin: 0 })
  })
})

test('a number of labels that cannot be is not in the question', () => {
  expect(defaultQuestion({ ...mnist, labels: '0.5' })).not.toContain('labels')
  expect(defaultQuestion({ ...mnist, labels: '1e30' })).not.toContain('labels')
  expect(defaultQuestion(mnist)).toContain('with 2,000 labels')
})

describe('the form in the address', () => {
  test('comes back as it was', () => {
    assert(
      property(forms, (form) => {
        const back = readAddress(new URLSearchParams(toAddress(form).toString())).form
        expect(back).toEqual(form)
      }),
      { numRuns: 300 },
    )
  })

  test('of ready settings is their name alone', () => {
    expect(toAddress(mnist).toString()).toBe('from=mnist')
  })

  test('with unknown values falls back to the settings it started from', () => {
    const address = new URLSearchParams('from=nowhere&data=cifar&metric=f1&others={&seeds=4')
    const { form, dropped } = readAddress(address)
    expect(form).toEqual({ ...mnist, seeds: '4' })
    expect(dropped.sort()).toEqual(['data', 'from', 'metric', 'others'])
  })

  test.each([
    [
      'more arms than a form has',
      Array(MOST_ARMS + 1)
        .fill('4_0.1_0.9')
        .join(' '),
    ],
    ['an arm with a field too many', '4_0.1_0.9_2'],
    ['an arm with a field too few', '4_0.1'],
    ['what is not escaped', '4_%_1'],
  ])('names soft arms that it cannot keep: %s', (_, typed) => {
    const { form, dropped } = readAddress(new URLSearchParams({ soft: typed }))
    expect(form.methods).toEqual(mnist.methods)
    expect(dropped).toEqual(['soft'])
  })

  test('names parameters that it does not know, but not the launch key', () => {
    expect(readAddress(new URLSearchParams('seed=5&launch=abc&student.width=4')).dropped).toEqual([
      'seed',
      'student.width',
    ])
  })

  test('names arms on unlabelled examples that there are not', () => {
    expect(readAddress(new URLSearchParams('unlabelled=soft+loud')).dropped).toEqual(['unlabelled'])
  })
})

describe('numbers as people type them', () => {
  const problemAt = (path: string, change: (form: FormState) => void): string | undefined => {
    const form = structuredClone(mnist)
    change(form)
    return toDraft(form, 50_000).problems?.[path]
  }

  test('a learning rate of 0,001 is 0.001, and one of 2,000 is asked about', () => {
    const form = structuredClone(mnist)
    form.student.learningRate = '0,001'
    expect(toDraft(form, 50_000).draft?.student.training.learningRate).toBe(0.001)
    const problem = problemAt('student.training.learningRate', (own) => {
      own.student.learningRate = '2,000'
    })
    expect(problem).toBe('Write 2000 or 2.0: this may be either.')
  })

  test('labels of 2 000 are 2000, seeds of 2.000 are asked about', () => {
    const form = structuredClone(mnist)
    form.labels = '2 000'
    expect(toDraft(form, 50_000).draft?.labelsPerSeed).toBe(2000)
    expect(problemAt('seeds', (own) => void (own.seeds = '2.000'))).toContain('Write 2 or 2000')
  })

  test('a percentage where a share is asked for says which share it is', () => {
    const problem = problemAt('student.network.dropout', (own) => void (own.student.dropout = '50'))
    expect(problem).toContain('50 % is 0.5.')
    const weight = problemAt('methods.0.hardLabelWeight', (own) => {
      const arm = { ...startFields(softTargets.stored), hardLabelWeight: '50 %' }
      own.methods = withArms(own.methods, 'soft', [arm])
    })
    expect(weight).toContain('50 % is 0.5.')
  })

  test('more arms than an experiment has are counted at the field of the smoothings', () => {
    const many = Array.from({ length: 42 }, (_, at) => String((at + 1) / 100)).join(' ')
    const problem = problemAt('smoothing', (own) => {
      own.methods = { ...own.methods, always: { smoothing: many } }
    })
    expect(problem).toMatch(
      /^An experiment has at most 40 arms beside the control, these are \d+: leave some out\.$/,
    )
  })

  test('widths are read with any separator, an empty text is a linear model', () => {
    expect(widthsOf('800, 800')).toEqual([800, 800])
    expect(widthsOf('128-64')).toEqual([128, 64])
    expect(widthsOf('128 - 64')).toEqual([128, 64])
    expect(widthsOf('800,800')).toEqual([800, 800])
    expect(widthsOf('128,64')).toEqual([128, 64])
    for (const unclear of ['1,024', '1024, 1,024', '1,024-64']) expect(widthsOf(unclear)).toBeNull()
    for (const negative of ['-1', ' -1', '−1', '-', '800, -1', '800 -1', '800--1']) {
      expect(widthsOf(negative)).toBeNull()
    }
    expect(widthsOf(' ')).toEqual([])
    expect(widthsOf('12x')).toBeNull()
    const problem = problemAt('student.network.hidden', (own) => void (own.student.hidden = '128,064'))
    expect(problem).toBe('Write “128, 64” if several numbers are meant.')
  })
})

test('an added arm takes values that are still free, where there are some to choose from', () => {
  for (const offer of manyOffers) {
    const taken = [anotherArm(offer, [])]
    for (const { key, spec } of offer.card.stored) {
      const [first, other] = [taken[0]?.[key], anotherArm(offer, taken)[key]]
      if (spec.starts.length > 1) expect(other).not.toBe(first)
      else expect(other).toBe(first)
    }
  }
})

test('problems without a field of the form are told as one text', () => {
  const { fields, rest } = splitProblems(
    [
      { path: 'labelsPerSeed', message: 'Too many.' },
      { path: 'methods.2', message: 'Both weights of this arm are 0.' },
      { path: 'nothing', message: 'Nothing of the form.' },
    ],
    mnist,
  )
  expect(fields).toEqual({ labelsPerSeed: 'Too many.', methods: 'Both weights of this arm are 0.' })
  expect(rest).toBe('Nothing of the form.')
})

describe('the training of a network', () => {
  const { student } = mnist

  test('steps that are chosen fall at a half and at three quarters until milestones are typed', () => {
    expect(withSchedule(student, 'step')).toEqual({ schedule: 'step', milestones: '625, 938' })
    expect(withSchedule({ ...student, milestones: '9' }, 'step')).toEqual({ schedule: 'step' })
    expect(withSchedule({ ...student, steps: 'many' }, 'step')).toEqual({ schedule: 'step' })
    expect(withSchedule(student, 'constant')).toEqual({ schedule: 'constant' })
  })

  test('an early stop that is chosen measures about 20 times until an interval is typed', () => {
    expect(withEarlyStop(student, 'nll')).toEqual({ earlyStop: 'nll', everySteps: '60' })
    expect(withEarlyStop({ ...student, steps: '5' }, 'nll')).toEqual({ earlyStop: 'nll', everySteps: '1' })
    expect(withEarlyStop({ ...student, everySteps: '7' }, 'nll')).toEqual({ earlyStop: 'nll' })
    expect(withEarlyStop(student, 'off')).toEqual({ earlyStop: 'off' })
  })

  test('is summed up by what is on', () => {
    expect(trainingSummary(student)).toBe('1250 steps, batch 64, Adam 0.001, cosine')
    expect(trainingSummary({ ...student, schedule: 'step', milestones: ' ' })).toMatch(/× 0\.1 at …$/)
    expect(
      trainingSummary({
        ...student,
        schedule: 'step',
        milestones: '600, 900',
        warmUpSteps: '50',
        optimizer: 'nesterov',
        clipNorm: '1',
        earlyStop: 'nll',
      }),
    ).toBe(
      'at most 1250 steps, batch 64, Nesterov SGD 0.001, × 0.1 at 600 and 900, warm-up 50, clipped at 1, early stop on NLL',
    )
  })
})
