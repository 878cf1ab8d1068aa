import { describe, expect, it } from 'vitest'
import type { Method } from '../../../core/contracts/arm.ts'
import type { ExperimentDraftInput, Protocol } from '../../../core/contracts/protocol.ts'
import { RunSpec } from '../../../core/contracts/run.ts'
import { describeArms } from '../../../core/planning/describe-arms.ts'
import { nameArms } from '../../../core/planning/name-arms.ts'
import { draftProtocol } from '../../../core/planning/draft-protocol.ts'
import { planRuns, teacherSpec } from '../../../core/planning/plan-runs.ts'
import { hashOf } from '../../../server/platform/hash.ts'
import { digits, draft, softTargets, wasm } from './drafts.ts'

const soft = (changes: Partial<typeof softTargets> = {}): Method => ({
  name: 'soft-targets',
  ...softTargets,
  ...changes,
})
const unlabelled: Method = { name: 'soft-targets-unlabelled', ...softTargets, unlabelledShare: 0.5 }
const hard: Method = { name: 'hard-labels-unlabelled', ...softTargets, unlabelledShare: 0.5 }

function protocolOf(changes: Partial<ExperimentDraftInput> = {}): Protocol {
  const result = draftProtocol(draft(changes), digits, wasm)
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.protocol
}

describe('the plan of a protocol', () => {
  const protocol = protocolOf({ methods: [soft(), unlabelled, hard], seeds: 3 })
  const hash = hashOf(teacherSpec(protocol))
  const runs = planRuns(protocol, hash)

  it('holds one teacher and every arm with every seed once', () => {
    expect(runs).toHaveLength(1 + 5 * 3)
    expect(runs.filter((run) => run.role === 'teacher')).toHaveLength(1)
    const students = runs.slice(1).map((run) => `${run.armId} ${run.seed}`)
    expect(new Set(students).size).toBe(15)
    for (const arm of protocol.arms) {
      expect(
        runs
          .filter((run) => run.armId === arm.id)
          .map((run) => run.seed)
          .sort(),
      ).toEqual([1, 2, 3])
    }
  })

  it('begins with the teacher, then what needs none seed by seed, then its dependants seed by seed', () => {
    expect(runs.map((run) => `${run.armId} ${run.seed}`)).toEqual([
      'teacher 1001',
      ...[1, 2, 3].flatMap((seed) => [`scratch ${seed}`, `label-smoothing ${seed}`]),
      ...[1, 2, 3].flatMap((seed) => [
        `soft-targets-t4 ${seed}`,
        `soft-targets-unlabelled-t4 ${seed}`,
        `hard-labels-unlabelled-t4 ${seed}`,
      ]),
    ])
    expect(runs.filter((run) => run.needsTeacher)).toHaveLength(9)
  })

  it('gives specs that obey their contract, with the teacher in those that depend on it alone', () => {
    for (const run of runs) {
      expect(RunSpec.parse(run.spec)).toEqual(run.spec)
      expect(run.spec.teacherSpecHash).toBe(run.needsTeacher ? hash : null)
    }
    expect(runs[0]?.spec.labels).toBeNull()
  })

  it('gives all arms the same network, training and labels', () => {
    for (const { spec } of runs.slice(1)) {
      expect(spec.network).toEqual(protocol.student.network)
      expect(spec.training).toEqual(protocol.student.training)
      expect(spec.labels).toEqual(protocol.labels)
    }
  })

  it('gives the same teacher to protocols that differ in students, margin or seeds', () => {
    const other = protocolOf({ methods: [soft({ temperature: 1 })], seeds: 9, margin: 0.2 })
    expect(hashOf(teacherSpec(other))).toBe(hash)
    const [{ seed }] = [protocolOf({ teacher: { ...draft().teacher, seed: 7 } }).teacher]
    expect(seed).toBe(7)
    expect(hashOf(teacherSpec(protocolOf({ teacher: { ...draft().teacher, seed: 7 } })))).not.toBe(hash)
  })
})

describe('the hash of a protocol', () => {
  it('is equal for equal drafts, whatever the question', () => {
    expect(hashOf(protocolOf({ question: 'One?' }))).toBe(hashOf(protocolOf({ question: 'Another?' })))
  })

  it.each([
    ['the margin', { margin: 0.02 }],
    ['the seeds', { seeds: 4 }],
    ['the labels', { labelsPerSeed: 101 }],
    ['an arm', { methods: [soft({ temperature: 2 })] }],
    ['the metric', { primaryMetric: 'nll' as const }],
    ['the subset', { subset: 'fixed' as const }],
    ['alpha', { alpha: 0.1 }],
  ])('changes with %s', (_, changes) => {
    expect(hashOf(protocolOf(changes))).not.toBe(hashOf(protocolOf()))
  })
})

describe('the id of an arm', () => {
  const ids = (...methods: Method[]): string[] => nameArms(methods).map((arm) => arm.id)

  it('is the method with its temperature', () => {
    expect(ids({ name: 'scratch' }, soft(), unlabelled, hard)).toEqual([
      'scratch',
      'soft-targets-t4',
      'soft-targets-unlabelled-t4',
      'hard-labels-unlabelled-t4',
    ])
  })

  it('grows by a setting only where two arms would share it', () => {
    expect(ids(soft(), soft({ temperature: 2.5 }))).toEqual(['soft-targets-t4', 'soft-targets-t2p5'])
    expect(ids(soft(), soft({ softTargetWeight: 0.5 }))).toEqual([
      'soft-targets-t4-s0p9',
      'soft-targets-t4-s0p5',
    ])
    expect(
      ids({ name: 'label-smoothing', smoothing: 0.1 }, { name: 'label-smoothing', smoothing: 0.2 }),
    ).toEqual(['label-smoothing-e0p1', 'label-smoothing-e0p2'])
  })

  it('is unique over a grid of all settings, and stays when the list is turned round', () => {
    const grid = [1, 2, 4, 4.5].flatMap((temperature) =>
      [0, 0.1, 0.5].flatMap((hardLabelWeight) =>
        [0.5, 0.9, 1].map((softTargetWeight) => soft({ temperature, hardLabelWeight, softTargetWeight })),
      ),
    )
    const named = ids(...grid)
    expect(new Set(named).size).toBe(grid.length)
    expect(ids(...grid.toReversed()).toReversed()).toEqual(named)
    for (const id of named) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  })

  it('is not given to two equal arms', () => {
    expect(() => ids(soft(), soft())).toThrow('Two arms are the same: soft-targets T 4, weight 0.9.')
  })

  it('has a label that tells it from the others of its method', () => {
    const described = describeArms(
      nameArms([{ name: 'scratch' }, soft(), soft({ temperature: 1 })]),
      'MLP 32',
    )
    expect(described.map((arm) => arm.label)).toEqual([
      'Teacher',
      'Control',
      'Soft targets, T 4',
      'Soft targets, T 1',
    ])
    expect(described.map((arm) => arm.slot)).toEqual([null, null, 1, 2])
    expect(new Set(described.map((arm) => arm.label)).size).toBe(described.length)
  })
})
