import { QueryClient } from '@tanstack/react-query'
import { createTRPCClient } from '@trpc/client'
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { applyEvents } from '../../../app/_features/live/apply-events.ts'
import { collectEvents } from '../../../app/_features/live/collect-events.ts'
import type { LiveMessage } from '../../../app/_features/live/live-message.ts'
import { mergePoints, patchCurves, patchRunLog } from '../../../app/_features/live/merge-points.ts'
import { planRefresh } from '../../../app/_features/live/plan-refresh.ts'
import { shareStream } from '../../../app/_features/live/stream.ts'
import type { Browser } from '../../../app/_features/live/stream.ts'
import type { CurvesPage, LiveEvent, RunPage, RunRow } from '../../../core/contracts/views.ts'
import type { AppRouter } from '../../../server/api/trpc/router.ts'

/** The parts of a browser that tabs share: one lock, one channel. */
function createBrowser() {
  const queue: { start: () => Promise<void>; tab: number }[] = []
  const listeners: { tab: number; listener: (message: LiveMessage) => void }[] = []
  let holder: number | null = null
  const next = (): void => {
    const waiting = queue.shift()
    holder = waiting?.tab ?? null
    void waiting?.start()
  }
  const openTab = (tab: number): Browser => ({
    locks: {
      request: ((_name: string, options: { signal: AbortSignal }, work: () => Promise<void>) =>
        new Promise<void>((resolve, reject) => {
          const start = async (): Promise<void> => {
            await work()
            resolve()
            next()
          }
          options.signal.addEventListener('abort', () => {
            const at = queue.findIndex((entry) => entry.tab === tab)
            if (at >= 0) {
              queue.splice(at, 1)
              reject(new DOMException('aborted', 'AbortError'))
            }
          })
          if (holder === null) {
            holder = tab
            void start()
          } else queue.push({ start, tab })
        })) as LockManager['request'],
    },
    channel: {
      send: (message) => {
        for (const each of listeners.filter((entry) => entry.tab !== tab)) each.listener(message)
      },
      onMessage: (listener) => listeners.push({ tab, listener }),
      close: () => {
        const at = listeners.findIndex((entry) => entry.tab === tab)
        if (at >= 0) listeners.splice(at, 1)
      },
    },
    visible: () => true,
    onVisibility: () => () => {},
    now: () => 1000,
  })
  return { openTab }
}

/** A server with one stream a reader; remembers from where each was asked to resume. */
function createServer() {
  const readers = new Map<number, (id: string, event: LiveEvent) => void>()
  const resumedFrom: (string | null)[] = []
  let opened = 0
  return {
    readers,
    resumedFrom,
    send: (id: string, event: LiveEvent) => {
      for (const read of readers.values()) read(id, event)
    },
    open: (
      lastEventId: string | null,
      on: { event: (id: string, event: LiveEvent) => void; state: (state: 'open') => void },
    ) => {
      const key = opened++
      readers.set(key, on.event)
      resumedFrom.push(lastEventId)
      on.state('open')
      return () => readers.delete(key)
    },
  }
}

const workers: LiveEvent = { type: 'workers' }

describe('one stream for all tabs', () => {
  test('nine tabs hold one stream, and every tab gets every event once', () => {
    const browser = createBrowser()
    const server = createServer()
    const got = Array.from({ length: 9 }, () => 0)
    got.forEach((_, tab) =>
      shareStream(
        browser.openTab(tab),
        server.open,
        (event) => (got[tab] = (got[tab] ?? 0) + (event.type === 'workers' ? 1 : 0)),
        () => {},
      ),
    )
    server.send('1', workers)
    expect(server.readers.size).toBe(1)
    expect(got).toEqual(Array.from({ length: 9 }, () => 1))
  })

  test('when the reading tab closes, another resumes after the last event', async () => {
    const browser = createBrowser()
    const server = createServer()
    const seen: LiveEvent[] = []
    const closeFirst = shareStream(
      browser.openTab(0),
      server.open,
      () => {},
      () => {},
    )
    shareStream(
      browser.openTab(1),
      server.open,
      (event) => seen.push(event),
      () => {},
    )
    server.send('7', workers)
    closeFirst()
    await vi.waitFor(() => expect(server.resumedFrom).toEqual([null, '7']))
    server.send('8', workers)
    expect(seen.filter(({ type }) => type === 'workers')).toHaveLength(2)
    expect(server.readers.size).toBe(1)
  })

  test('each tab fetches once more when the stream is open: what happened since it was rendered is not lost', () => {
    const browser = createBrowser()
    const server = createServer()
    const got: LiveEvent[][] = [[], []]
    got.forEach((events, tab) =>
      shareStream(
        browser.openTab(tab),
        server.open,
        (event) => events.push(event),
        () => {},
      ),
    )
    expect(got).toEqual([[{ type: 'resync' }], [{ type: 'resync' }]])
  })

  test('a tab that opens late learns how the connection is', () => {
    const browser = createBrowser()
    const server = createServer()
    const states: string[] = []
    shareStream(
      browser.openTab(0),
      server.open,
      () => {},
      () => {},
    )
    shareStream(
      browser.openTab(1),
      server.open,
      () => {},
      (state) => states.push(state),
    )
    expect(states).toEqual(['open'])
  })

  test('without locks a hidden tab gives its stream up and takes it again when seen', () => {
    const server = createServer()
    let visible = true
    let notify = (): void => {}
    const tab: Browser = {
      ...createBrowser().openTab(0),
      locks: null,
      visible: () => visible,
      onVisibility: (listener) => {
        notify = listener
        return () => {}
      },
    }
    shareStream(
      tab,
      server.open,
      () => {},
      () => {},
    )
    server.send('3', workers)
    visible = false
    notify()
    expect(server.readers.size).toBe(0)
    visible = true
    notify()
    expect(server.resumedFrom).toEqual([null, '3'])
  })
})

describe('collectEvents', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('hands over together what came within the wait, counted from the first', () => {
    const batches: LiveEvent[][] = []
    const events = collectEvents(300, (batch) => batches.push(batch))
    events.add(workers)
    vi.advanceTimersByTime(200)
    events.add(workers)
    vi.advanceTimersByTime(100)
    expect(batches).toEqual([[workers, workers]])
    events.add(workers)
    events.stop()
    vi.advanceTimersByTime(1000)
    expect(batches).toHaveLength(1)
  })
})

describe('planRefresh', () => {
  test('points, log lines and progress make nothing stale', () => {
    const plan = planRefresh([
      { type: 'progress', experimentId: 'e', runId: 'r', step: 1, steps: 2 },
      { type: 'log', experimentId: 'e', runId: 'r', at: 0, level: 'info', text: '' },
      { type: 'metrics', experimentId: 'e', runId: 'r', armId: 'a', seed: 1, points: [] },
    ])
    expect(plan).toEqual({
      all: false,
      list: false,
      workers: false,
      experiments: new Set(),
      runs: new Set(),
    })
  })

  test('a run’s change reaches its experiment, the list and the run itself', () => {
    const plan = planRefresh([{ type: 'run', experimentId: 'e', runId: 'r' }])
    expect(plan).toMatchObject({ list: true, experiments: new Set(['e']), runs: new Set(['r']) })
  })
})

describe('points of curves', () => {
  const page: CurvesPage = {
    keys: ['validation/accuracy'],
    key: 'validation/accuracy',
    arms: [
      { armId: 'a', stepsPerEpoch: 10, steps: 30, seeds: [{ seed: 2, runId: 'r2', points: [[10, 0.5]] }] },
    ],
  }
  const event = (runId: string, seed: number): Extract<LiveEvent, { type: 'metrics' }> => ({
    type: 'metrics',
    experimentId: 'e',
    runId,
    armId: 'a',
    seed,
    points: [
      { key: 'validation/accuracy', step: 20, value: 0.6 },
      { key: 'train/loss', step: 20, value: 1 },
    ],
  })

  test('stay sorted by step, a later report of a step replaces the earlier', () => {
    expect(
      mergePoints(
        [
          [10, 1],
          [20, 2],
        ],
        [
          [20, 3],
          [15, 4],
        ],
      ),
    ).toEqual([
      [10, 1],
      [15, 4],
      [20, 3],
    ])
  })

  test('of the shown key are appended to their run, other keys become choices', () => {
    const patched = patchCurves(page, event('r2', 2))
    expect(patched.arms[0]?.seeds[0]?.points).toEqual([
      [10, 0.5],
      [20, 0.6],
    ])
    expect(patched.keys).toEqual(['validation/accuracy', 'train/loss'])
  })

  test('of a run that has just started open a line of their own, in the order of seeds', () => {
    expect(patchCurves(page, event('r1', 1)).arms[0]?.seeds.map(({ runId }) => runId)).toEqual(['r1', 'r2'])
  })
})

describe('applyEvents', () => {
  const cache = new QueryClient()
  const trpc = createTRPCOptionsProxy<AppRouter>({
    client: createTRPCClient<AppRouter>({ links: [] }),
    queryClient: cache,
  })
  const rows = trpc.experiments.runs.queryKey({ id: 'e' })

  test('progress is patched into the answer that is already there', () => {
    cache.setQueryData(rows, [{ runId: 'r', status: 'running', progress: 0 } as RunRow])
    applyEvents(cache, trpc, [{ type: 'progress', experimentId: 'e', runId: 'r', step: 3, steps: 4 }])
    expect(cache.getQueryData(rows)?.[0]?.progress).toBe(0.75)
    expect(cache.getQueryState(rows)?.isInvalidated).toBe(false)
  })

  test('a change of a run makes the answers about its experiment stale, and no other experiment’s', () => {
    const other = trpc.experiments.runs.queryKey({ id: 'f' })
    cache.setQueryData(other, [])
    applyEvents(cache, trpc, [{ type: 'run', experimentId: 'e', runId: 'r' }])
    expect(cache.getQueryState(rows)?.isInvalidated).toBe(true)
    expect(cache.getQueryState(other)?.isInvalidated).toBe(false)
  })

  test('a resync makes everything stale', () => {
    const other = trpc.experiments.runs.queryKey({ id: 'f' })
    applyEvents(cache, trpc, [{ type: 'resync' }])
    expect(cache.getQueryState(other)?.isInvalidated).toBe(true)
  })
})

describe('the log of a run', () => {
  const page = { runId: 'r', log: [{ at: 5, level: 'info', text: 'epoch 1' }], logLines: 1 } as RunPage
  const event = { type: 'log', experimentId: 'e', runId: 'r', level: 'info' } as const

  test('gets a new line at its end, even one that reads like another', () => {
    const patched = patchRunLog(page, { ...event, at: 6, text: 'epoch 1' })
    expect(patched.log.map(({ at }) => at)).toEqual([5, 6])
    expect(patched.logLines).toBe(2)
  })

  test('does not get a line twice that a fetch has brought already', () => {
    expect(patchRunLog(page, { ...event, at: 5, text: 'epoch 1' })).toBe(page)
  })
})
