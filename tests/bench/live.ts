import { join } from 'node:path'
import { createTRPCClient, httpLink } from '@trpc/client'
import { chromium, type Browser, type Page } from '@playwright/test'
import superjson from 'superjson'
import type { LiveEvent } from '../../core/contracts/views.ts'
import type { AppRouter } from '../../server/api/trpc/router.ts'
import { createLiveBus } from '../../server/platform/live-bus.ts'
import { browserLaunch } from '../support/browser.ts'
import { smallDraft } from '../support/server.ts'
import { medianOf, type BenchRow } from './row.ts'
import { withServer, type BenchServer } from './start-server.ts'

const goalMs = 25
const wanted = 400
/** While the page still loads and its first charts are drawn. */
const dropped = 200
const pollMs = 1_000

interface Delays {
  /** From a trainer's message to the page's own callback of the event stream, ms. */
  streamed: number[]
  /** The same to the answer of a page that asks every second. */
  asked: number[]
}

/** Live updates: how long a point takes to a page, and what publishing costs where no page looks. */
export async function liveBench(): Promise<BenchRow[]> {
  const { streamed, asked } = await followTrainings()
  const rows = [0.5, 0.95].map((share): BenchRow => {
    const [value, baseline] = [quantile(streamed, share), quantile(asked, share)]
    const goal = share === 0.95 ? goalMs : null
    return {
      group: 'live',
      name: `a point from the trainer’s message to the browser’s callback, p${share * 100} of ${streamed.length}, against asking every second`,
      value,
      unit: 'ms',
      baseline,
      ratio: baseline / value,
      goal,
      goalIs: goal === null ? null : 'most',
      met: goal === null ? null : value <= goal,
    }
  })
  return [...rows, unreadRow()]
}

/** @throws RangeError for no values. */
function quantile(values: readonly number[], share: number): number {
  const value = values.toSorted((a, b) => a - b)[Math.ceil(share * values.length) - 1]
  if (value === undefined) throw new RangeError('no quantile of no values')
  return value
}

/** Real trainings, as many as the machine has cores, in the product as people start it, seen by a Chromium page. */
async function followTrainings(): Promise<Delays> {
  const trainer = join(import.meta.dirname, 'stamped-trainer.js')
  const browser = await chromium.launch(browserLaunch())
  try {
    return await withServer((server) => followOn(server, browser), { STILLHOUSE_TRAINER: trainer })
  } finally {
    await browser.close()
  }
}

async function followOn({ url }: BenchServer, browser: Browser): Promise<Delays> {
  const { experiments } = createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${url}/api/trpc`, transformer: superjson })],
  })
  const page = await browser.newPage()
  const draft = smallDraft({ methods: [], seeds: 3 })
  const { id } = await experiments.launch.mutate({
    ...draft,
    teacher: { ...draft.teacher, training: { ...draft.teacher.training, steps: 40_000 } },
    student: { ...draft.student, training: { ...draft.student.training, steps: 40_000 } },
  })
  await page.goto(`${url}/experiments/${id}/curves`)
  await listen(page)
  await ask(page, id)
  await page.waitForFunction((count) => window.delays.streamed.length >= count, wanted + dropped, {
    timeout: 120_000,
    polling: 500,
  })
  const { streamed, asked } = await page.evaluate(() => window.delays)
  await experiments.cancel.mutate({ id })
  return { streamed: streamed.slice(dropped), asked }
}

declare global {
  interface Window {
    delays: Delays
  }
}

/** The page passes every frame of its stream on to the other tabs, in the callback that takes it. */
async function listen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const delays: Delays = { streamed: [], asked: [] }
    window.delays = delays
    new BroadcastChannel('stillhouse-live').addEventListener('message', ({ data }) => {
      const now = performance.timeOrigin + performance.now()
      const events = (data as { events?: LiveEvent[] }).events ?? []
      for (const event of events) {
        const points = event.type === 'metrics' ? event.points : []
        for (const { key, value } of points) if (key === 'bench/sent-at') delays.streamed.push(now - value)
      }
    })
  })
}

/** Asks for the curves every second, as a page without live events would, and notes when it first sees each point. */
async function ask(page: Page, id: string): Promise<void> {
  await page.evaluate(
    ([address, every]) => {
      const seen = new Set<string>()
      // Unnamed: tsx gives named functions a helper that the page does not have.
      setInterval(async () => {
        const answer = (await (await fetch(address)).json()) as {
          result: {
            data: {
              json: { arms: { armId: string; seeds: { seed: number; points: [number, number][] }[] }[] }
            }
          }
        }
        const now = performance.timeOrigin + performance.now()
        const first = seen.size === 0
        for (const { armId, seeds } of answer.result.data.json.arms)
          for (const { seed, points } of seeds)
            for (const [step, sentAt] of points) {
              const point = `${armId} ${seed} ${step}`
              // What was there before the first answer did not wait for it.
              if (!seen.has(point) && !first) window.delays.asked.push(now - sentAt)
              seen.add(point)
            }
      }, every)
    },
    [
      `/api/trpc/experiments.curves?input=${encodeURIComponent(JSON.stringify({ json: { id, key: 'bench/sent-at' } }))}`,
      pollMs,
    ] as const,
  )
}

/** Points that nobody reads are not even built. */
function unreadRow(): BenchRow {
  const points = Array.from({ length: 1_000 }, (_, step) => ({ key: 'k', step, value: step }))
  const build = (): LiveEvent => ({
    type: 'metrics',
    experimentId: 'e',
    runId: 'r',
    armId: 'a',
    seed: 1,
    points: points.map((point) => ({ ...point })),
  })
  const unread = createLiveBus('unread')
  const read = createLiveBus('read')
  read.subscribe(() => undefined)
  const [value, baseline] = [unread, read].map((bus) =>
    medianOf(
      Array.from({ length: 50 }, () => {
        const startedAt = performance.now()
        for (let at = 0; at < 100; at += 1) bus.publish(build)
        return ((performance.now() - startedAt) / 100) * 1_000
      }),
    ),
  )
  if (value === undefined || baseline === undefined) throw new Error('two buses')
  return {
    group: 'live',
    name: 'publishing 1,000 points while no page looks, against one that does',
    value,
    unit: 'µs',
    baseline,
    ratio: baseline / value,
    goal: null,
    goalIs: null,
    met: null,
  }
}
