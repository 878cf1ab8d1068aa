import { array, assert, constantFrom, integer, oneof, pre, property, record } from 'fast-check'
import type { Arbitrary } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAddress } from '../../../app/_features/new-experiment/form-address.ts'
import type { FormState } from '../../../app/_features/new-experiment/form-state.ts'
import { planAddress } from '../../../app/_features/new-experiment/plan-address.ts'
import { presetState } from '../../../app/_features/new-experiment/presets.ts'
import { toDraft } from '../../../app/_features/new-experiment/to-draft.ts'
import type { Method } from '../../../core/contracts/arm.ts'
import { ExperimentDraft, type DataName, type Protocol } from '../../../core/contracts/protocol.ts'
import { draftProtocol } from '../../../core/planning/draft-protocol.ts'
import type { Setting } from '../../../core/methods/method.ts'
import { methodFields } from '../../support/method-fields.ts'
import { digits, wasm } from '../planning/drafts.ts'

const dataOf = (name: DataName) => (name === 'digits' ? digits : { ...digits, name, train: 53_912 })

/** What a form's launch would freeze; null where the form or the API refuses it. */
function protocolOf(form: FormState): { protocol: Protocol; question: string } | null {
  const data = dataOf(form.data)
  const { draft } = toDraft(form, data.train)
  if (draft === null) return null
  const parsed = ExperimentDraft.parse(draft)
  const result = draftProtocol(parsed, data, {
    ...wasm,
    name: parsed.engine === 'auto' ? 'wasm' : (parsed.engine ?? 'wasm'),
  })
  return result.ok ? { protocol: result.protocol, question: draft.question } : null
}

const text = (low: number, high: number, unit = 1): Arbitrary<string> =>
  integer({ min: low, max: high }).map((value) => String(Number((value * unit).toPrecision(9))))
const optional = (values: Arbitrary<string>): Arbitrary<string> => oneof(constantFrom(''), values)
const network = record({
  hidden: array(integer({ min: 1, max: 900 }), { maxLength: 4 }).map((widths) => widths.join('-')),
  dropout: text(0, 9, 0.1),
  steps: text(1, 9_000),
  batchSize: text(2, 300),
  learningRate: constantFrom('0.001', '3e-4', '0,01', '.5'),
  schedule: constantFrom('constant', 'cosine', 'step'),
  milestones: constantFrom('10', '100, 200', '5 60; 700'),
  factor: constantFrom('0.1', '.5', '0,3'),
  warmUpSteps: optional(text(1, 90)),
  optimizer: constantFrom('adam', 'sgd', 'nesterov'),
  momentum: text(0, 9, 0.1),
  beta1: constantFrom('0.9', '0.5', '0'),
  beta2: constantFrom('0.999', '0,98'),
  epsilon: constantFrom('1e-7', '1e-8', '0.001'),
  weightDecay: constantFrom('0', '1e-4'),
  clipNorm: optional(constantFrom('1', '0.25', '5e-3')),
  earlyStop: constantFrom('off', 'accuracy', 'nll'),
  everySteps: text(1, 900),
  patience: text(1, 40),
})
const apart = { temperature: 3.25, hardLabelWeight: 0.125, softTargetWeight: 2 / 3, unlabelledShare: 0.35 }
const typed = ({ spec }: Setting): Arbitrary<string> => {
  if (spec.range.unit === 'share') return text(1, 9, 0.1)
  if (spec.range.unit !== 'weight') return text(1, 40, 0.5)
  return spec.weighsTheTeacher === true ? text(1, 10, 0.1) : text(0, 10, 0.1)
}
const forms: Arbitrary<FormState> = record({
  from: constantFrom('digits', 'letter', 'mnist', 'mnist-large'),
  question: constantFrom(null, 'Is it worth a teacher?'),
  data: constantFrom('digits', 'mnist', 'letter'),
  labels: oneof(text(10, 600), constantFrom('all')),
  subset: constantFrom('per-seed', 'fixed'),
  teacher: network,
  student: network,
  methods: methodFields({
    typed,
    always: () => constantFrom('0.1', '0.2', '.05 0.3'),
    told: (fields) => Object.values(fields).map(Number).join(),
  }),
  others: constantFrom<Method[]>(
    [],
    [{ ...apart, name: 'hard-labels-unlabelled' }],
    [
      { ...apart, name: 'soft-targets-unlabelled' },
      { ...apart, name: 'hard-labels-unlabelled', unlabelledShare: 1 / 3 },
    ],
  ),
  seeds: text(1, 20),
  after: constantFrom('one-look', 'extension', 'until-decided'),
  looks: constantFrom('', '16', '25', '3, 5, 10', '3 20', '4;9;11;12', '30, 60, 90'),
  firstSeed: text(1, 3_000),
  teacherSeed: text(-5, 3_000),
  engine: constantFrom('wasm', 'native', 'cpu'),
  alpha: constantFrom('0.05', '0,01', '0.1', '.0375'),
  primaryMetric: constantFrom('accuracy', 'nll'),
  margin: text(1, 400, 0.01),
  margins: record({
    accuracy: optional(text(1, 300, 0.01)),
    nll: optional(text(1, 300, 0.001)),
    brier: optional(text(1, 300, 0.001)),
    gap: optional(text(1, 300, 0.01)),
    latency: optional(text(1, 30)),
    teacher: optional(text(1, 300, 0.01)),
  }),
  spread: constantFrom('', '0.5'),
})

describe('the address of a frozen protocol', () => {
  test('leads to a form that freezes the same protocol again', () => {
    let tried = 0
    assert(
      property(forms, (form) => {
        const frozen = protocolOf(form)
        pre(frozen !== null)
        tried++
        const address = planAddress(frozen.protocol, frozen.question)
        const again = readAddress(new URLSearchParams(address.toString())).form
        expect(protocolOf(again)).toEqual(frozen)
      }),
      { numRuns: 300 },
    )
    expect(tried).toBeGreaterThanOrEqual(300)
  })

  test('carries a margin to the last digit', () => {
    for (const margin of [0.0123456789012345, 0.07, 1e-5]) {
      const frozen = protocolOf(presetState('digits'))
      if (frozen === null) throw new Error('These settings can be frozen.')
      const again = readAddress(planAddress({ ...frozen.protocol, margin }, frozen.question)).form
      expect(toDraft(again, 800).draft?.margin).toBe(margin)
    }
  })

  test('carries schedule, warm-up, clipping, Nesterov momentum and early stop of both networks', () => {
    const start = presetState('digits')
    const all = {
      schedule: 'step',
      milestones: '700, 1000',
      factor: '0.3',
      warmUpSteps: '50',
      optimizer: 'nesterov',
      momentum: '0.8',
      clipNorm: '0.5',
      earlyStop: 'nll',
      everySteps: '40',
      patience: '7',
    } as const
    const frozen = protocolOf({
      ...start,
      teacher: { ...start.teacher, ...all },
      student: { ...start.student, ...all, earlyStop: 'accuracy' },
    })
    if (frozen === null) throw new Error('These settings can be frozen.')
    expect(frozen.protocol.student.training).toMatchObject({
      schedule: { milestones: [700, 1000], factor: 0.3 },
      optimizer: { nesterov: true },
      earlyStop: { metric: 'accuracy', everySteps: 40, patience: 7 },
    })
    const again = readAddress(planAddress(frozen.protocol, frozen.question)).form
    expect(again.teacher).toMatchObject(all)
    expect(protocolOf(again)).toEqual(frozen)
  })

  test('of an older link has a training without them', () => {
    const { student } = readAddress(new URLSearchParams('from=digits&student.schedule=constant')).form
    expect(student).toEqual({ ...presetState('digits').student, schedule: 'constant' })
    expect(student).toMatchObject({ warmUpSteps: '', clipNorm: '', earlyStop: 'off' })
  })

  test('of ready settings is their name and the engine, which another server may not start with', () => {
    const frozen = protocolOf(presetState('digits'))
    expect(frozen === null ? null : planAddress(frozen.protocol, frozen.question).toString()).toBe(
      'from=digits&engine=wasm',
    )
  })

  test('takes other seeds, which the first experiment has not seen, as one look', () => {
    const frozen = protocolOf({ ...presetState('digits'), after: 'extension' })
    if (frozen === null) throw new Error('The ready settings can be frozen.')
    const address = planAddress(frozen.protocol, frozen.question, { seeds: 11, firstSeed: 17 })
    const next = protocolOf(readAddress(address).form)?.protocol
    expect(next?.seeds).toEqual(Array.from({ length: 11 }, (_, index) => 17 + index))
    expect(next?.looks).toEqual([{ seeds: 11, alpha: 0.05 }])
    expect({ ...next, seeds: [], looks: [], continuation: 'none' }).toEqual({
      ...frozen.protocol,
      seeds: [],
      looks: [],
      continuation: 'none',
    })
  })

  test('with fewer labels asks the question anew, whoever wrote the old one', () => {
    const frozen = protocolOf(presetState('digits'))
    if (frozen === null) throw new Error('The ready settings can be frozen.')
    const form = (question: string) =>
      readAddress(planAddress(frozen.protocol, question, { labelsPerSeed: 150 })).form
    expect(protocolOf(form(frozen.question))?.question).toContain('with 150 labels')
    expect(protocolOf(form('Mine, with 300 labels?'))?.question).toContain('with 150 labels')
    const same = readAddress(planAddress(frozen.protocol, 'Mine?', { labelsPerSeed: 300 })).form
    expect(protocolOf(same)?.question).toBe('Mine?')
  })

  test.each([
    [0.0078, 'accuracy', '0.78'],
    [0.0078123, 'accuracy', '0.782'],
    [0.0091234, 'nll', '0.00913'],
    [0.1, 'accuracy', '10'],
    [0.09999, 'nll', '0.1'],
    [0, 'accuracy', ''],
    [null, 'accuracy', ''],
  ] as const)('plans with a spread of %s in %s as “%s”', (spread, primaryMetric, field) => {
    const frozen = protocolOf(presetState('digits'))
    if (frozen === null) throw new Error('The ready settings can be frozen.')
    const address = planAddress({ ...frozen.protocol, primaryMetric }, frozen.question, { spread })
    expect(readAddress(address).form.spread).toBe(field)
  })
})
