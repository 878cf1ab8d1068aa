import { describe, expect, test } from 'vitest'
import type { WorkersPage } from '../../../core/contracts/views.ts'
import { groupWaiting } from '../../../app/_features/workers/group-waiting.ts'
import { prepareLanes } from '../../../app/_features/workers/prepare-lanes.ts'
import { workersLead } from '../../../app/_features/workers/workers-lead.ts'

const now = 1_000_000_000
type Job = WorkersPage['waiting'][number]
type Current = NonNullable<WorkersPage['slots'][number]['current']>

const job = (id: string, change: Partial<Job> = {}): Job => ({
  jobId: id,
  kind: 'train',
  runId: id,
  experimentId: 'e',
  question: 'Does it help?',
  label: `Run ${id}`,
  waitsFor: 'a free core',
  ready: true,
  takesMs: 10_000,
  ...change,
})

const current = (change: Partial<Current> = {}): Current => ({
  attemptId: 'a',
  kind: 'train',
  runId: 'r',
  experimentId: 'e',
  label: 'Control, seed 1',
  startedAt: now - 20_000,
  step: 50,
  steps: 100,
  stepMs: 1,
  residentBytes: null,
  etaMs: 20_000,
  ...change,
})

const page: WorkersPage = {
  machine: {
    processor: 'a processor',
    cores: 2,
    memoryBytes: 2 ** 34,
    node: 'v20.19.0',
    engine: 'wasm',
    supervisor: 'running',
  },
  slots: [
    { index: 0, current: current() },
    { index: 1, current: null },
  ],
  past: [
    {
      slot: 1,
      kind: 'train',
      runId: 'p',
      label: 'Control, seed 2',
      startedAt: now - 25_000,
      endedAt: now - 5000,
      state: 'failed',
    },
    {
      slot: 0,
      kind: 'profile',
      runId: null,
      label: 'Latency',
      startedAt: now - 28_000,
      endedAt: now - 26_000,
      state: 'done',
    },
  ],
  waiting: [job('1'), job('2'), job('3', { waitsFor: 'its teacher', ready: false })],
  waitingTotal: 3,
  recent: [],
}

describe('lanes', () => {
  const lanes = prepareLanes(page, now)
  test('put now in the middle and the past before it', () => {
    expect(lanes.now).toBe(0.5)
    expect(lanes.lanes[1]?.[0]).toMatchObject({ look: 'trouble' })
    expect(lanes.lanes[1]?.[0]?.end).toBeLessThan(0.5)
  })
  test('outline what is expected of the running work', () => {
    const [done, rest] = lanes.lanes[0] ?? []
    expect(done).toMatchObject({ look: 'done', end: 0.5 })
    expect(rest).toMatchObject({ look: 'expected', start: 0.5 })
    expect(rest?.end).toBeCloseTo(0.5 + 20 / 60)
  })
  test('plan what could start on the core that is free first, and nothing that waits for a teacher', () => {
    const plans = lanes.lanes.map((blocks) =>
      blocks.filter((block) => block.look === 'plan').map((block) => block.id),
    )
    expect(plans).toEqual([[], ['1', '2']])
  })
  test('draw a latency job across all cores', () => {
    expect(lanes.across.map((block) => block.look)).toEqual(['latency'])
  })
  test('keep every block inside the shown time', () => {
    for (const block of [...lanes.lanes.flat(), ...lanes.across]) {
      expect(block.start).toBeGreaterThanOrEqual(0)
      expect(block.end).toBeLessThanOrEqual(1)
    }
  })
  test('of an idle machine without a past are empty', () => {
    const idle = prepareLanes({ slots: [{ index: 0, current: null }], past: [], waiting: [] }, now)
    expect(idle.lanes).toEqual([[]])
    expect(idle.ticks.every((tick) => tick.at >= 0 && tick.at <= 1)).toBe(true)
  })
})

describe('the lead', () => {
  test('says who trains, how much waits, and for how long', () => {
    expect(workersLead(page)).toBe('1 of 2 cores of this machine is training. 3 jobs wait, about 25 s.')
  })
  test('keeps quiet about the time when a part of it is unknown', () => {
    const unknown = { ...page, waiting: [job('1', { takesMs: null })], waitingTotal: 1 }
    expect(workersLead(unknown)).toBe('1 of 2 cores of this machine is training. 1 job waits.')
  })
  test('says that a stopped supervisor trains nothing', () => {
    const stopped = { ...page, machine: { ...page.machine, supervisor: 'stopped' as const } }
    expect(workersLead(stopped)).toMatch(/^The supervisor has stopped/)
  })
})

describe('the queue in few rows', () => {
  const many = Array.from({ length: 20 }, (_, index) => job(String(index)))
  test('names the next jobs and sums up the rest', () => {
    const { ready } = groupWaiting(many)
    expect(ready).toHaveLength(7)
    expect(ready.at(-1)).toMatchObject({ count: 14, takesMs: 10_000 })
  })
  test('names all where one row more would do', () => {
    expect(groupWaiting(many.slice(0, 7)).ready.every((group) => group.count === 1)).toBe(true)
  })
  test('keeps apart what waits for different things', () => {
    const { later } = groupWaiting([
      job('a', { waitsFor: 'its teacher', ready: false }),
      job('b', { waitsFor: 'its teacher', ready: false, takesMs: 5 }),
      job('c', { kind: 'profile', waitsFor: 'idle cores', ready: false, takesMs: null }),
    ])
    expect(later.map((group) => [group.count, group.takesMs])).toEqual([
      [2, null],
      [1, null],
    ])
  })
})
