import {
  test as base,
  expect,
  type BrowserContext,
  type ConsoleMessage,
  type Page,
  type Response,
} from '@playwright/test'
import type { ExperimentDraftInput } from '../../core/contracts/protocol.ts'
import type { ExperimentPage } from '../../core/contracts/views.ts'
import { startPageServer, type PageServer } from './page-server.ts'
import { smallDraft } from './server.ts'
import { traceOf, watchTraces } from './still-moving.ts'

/** What went wrong in any tab of a test without failing an expectation. */
export interface Watch {
  /** A problem that the test causes on purpose. */
  allow(pattern: RegExp): void
  /** Fails on any other problem so far, and on values that are none in the pages that are open. */
  check(): Promise<void>
}

interface TestFixtures {
  watch: Watch
  /** A server of this test alone, without any experiment. */
  emptyServer: PageServer
}

interface WorkerFixtures {
  /** One server for all tests of a worker. */
  server: PageServer
  /** A small experiment on `server` that has ended, with latency and words. */
  decided: ExperimentPage
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  server: [
    // The runner reads from this pattern which fixtures are needed: none.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const server = await startPageServer()
      await use(server)
      await server.remove()
    },
    { scope: 'worker', timeout: 1_800_000 },
  ],
  decided: [
    async ({ server }, use) => {
      const { id } = await server.api.experiments.launch.mutate(smallDraft())
      await use(await untilEnded(server, id))
    },
    { scope: 'worker', timeout: 1_800_000 },
  ],
  baseURL: async ({ server }, use) => {
    await use(server.url)
  },
  page: async ({ page }, use) => {
    const goto = page.goto.bind(page)
    const reload = page.reload.bind(page)
    page.goto = async (...args) => await settled(page, await goto(...args))
    page.reload = async (...args) => await settled(page, await reload(...args))
    await use(page)
  },
  emptyServer: async ({ context, watch }, use) => {
    const server = await startPageServer()
    await use(server)
    await watch.check()
    // Pages that outlive their server would report that.
    await Promise.all(context.pages().map((page) => page.close()))
    await server.remove()
  },
  watch: [
    async ({ context }, use) => {
      const watch = watchContext(context)
      await use(watch)
      await watch.check()
    },
    { auto: true },
  ],
})

export { expect }

/** Launches as the page does; the caller waits for what it needs. */
export async function launch(
  server: PageServer,
  changes: Partial<ExperimentDraftInput> = {},
): Promise<string> {
  const { id } = await server.api.experiments.launch.mutate(smallDraft(changes))
  return id
}

export function untilEnded(server: PageServer, id: string): Promise<ExperimentPage> {
  return until(server, id, (page) => page.status !== 'running')
}

/** Every training has ended, while latency may still be measured. */
export function untilTrained(server: PageServer, id: string): Promise<ExperimentPage> {
  return until(server, id, (page) => page.runsEnded === page.runsTotal)
}

async function until(
  server: PageServer,
  id: string,
  ready: (page: ExperimentPage) => boolean,
): Promise<ExperimentPage> {
  let page = await server.api.experiments.page.query({ id })
  await whileMoving(server, id, () =>
    expect
      .poll(async () => {
        page = await server.api.experiments.page.query({ id })
        return ready(page) || `experiment ${id}: ${page.runsEnded} of ${page.runsTotal} runs`
      })
      .toBe(true),
  )
  return page
}

/** Expects what hangs on how fast an experiment trains: again and again, for as long as something of it moves. */
export async function whileMoving(
  server: PageServer,
  id: string,
  expectation: () => Promise<void>,
): Promise<void> {
  const moves = watchTraces()
  for (;;) {
    try {
      await expectation()
      return
    } catch (error) {
      const [page, workers] = await Promise.all([
        server.api.experiments.page.query({ id }),
        server.api.workers.page.query(),
      ])
      if (!moves(traceOf(page, workers))) throw error
    }
  }
}

/** Once a page has streamed in whole: until then a text may stand a second time in a hidden part, and be found twice. */
async function settled<T>(page: Page, loaded: T): Promise<T> {
  await page.waitForFunction(() => document.querySelector('[hidden][id^="S:"]') === null)
  return loaded
}

/** Calls off what still runs, so that the next test finds free cores. */
export async function callOff(server: PageServer, id: string): Promise<void> {
  const { status } = await server.api.experiments.page.query({ id })
  if (status === 'running') await server.api.experiments.cancel.mutate({ id })
}

function watchContext(context: BrowserContext): Watch {
  const problems: string[] = []
  const allowed: RegExp[] = []
  const report = (text: string): void => {
    if (!allowed.some((pattern) => pattern.test(text))) problems.push(text)
  }
  context.on('console', (message: ConsoleMessage) => {
    if (message.type() === 'error') report(`console: ${message.text()} (${message.location().url})`)
  })
  context.on('weberror', (error) => report(`page error: ${error.error().stack ?? error.error().message}`))
  context.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url())
    if (/^(http|ws)s?:$/.test(protocol) && hostname !== '127.0.0.1')
      report(`leaves this machine: ${request.url()}`)
  })
  context.on('response', (response: Response) => {
    if (response.status() >= 400) report(`${response.status()} ${response.url()}`)
  })
  return {
    allow: (pattern) => void allowed.push(pattern),
    check: async () => {
      const shown = await Promise.all(context.pages().map(strayText))
      expect([...problems, ...shown.flat()], 'errors in the browser and stray values').toEqual([])
    },
  }
}

/** Words and attributes of a page in which a value that is none shows through. */
export async function strayText(page: Page): Promise<string[]> {
  if (page.isClosed()) return []
  return await page.evaluate(() => {
    const stray = /\b(NaN|undefined|Infinity|null)\b/
    const found: string[] = []
    for (const element of document.body.querySelectorAll('*')) {
      if (element.closest('script, style, template') !== null) continue
      for (const { name, value } of element.attributes) {
        if (stray.test(value)) found.push(`${element.tagName} ${name}="${value.slice(0, 120)}"`)
      }
      for (const node of element.childNodes) {
        const text = node.nodeType === Node.TEXT_NODE ? (node.textContent ?? '') : ''
        if (stray.test(text)) found.push(`${element.tagName}: ${text.slice(0, 120)}`)
      }
    }
    return found.map((what) => `stray value in ${location.pathname}: ${what}`)
  })
}
