import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readAddress } from '../../../app/_features/new-experiment/form-address.ts'
import { planAddress } from '../../../app/_features/new-experiment/plan-address.ts'
import { toDraft } from '../../../app/_features/new-experiment/to-draft.ts'
import type { Method } from '../../../core/contracts/arm.ts'
import type { NetworkSpec, OptimizerSpec, TrainingSpec } from '../../../core/contracts/network.ts'
import { ExperimentDraft, type ExperimentDraftInput } from '../../../core/contracts/protocol.ts'
import { draftProtocol } from '../../../core/planning/draft-protocol.ts'
import { arbitraryMethod } from '../../support/arbitrary-method.ts'
import { digits, wasm } from '../planning/drafts.ts'

// Drafts as the API takes them, not as the form would write them: every setting, with all digits.
const between = (min: number, max: number): fc.Arbitrary<number> =>
  fc.double({ min, max, noNaN: true, minExcluded: true, maxExcluded: true })
const maybe = <Value>(values: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(values, { nil: undefined })

const network: fc.Arbitrary<NetworkSpec> = fc.record({
  kind: fc.constant('mlp'),
  hidden: fc.array(fc.integer({ min: 1, max: 8192 }), { maxLength: 8 }),
  dropout: between(0, 1),
})
const optimizer: fc.Arbitrary<OptimizerSpec> = fc.oneof(
  fc.record({
    name: fc.constant('adam' as const),
    beta1: between(0, 1),
    beta2: between(0, 1),
    epsilon: between(1e-12, 1),
    weightDecay: between(0, 10),
  }),
  fc.record(
    {
      name: fc.constant('sgd' as const),
      momentum: between(0.01, 1),
      weightDecay: between(0, 10),
      nesterov: fc.constant(true as const),
    },
    { requiredKeys: ['name', 'momentum', 'weightDecay'] },
  ),
)
const training: fc.Arbitrary<TrainingSpec> = fc
  .record({
    steps: fc.integer({ min: 3000, max: 10_000_000 }),
    batchSize: fc.integer({ min: 2, max: 8192 }),
    optimizer,
    learningRate: between(1e-6, 10),
    schedule: fc.oneof(
      fc.constantFrom('constant' as const, 'cosine' as const),
      fc.record({
        name: fc.constant('step' as const),
        milestones: fc
          .uniqueArray(fc.integer({ min: 1000, max: 2999 }), { minLength: 1, maxLength: 20 })
          .map((steps) => steps.sort((a, b) => a - b)),
        factor: between(0, 1),
      }),
    ),
    warmUpSteps: maybe(fc.integer({ min: 1, max: 900 })),
    clipNorm: maybe(between(1e-6, 100)),
    earlyStop: maybe(
      fc.record({
        metric: fc.constantFrom('accuracy' as const, 'nll' as const),
        everySteps: fc.integer({ min: 1, max: 3000 }),
        patience: fc.integer({ min: 1, max: 1000 }),
      }),
    ),
  })
  .map(({ warmUpSteps, clipNorm, earlyStop, ...rest }) => ({
    ...rest,
    ...(warmUpSteps === undefined ? {} : { warmUpSteps }),
    ...(clipNorm === undefined ? {} : { clipNorm }),
    ...(earlyStop === undefined ? {} : { earlyStop }),
  }))
const method: fc.Arbitrary<Method> = arbitraryMethod(({ range }) => {
  if (range.unit === 'share') return between(0, 1)
  return range.unit === 'weight' ? between(0, 10) : between(0.01, 1000)
})
const looks = fc.oneof(
  fc.record({ seeds: fc.integer({ min: 1, max: 100 }) }),
  fc
    .tuple(
      fc.uniqueArray(fc.integer({ min: 3, max: 20 }), { minLength: 2, maxLength: 12 }),
      fc.constantFrom('on-request' as const, 'until-decided' as const),
    )
    .map(([counts, continuation]) => {
      const [seeds = 3, ...moreLooks] = counts.sort((a, b) => a - b)
      return { seeds, moreLooks, continuation }
    }),
)
/** As many as a draft may hold. */
const manySoft = fc.integer({ min: 37, max: 40 }).map((count) =>
  Array.from({ length: count }, (_, index) => ({
    name: 'soft-targets' as const,
    temperature: 1 + index,
    hardLabelWeight: 0.1,
    softTargetWeight: 0.9,
  })),
)
const margin = between(1e-4, 0.9)
const drafts: fc.Arbitrary<ExperimentDraftInput> = fc
  .record({
    question: fc.constant('Does it help?'),
    data: fc.constantFrom('digits', 'mnist', 'letter'),
    labelsPerSeed: fc.integer({ min: 10, max: 796 }),
    subset: fc.constantFrom('per-seed', 'fixed'),
    teacher: fc.record({ network, training, seed: fc.integer({ min: -1e9, max: 1e9 }) }),
    student: fc.record({ network, training }),
    methods: fc.oneof(fc.array(method, { maxLength: 8 }), manySoft),
    firstSeed: fc.integer({ min: 1, max: 1_000_000 }),
    primaryMetric: fc.constantFrom('accuracy', 'nll'),
    margin,
    margins: fc.record(
      { accuracy: margin, nll: margin, brier: margin, gap: margin, latency: margin, teacher: margin },
      { requiredKeys: [] },
    ),
    alpha: between(1e-5, 0.5),
    looks,
  })
  .map(({ looks: counts, margins, ...rest }) => {
    // The primary metric has `margin`; a second one beside it is never read.
    const { [rest.primaryMetric]: _unread, ...read } = margins
    return { ...rest, ...counts, margins: read }
  })

const protocolOf = (input: ExperimentDraftInput) => {
  const draft = ExperimentDraft.parse(input)
  const result = draftProtocol(draft, { ...digits, name: draft.data }, wasm)
  return result.ok ? result.protocol : null
}

test('whatever the API freezes, the address of its repeat freezes again', () => {
  fc.assert(
    fc.property(drafts, (input) => {
      const frozen = protocolOf(input)
      fc.pre(frozen !== null)
      const address = planAddress(frozen, input.question).toString()
      const { form, dropped } = readAddress(new URLSearchParams(address))
      expect(dropped).toEqual([])
      const again = toDraft(form, frozen.data.train)
      expect(again.problems).toBeNull()
      expect(again.draft && protocolOf(again.draft)).toEqual(frozen)
    }),
    { numRuns: 200 },
  )
})
