import { describe, expect, test } from 'vitest'
import type { VerdictPage } from '../../../core/contracts/verdict-page.ts'
import type { RunRow } from '../../../core/contracts/views.ts'
import type { SaidComparison } from '../../../core/wording/say-comparison.ts'
import { runGroups, stateCounts } from '../../../app/_features/runs/run-groups.ts'
import { armMark, seedMark, stripAxis } from '../../../app/_features/runs/strip-axis.ts'
import { arms, sampleFigures } from './arms.ts'
import { oneLook } from '../../support/comparison.ts'

const run = (armId: string, seed: number, change: Partial<RunRow> = {}): RunRow => ({
  runId: `${armId}-${seed}`,
  armId,
  seed,
  status: 'finished',
  reason: null,
  progress: null,
  attempts: 1,
  steps: 100,
  epochs: 10,
  durationMs: seed * 1000,
  weightsSha256: null,
  metrics: { 'test/accuracy': 0.9 },
  difference: 0.01,
  damaged: null,
  ...change,
})

const runs: RunRow[] = [
  run('soft-targets-t4', 2, { difference: 0.02 }),
  run('soft-targets-t4', 1, { difference: 0.015 }),
  run('soft-targets-t4', 3, { status: 'diverged', difference: -0.8 }),
  run('scratch', 1, { difference: 0 }),
  run('scratch', 2, { status: 'failed', difference: null, durationMs: null }),
  run('teacher', 9, { difference: null }),
]

const comparison: SaidComparison = {
  arm: 'soft-targets-t4',
  against: 'scratch',
  family: 'primary',
  metric: 'accuracy',
  paired: true,
  estimate: 0.0175,
  seedVariance: null,
  exampleVariance: null,
  degreesOfFreedom: null,
  exampleDegreesOfFreedom: 9999,
  individual: [0.01, 0.025],
  simultaneous: [0.005, 0.03],
  word: null,
  note: null,
  margin: 0.01,
  corrected: 2,
  groups: null,
  controlSeeds: 2,
  reading: null,
  noWord: { why: 'pending', seeds: 2, planned: 3 },
  notes: [],
  reason: 'seeds are missing',
  sentence: '',
  seeds: 2,
  plannedSeeds: 3,
  examples: 100,
  provisional: true,
  qualifier: '',
  perSeed: [],
  droppedSeeds: [],
  divergedSeeds: [],
  ...oneLook,
}
const verdict: Pick<VerdictPage, 'figures' | 'comparisons' | 'plannedSeeds'> = {
  figures: sampleFigures,
  comparisons: [comparison],
  plannedSeeds: 3,
}

describe('groups of runs', () => {
  test('stand in the order of the protocol, their seeds ascending', () => {
    const groups = runGroups(arms, runs, verdict, null)
    expect(groups.map((line) => line.id)).toEqual(['teacher', 'scratch', 'soft-targets-t4'])
    expect(groups[2]?.children.map((line) => line.run.seed)).toEqual([1, 2, 3])
  })
  test('count finished and diverged runs, and are complete at the planned number', () => {
    const [, control, soft] = runGroups(arms, runs, verdict, null)
    expect(control).toMatchObject({ n: 1, complete: false })
    expect(soft).toMatchObject({ n: 3, complete: true, durationMs: 2000 })
  })
  test('show only what the filter asks for, and keep the figures of the whole arm', () => {
    const groups = runGroups(arms, runs, verdict, 'diverged')
    expect(groups.map((line) => [line.id, line.children.length, line.runs.length])).toEqual([
      ['soft-targets-t4', 1, 3],
    ])
    expect(groups[0]?.difference).toEqual({ estimate: 0.0175, interval: [0.01, 0.025] })
  })
  test('states without a run are not counted', () => {
    expect(stateCounts(runs)).toEqual([
      { status: 'finished', n: 4 },
      { status: 'diverged', n: 1 },
      { status: 'failed', n: 1 },
    ])
  })
})

describe('the strip', () => {
  const axis = stripAxis(runGroups(arms, runs, verdict, null))
  test('has zero on it, and is not stretched by a diverged run', () => {
    expect(axis.domain[0]).toBeLessThanOrEqual(0)
    expect(axis.domain[0]).toBeGreaterThan(-0.1)
    expect(axis.domain[1]).toBeGreaterThan(0.025)
  })
  test('shows what leaves it as an arrow', () => {
    expect(seedMark(axis, -0.8)).toEqual({ kind: 'arrow', side: 'left' })
  })
  test('cuts an interval where it leaves, and keeps its point', () => {
    const mark = armMark(axis, { estimate: 0.02, interval: [-5, 0.025] })
    expect(mark).toMatchObject({ kind: 'point', cut: [true, false] })
  })
  test('has nothing to show for a missing difference', () => {
    expect(seedMark(axis, null)).toBeNull()
    expect(armMark(axis, null)).toBeNull()
  })
})
