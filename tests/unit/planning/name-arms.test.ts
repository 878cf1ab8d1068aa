import { assert, constant, double, oneof, property, tuple, uniqueArray } from 'fast-check'
import type { Arbitrary } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ArmId, Method } from '../../../core/contracts/arm.ts'
import { describeArms } from '../../../core/planning/describe-arms.ts'
import { nameArms } from '../../../core/planning/name-arms.ts'
import { arbitraryMethod } from '../../support/arbitrary-method.ts'

/** Numbers that people type, and any other; close ones and very small and large ones too. */
const number = (min: number, max: number): Arbitrary<number> =>
  oneof(
    ...[0.1, 0.3, 0.1 + 0.2, 0.5, 0.501, 0.5011, 0.9, 1, 4, 1e-7, 1e7, 1e-21, 1e21]
      .filter((value) => value >= min && value <= max)
      .map((value) => constant(value)),
    double({ min, max, noNaN: true, noDefaultInfinity: true }),
    // -0 is 0 in a protocol.
  ).map((value) => value + 0)

const methods: Arbitrary<Method> = arbitraryMethod(({ range }) => {
  if (range.unit === 'share') return number(1e-12, 0.999)
  return range.unit === 'weight' ? number(0, 1e25) : number(1e-30, 1000)
})

const labels = (...list: Method[]): string[] =>
  describeArms(nameArms(list), 'MLP 32')
    .slice(1)
    .map(({ label }) => label)

const softTargets = {
  name: 'soft-targets',
  temperature: 4,
  hardLabelWeight: 0.1,
  softTargetWeight: 0.9,
} as const
const unlabelled = { ...softTargets, name: 'soft-targets-unlabelled', unlabelledShare: 0.5 } as const

describe('names of arms', () => {
  it('distinct methods have distinct ids and labels', () => {
    assert(
      property(
        uniqueArray(methods, { minLength: 2, maxLength: 8, selector: (method) => JSON.stringify(method) }),
        (list) => {
          for (const method of list) expect(Method.safeParse(method).success).toBe(true)
          const described = describeArms(nameArms(list), 'MLP 32')
          expect(new Set(described.map(({ id }) => id)).size).toBe(list.length + 1)
          expect(new Set(described.map(({ label }) => label)).size).toBe(list.length + 1)
          for (const { id } of described) expect(ArmId.safeParse(id).success).toBe(true)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('two methods that differ in one number alone are told apart by it', () => {
    const pairs = tuple(number(0, 1e25), number(0, 1e25)).filter(([one, other]) => one !== other)
    assert(
      property(pairs, ([one, other]) => {
        const arms = nameArms([
          { ...softTargets, hardLabelWeight: one },
          { ...softTargets, hardLabelWeight: other },
        ])
        expect(arms[0]?.id).not.toBe(arms[1]?.id)
        const [first, second] = labels(...arms.map(({ method }) => method))
        expect(first).not.toBe(second)
      }),
      { numRuns: 500 },
    )
  })

  it('a label says what differs, and nothing else', () => {
    expect(labels(softTargets)).toEqual(['Soft targets'])
    expect(labels(softTargets, { ...softTargets, hardLabelWeight: 0.5 })).toEqual([
      'Soft targets, label weight 0.1',
      'Soft targets, label weight 0.5',
    ])
    expect(labels(unlabelled, { ...unlabelled, unlabelledShare: 0.501 })).toEqual([
      'Soft targets + unlabelled, 50 % unlabelled',
      'Soft targets + unlabelled, 50.1 % unlabelled',
    ])
    expect(labels(softTargets, unlabelled)).toEqual(['Soft targets', 'Soft targets + unlabelled'])
  })

  it('a detail names the weight of the labels only where the two weights do not share 1', () => {
    const detail = (method: Method) => describeArms(nameArms([method]), 'MLP 32')[1]?.detail
    expect(detail(unlabelled)).toBe('Hinton 2015 · T 4, weight 0.9, 50 % unlabelled')
    expect(detail({ ...softTargets, hardLabelWeight: 1 })).toBe(
      'Hinton 2015 · T 4, weight 0.9, label weight 1',
    )
  })

  it('a lone method keeps its short id; a very small and a very large weight have ids of their own', () => {
    expect(nameArms([softTargets]).map(({ id }) => id)).toEqual(['soft-targets-t4'])
    expect(
      nameArms([1e-7, 1e7, 1e-21, 1e21].map((hardLabelWeight) => ({ ...softTargets, hardLabelWeight }))).map(
        ({ id }) => id,
      ),
    ).toEqual([
      'soft-targets-t4-s0p9-h1em7',
      'soft-targets-t4-s0p9-h10000000',
      'soft-targets-t4-s0p9-h1em21',
      'soft-targets-t4-s0p9-h1e21',
    ])
  })
})
