import { QueryClient } from '@tanstack/react-query'
import { createTRPCClient } from '@trpc/client'
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { applyEvents } from '../../../app/_features/live/apply-events.ts'
import { collectEvents } from '../../../app/_features/live/collect-events.ts'
import type { LiveMessage } from '../../../app/_features/live/live-message.ts'
import { patchLogged } from '../../../app/_features/live/merge-logged.ts'
import { patchCurves, patchRunCurves, patchRunLog } from '../../../app/_features/live/merge-points.ts'
import { mergePoints } from '../../../app/_features/live/merge-series.ts'
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
    later: () => () => {},
    now: () => 1000,
  })
  return { openTab }
}

/** A server with one stream a reader; remembers from where each was asked to resume. */
function createServer() {
  const readers = new Map<number, (id: string, events: LiveEvent[]) => void>()
  const resumedFrom: (string | null)[] = []
  let opened = 0
  return {
    readers,
    resumedFrom,
    send: (id: string, event: LiveEvent) => {
      for (const read of readers.values()) read(id, [event])
    },
    open: (
      lastEventId: string | null,
      on: { events: (id: string, events: LiveEvent[]) => void; state: (state: 'open') => void },
    ) => {
      const key = opened++
      readers.set(key, on.events)
      resumedFrom.push(lastEventId)
      on.state('open')
      return () => readers.delete(key)
    },
  }
}

/** A tab that can be hidden and seen; `pass` lets the time pass after which what was put off is done. */
function hideable(tab: Browser): { tab: Browser; hide: () => void; show: () => void; pass: () => void } {
  let visible = true
  let notify = (): void => {}
  let later = (): void => {}
  const turn = (to: boolean): void => {
    visible = to
    notify()
  }
  return {
    tab: {
      ...tab,
      visible: () => visible,
      onVisibility: (listener) => {
        notify = listener
        return () => {}
      },
      later: (work) => {
        later = work
        return () => (later = () => {})
      },
    },
    hide: () => turn(false),
    show: () => turn(true),
    pass: () => later(),
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
    await expect.poll(() => server.resumedFrom).toEqual([null, '7'])
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

  test('a connection that breaks before any event came has no place to resume from: all tabs fetch once more', () => {
    const browser = createBrowser()
    let setState: (state: 'open' | 'lost') => void = () => {}
    const got: LiveEvent[][] = [[], []]
    got.forEach((events, tab) =>
      shareStream(
        browser.openTab(tab),
        (_lastEventId, on) => {
          setState = on.state
          on.state('open')
          return () => {}
        },
        (event) => events.push(event),
        () => {},
      ),
    )
    for (const events of got) events.length = 0
    setState('lost')
    expect(got).toEqual([[], []])
    setState('open')
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

  test('without locks a tab that is hidden for long gives its stream up and takes it again when seen', () => {
    const server = createServer()
    const { tab, show, hide, pass } = hideable({ ...createBrowser().openTab(0), locks: null })
    shareStream(
      tab,
      server.open,
      () => {},
      () => {},
    )
    server.send('3', workers)
    hide()
    expect(server.readers.size).toBe(1)
    pass()
    expect(server.readers.size).toBe(0)
    show()
    expect(server.resumedFrom).toEqual([null, '3'])
  })

  test('a hidden tab leaves the stream to one that is seen, and where none is seen nobody reads', async () => {
    const browser = createBrowser()
    const server = createServer()
    const tabs = [0, 1].map((at) => hideable(browser.openTab(at)))
    for (const { tab } of tabs) {
      shareStream(
        tab,
        server.open,
        () => {},
        () => {},
      )
    }
    server.send('3', workers)
    tabs[0]?.hide()
    tabs[0]?.pass()
    await expect.poll(() => server.resumedFrom).toEqual([null, '3'])
    expect(server.readers.size).toBe(1)
    tabs[1]?.hide()
    tabs[1]?.pass()
    expect(server.readers.size).toBe(0)
    tabs[0]?.show()
    await expect.poll(() => server.resumedFrom).toEqual([null, '3', '3'])
    expect(server.readers.size).toBe(1)
  })

  test('a tab that is seen again before long keeps its stream', () => {
    const server = createServer()
    const { tab, show, hide, pass } = hideable(createBrowser().openTab(0))
    shareStream(
      tab,
      server.open,
      () => {},
      () => {},
    )
    hide()
    show()
    pass()
    expect(server.readers.size).toBe(1)
    expect(server.resumedFrom).toEqual([null])
  })

  test('a hidden tab does nothing, and fetches everything once when it is seen', () => {
    const server = createServer()
    const { tab, show, hide } = hideable(createBrowser().openTab(0))
    const seen: LiveEvent[] = []
    shareStream(
      tab,
      server.open,
      (event) => seen.push(event),
      () => {},
    )
    seen.length = 0
    hide()
    server.send('3', workers)
    server.send('4', workers)
    expect(seen).toEqual([])
    show()
    expect(seen).toEqual([{ type: 'resync' }])
    hide()
    show()
    expect(seen).toHaveLength(1)
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
      curves: new Set(),
    })
  })

  test('more points than were sent reach the curves of the experiment and the run, and nothing else', () => {
    const plan = planRefresh([{ type: 'many-points', experimentId: 'e', runId: 'r' }])
    expect(plan).toMatchObject({
      list: false,
      experiments: new Set(),
      curves: new Set(['e']),
      runs: new Set(['r']),
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

  test('of clients are no choice of the experiment’s curves', () => {
    const logged = { ...event('r2', 2), points: [{ key: 'gpu/power', step: 20, value: 70 }] }
    expect(patchCurves(page, logged)).toBe(page)
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

describe('what clients logged', () => {
  const point = (step: number, value: number, key = 'gpu') => ({ key, step, value })

  test('grows by new steps, and a point that a fetch has brought already changes nothing', () => {
    const one = patchLogged({ keys: 0, series: [] }, [point(1, 70), point(2, 71)])
    expect(one).toEqual({
      keys: 1,
      series: [
        {
          key: 'gpu',
          steps: 2,
          points: [
            [1, 70],
            [2, 71],
          ],
        },
      ],
    })
    expect(patchLogged(one, [point(2, 71), point(1, 70)])).toEqual(one)
    expect(patchLogged(one, [point(3, 1, 'a'), point(3, 1, 'z')]).series.map(({ key }) => key)).toEqual([
      'a',
      'gpu',
      'z',
    ])
  })

  test('counts every step while it keeps fewer points than that', () => {
    let logged: RunPage['logged'] = { keys: 0, series: [] }
    for (let from = 0; from < 5000; from += 500) {
      logged = patchLogged(
        logged,
        Array.from({ length: 500 }, (_, at) => point(from + at, at)),
      )
    }
    expect(logged.series[0]?.steps).toBe(5000)
    expect(logged.series[0]?.points.length).toBeLessThan(1000)
    expect(logged.series[0]?.points.at(-1)).toEqual([4999, 499])
  })

  test('leaves metrics that are not shown to the next fetch', () => {
    const logged = { keys: 2, series: [{ key: 'a', steps: 1, points: [[1, 1]] as [number, number][] }] }
    expect(patchLogged(logged, [point(1, 1, 'b')])).toEqual(logged)
  })

  test('is patched into the page of its run beside the curves of the training', () => {
    const page = { runId: 'r', curves: {}, logged: { keys: 0, series: [] } } as unknown as RunPage
    const patched = patchRunCurves(page, {
      type: 'metrics',
      experimentId: 'e',
      runId: 'r',
      armId: 'a',
      seed: 1,
      points: [point(1, 70), point(1, 0.5, 'train/loss')],
    })
    expect(patched.curves).toEqual({ 'train/loss': [[1, 0.5]] })
    expect(patched.logged.series.map(({ key }) => key)).toEqual(['gpu'])
  })
})
