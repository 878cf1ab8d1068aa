import { describe, expect, test } from 'vitest'
import type { TimeEstimate } from '../../../core/contracts/time-estimate.ts'
import type { WorkersPage } from '../../../core/contracts/views.ts'
import { groupWaiting } from '../../../app/_features/workers/group-waiting.ts'
import { prepareLanes } from '../../../app/_features/workers/prepare-lanes.ts'
import { workersLead } from '../../../app/_features/workers/workers-lead.ts'

const now = 1_000_000_000
type Job = WorkersPage['waiting'][number]
type Current = NonNullable<WorkersPage['slots'][number]['current']>

const sure = (ms: number): TimeEstimate => ({ ms, lowMs: ms, highMs: ms })

const job = (id: string, change: Partial<Job> = {}): Job => ({
  jobId: id,
  kind: 'train',
  runId: id,
  experimentId: 'e',
  question: 'Does it help?',
  label: `Run ${id}`,
  waitsFor: 'a free core',
  ready: true,
  takes: sure(10_000),
  planned: { core: 1, startMs: 0, endMs: 10_000 },
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
  left: sure(20_000),
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
  waiting: [
    job('1'),
    job('2', { planned: { core: 1, startMs: 10_000, endMs: 20_000 } }),
    job('3', {
      waitsFor: 'its teacher',
      ready: false,
      planned: { core: 0, startMs: 20_000, endMs: 30_000 },
    }),
    job('4', {
      kind: 'profile',
      runId: null,
      waitsFor: 'the last training of its experiment',
      ready: false,
      planned: { core: null, startMs: 30_000, endMs: 40_000 },
    }),
  ],
  waitingTotal: 4,
  left: sure(40_000),
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
  test('plan each job on the core and for the time that the queue gives it, as far as it is shown', () => {
    const plans = lanes.lanes.map((blocks) =>
      blocks.filter((block) => block.look === 'plan').map((block) => block.id),
    )
    expect(plans).toEqual([['3'], ['1', '2']])
  })
  test('draw a latency job across all cores', () => {
    expect(lanes.across.map((block) => block.look)).toEqual(['latency'])
  })
  test('draw a latency job that is to come across all cores, where its turn is within the shown time', () => {
    const soon = page.waiting.map((one) => ({
      ...one,
      planned: { ...one.planned, startMs: 25_000, endMs: 28_000 },
    }))
    const { across } = prepareLanes({ ...page, waiting: soon }, now)
    expect(across.at(-1)).toMatchObject({ id: '4', look: 'latency' })
    expect(across.at(-1)?.start).toBeCloseTo(0.5 + 25 / 60)
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
    expect(workersLead(page)).toBe(
      '1 of 2 cores of this machine is training. 4 jobs wait; all is done in about 40 s.',
    )
  })
  test('gives a range before the machine has shown how fast it is', () => {
    const first = { ...page, left: { ms: 60_000, lowMs: 40_000, highMs: 90_000 } }
    expect(workersLead(first)).toMatch(/all is done in about 40 s to 2 min\.$/)
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
    expect(ready.at(-1)).toMatchObject({ count: 14, takes: sure(10_000) })
  })
  test('names all where one row more would do', () => {
    expect(groupWaiting(many.slice(0, 7)).ready.every((group) => group.count === 1)).toBe(true)
  })
  test('keeps apart what waits for different things', () => {
    const { later } = groupWaiting([
      job('a', { waitsFor: 'its teacher', ready: false }),
      job('b', { waitsFor: 'its teacher', ready: false, takes: sure(5) }),
      job('c', { kind: 'profile', waitsFor: 'idle cores', ready: false }),
    ])
    expect(later.map((group) => [group.count, group.takes])).toEqual([
      [2, null],
      [1, sure(10_000)],
    ])
  })
})
