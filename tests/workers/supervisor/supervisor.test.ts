import type { Assignment } from '../../../core/contracts/work-request.ts'
import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import type { ReportItem } from '../../../core/contracts/work-report.ts'
import { forkSupervisor, scriptedTrainer, training, type ForkedSupervisor } from './forked-supervisor.ts'
import { isAlive, untilGone } from './is-alive.ts'

let supervisor: ForkedSupervisor

const start = (options: Parameters<typeof forkSupervisor>[0] = {}): ForkedSupervisor => {
  supervisor = forkSupervisor({ trainer: scriptedTrainer, ...options })
  return supervisor
}

const logs = (items: ReportItem[] | undefined): string[] =>
  (items ?? []).flatMap(({ event }) => (event.type === 'log' ? [event.text] : []))

const pidIn = (text: string | undefined): number => Number(/pid (\d+)/.exec(text ?? '')?.[1])

afterEach(() => supervisor.end())

describe('a supervisor', () => {
  it('delivers every report once and in order before it finishes the attempt', async () => {
    start().queue.push(training('a1', 'talk'))
    const reportedAtFinish = await supervisor.outcome('a1').then(() => supervisor.items.get('a1') ?? [])
    expect(supervisor.outcomes.get('a1')).toMatchObject({ type: 'trained', steps: 1000 })
    expect(reportedAtFinish.map((item) => item.sequence)).toEqual(
      Array.from({ length: 1002 }, (_, index) => index + 1),
    )
    const points = reportedAtFinish.flatMap(({ event }) => (event.type === 'metrics' ? event.points : []))
    expect(points.map((point) => point.step)).toEqual(Array.from({ length: 1000 }, (_, index) => index + 1))
  })

  it('sends again what was refused or only partly acknowledged', async () => {
    start().queue.push(training('a1', 'talk'))
    let calls = 0
    supervisor.onReport = (report, usual) => {
      calls += 1
      if (calls === 1) throw new Error('database is busy')
      if (calls === 2) {
        supervisor.items.set('a1', report.items.slice(0, 3))
        return { acknowledged: 3, stop: false }
      }
      return usual()
    }
    expect(await supervisor.outcome('a1')).toMatchObject({ type: 'trained' })
    expect(supervisor.items.get('a1')?.map((item) => item.sequence)).toEqual(
      Array.from({ length: 1002 }, (_, index) => index + 1),
    )
  })

  it('gives one warm trainer one assignment after the other, and another one to another engine', async () => {
    start().queue.push(training('a1', 'talk'), training('a2', 'talk'), training('a3', 'talk', 'cpu'))
    await supervisor.outcome('a3')
    const [first, second, third] = ['a1', 'a2', 'a3'].map((id) => pidIn(logs(supervisor.items.get(id))[0]))
    expect(first).toBeGreaterThan(0)
    expect(second).toBe(first)
    expect(third).not.toBe(first)
  })

  it('fills its slots side by side', async () => {
    start({ cores: 2 }).queue.push(training('a1', 'wait'), training('a2', 'wait'), training('a3', 'talk'))
    await supervisor.until(() => supervisor.heartbeats.at(-1)?.slots.length === 2)
    expect(supervisor.queue).toHaveLength(1)
    supervisor.stop.add('a1')
    expect(await supervisor.outcome('a1')).toMatchObject({ type: 'cancelled' })
    expect(await supervisor.outcome('a3')).toMatchObject({ type: 'trained' })
  })

  it('shows trainers the allowed variables alone', async () => {
    start({ env: { SECRET_TOKEN: 'x', NODE_OPTIONS: '--no-warnings', STILLHOUSE_CHECKPOINT_MS: '50' } })
    supervisor.queue.push(training('a1', 'talk'))
    await supervisor.outcome('a1')
    const names = logs(supervisor.items.get('a1'))[1]?.split(' ') ?? []
    expect(names).toContain('STILLHOUSE_CHECKPOINT_MS')
    expect(names).toContain('PATH')
    expect(names).not.toContain('SECRET_TOKEN')
    expect(names).not.toContain('NODE_OPTIONS')
    expect(names).not.toContain('STILLHOUSE_TRAINER')
  })

  it('beats with progress and resident size', async () => {
    start().queue.push(training('a1', 'wait'))
    await supervisor.until(() => (supervisor.heartbeats.at(-1)?.slots[0]?.residentBytes ?? 0) > 0)
    expect(supervisor.heartbeats.at(-1)?.slots[0]).toMatchObject({
      attemptId: 'a1',
      step: 1,
      steps: 1000,
      tensors: 5,
    })
    expect(supervisor.heartbeats.at(-1)?.slots[0]?.residentBytes).toBeGreaterThan(10_000_000)
  })

  it('claims at once when it is woken', async () => {
    start({ settings: { heartbeatMs: 600_000 } })
    await supervisor.until(() => supervisor.claims.length === 1)
    supervisor.queue.push(training('a1', 'talk'))
    supervisor.send({ type: 'wake' })
    expect(await supervisor.outcome('a1')).toMatchObject({ type: 'trained' })
  })
})

describe('a supervisor whose trainer fails', () => {
  it.each([
    ['exit-3', { reason: 'lost', text: expect.stringMatching(/exit code 3.*something broke here/s) }],
    ['exit-0', { reason: 'lost', text: expect.stringMatching(/without a result/) }],
    ['kill-itself', { reason: 'lost', text: expect.stringMatching(/SIGKILL/) }],
    ['heap-full', { reason: 'out-of-memory', text: expect.stringMatching(/heap out of memory/) }],
    ['babble', { reason: 'error', text: expect.stringMatching(/not understood/) }],
  ])('classifies %s and goes on with a new trainer', async (conduct, expected) => {
    start().queue.push(training('a1', conduct), training('a2', 'talk'))
    expect(await supervisor.outcome('a1')).toMatchObject({ type: 'failed', ...expected })
    expect(await supervisor.outcome('a2')).toMatchObject({ type: 'trained' })
  })

  it('ends one that hangs', async () => {
    start({ settings: { silenceMs: 1000 } }).queue.push(training('a1', 'hang'), training('a2', 'talk'))
    expect(await supervisor.outcome('a1')).toMatchObject({
      type: 'failed',
      reason: 'lost',
      text: expect.stringMatching(/said nothing for 1 s/),
    })
    expect(await supervisor.outcome('a2')).toMatchObject({ type: 'trained' })
  })

  it('ends one that takes more memory than its limit, with both figures', async () => {
    start({ settings: { memoryLimitBytes: 300_000_000 } }).queue.push(training('a1', 'eat-memory'))
    const outcome = await supervisor.outcome('a1')
    expect(outcome).toMatchObject({ type: 'failed', reason: 'out-of-memory' })
    expect(outcome).toHaveProperty('text', expect.stringMatching(/held \d[\d,]* MB.*limit of 300 MB/))
  })

  it('says that the program is missing', async () => {
    start({ trainer: '/no/such/trainer.js' }).queue.push(training('a1', 'talk'))
    expect(await supervisor.outcome('a1')).toMatchObject({
      reason: 'lost',
      text: expect.stringMatching(/Cannot find module/),
    })
  })
})

describe('a supervisor that is told to stop an attempt', () => {
  it('lets the trainer cancel and keeps it warm', async () => {
    start().queue.push(training('a1', 'wait'), training('a2', 'talk'))
    await supervisor.until(() => logs(supervisor.items.get('a1')).length > 0)
    supervisor.stop.add('a1')
    expect(await supervisor.outcome('a1')).toMatchObject({ type: 'cancelled' })
    await supervisor.outcome('a2')
    expect(pidIn(logs(supervisor.items.get('a2'))[0])).toBe(pidIn(logs(supervisor.items.get('a1'))[0]))
  })

  it('kills a trainer that ignores both the message and SIGTERM', async () => {
    start().queue.push(training('a1', 'stubborn'))
    await supervisor.until(() => (supervisor.heartbeats.at(-1)?.slots[0]?.step ?? 0) > 0)
    supervisor.stop.add('a1')
    expect(await supervisor.outcome('a1')).toMatchObject({ type: 'cancelled' })
  })

  it('drops reports that are neither wanted nor acknowledged', async () => {
    start().queue.push(training('a1', 'wait'))
    supervisor.onReport = () => ({ acknowledged: 0, stop: true })
    expect(await supervisor.outcome('a1')).toMatchObject({ type: 'cancelled' })
  })
})

describe('a supervisor with a profile', () => {
  it('measures every item in every block, each in a fresh process, in shuffled order', async () => {
    start({ cores: 2 }).queue.push(training('a1', 'talk'), {
      kind: 'profile',
      attemptId: 'p1',
      engine: 'wasm',
      blocks: 6,
      seed: 3,
      items: [1, 2, 3].map((width) => ({
        id: `w${width}`,
        network: { kind: 'mlp' as const, hidden: [width], dropout: 0 },
      })),
      settings: { inputSize: 64, classes: 10, warmUp: 1, requests: 30, batches: 1 },
    })
    expect(await supervisor.outcome('p1')).toEqual({ type: 'profiled' })
    const items = supervisor.items.get('p1') ?? []
    const blocks = items.flatMap(({ event }) => (event.type === 'latency-block' ? [event] : []))
    expect(blocks.map((event) => event.block)).toEqual(
      [0, 1, 2, 3, 4, 5].flatMap((block) => [block, block, block]),
    )
    const orders = [0, 3, 6, 9, 12, 15].map((at) => blocks.slice(at, at + 3).map((event) => event.itemId))
    for (const order of orders) expect([...order].sort()).toEqual(['w1', 'w2', 'w3'])
    expect(new Set(orders.map(String)).size).toBeGreaterThan(1)
    const pids = logs(items).map(pidIn)
    expect(new Set(pids).size).toBe(18)
    expect(pids).not.toContain(pidIn(logs(supervisor.items.get('a1'))[0]))
  })
})

describe('a measurement of latency whose process is lost', () => {
  const profile = (width: number): Assignment => ({
    kind: 'profile',
    attemptId: 'p1',
    engine: 'wasm',
    blocks: 1,
    seed: process.pid,
    items: [{ id: 'w', network: { kind: 'mlp', hidden: [width], dropout: 0 } }],
    settings: { inputSize: 64, classes: 10, warmUp: 1, requests: 30, batches: 1 },
  })

  it('is made again, and counts once', async () => {
    start({ cores: 1 }).queue.push(profile(1000))
    expect(await supervisor.outcome('p1')).toEqual({ type: 'profiled' })
    const items = supervisor.items.get('p1') ?? []
    expect(new Set(logs(items).map(pidIn)).size).toBe(2)
    expect(items.filter(({ event }) => event.type === 'latency-block')).toHaveLength(1)
  })

  it('three times is given up', async () => {
    start({ cores: 1 }).queue.push(profile(2000))
    expect(await supervisor.outcome('p1')).toMatchObject({ type: 'failed', reason: 'lost' })
    expect(logs(supervisor.items.get('p1') ?? []).length).toBe(3)
  })
})

describe('a supervisor that has to leave', () => {
  const withTrainer = async (conduct: string): Promise<number> => {
    start().queue.push(training('a1', conduct))
    await supervisor.until(() => logs(supervisor.items.get('a1')).length > 0)
    return pidIn(logs(supervisor.items.get('a1'))[0])
  }

  it('takes its trainer with it on shutdown, finishes nothing and exits 0', async () => {
    const trainer = await withTrainer('wait')
    expect(isAlive(trainer)).toBe(true)
    await supervisor.end()
    expect(supervisor.child.exitCode).toBe(0)
    expect(isAlive(trainer)).toBe(false)
    expect(supervisor.outcomes.size).toBe(0)
  })

  it('leaves by itself when it loses its parent, and its trainer too', async () => {
    const trainer = await withTrainer('wait')
    supervisor.child.disconnect()
    await once(supervisor.child, 'exit')
    await untilGone(trainer)
  })

  it('leaves no trainer behind when it is killed itself', async () => {
    const trainer = await withTrainer('wait')
    supervisor.child.kill('SIGKILL')
    await once(supervisor.child, 'exit')
    await untilGone(trainer)
  })
})
