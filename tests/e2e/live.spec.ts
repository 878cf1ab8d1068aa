import type { BrowserContext, Page, Request } from '@playwright/test'
import type { PageServer } from '../support/page-server.ts'
import { launch, expect, test, untilEnded, whileMoving } from '../support/page-test.ts'
import { smallDraft } from '../support/server.ts'
import { chooseSmall, launchFromPage } from '../support/new-experiment-page.ts'

const words = /^(helped|hurt|no practical difference|inconclusive)$/

/** A sign in the window that a reload would take away. */
async function mark(page: Page): Promise<void> {
  await page.evaluate(() => void (document.documentElement.dataset['untouched'] = 'yes'))
}

async function expectNoReload(page: Page): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('data-untouched', 'yes')
}

/** Event streams of a browser that are open now. */
function countStreams(context: BrowserContext): () => number {
  const open = new Set<Request>()
  const isStream = (request: Request): boolean => request.url().includes('/api/trpc/live.events')
  context.on('request', (request) => void (isStream(request) && open.add(request)))
  context.on('requestfinished', (request) => void open.delete(request))
  context.on('requestfailed', (request) => void open.delete(request))
  return () => open.size
}

async function pointsDrawn(page: Page): Promise<number> {
  const caption = await page.getByRole('region', { name: 'Curves' }).getByRole('figure').innerText()
  return Number(/of ([\d,]+) points drawn/.exec(caption)?.[1]?.replaceAll(',', '') ?? 0)
}

test('A launch is followed to its verdict without a reload: progress, curves, words, figures', async ({
  page,
  context,
  server,
}) => {
  await page.goto('/experiments/new?from=digits')
  await chooseSmall(page, { teacherSteps: 10_000, studentSteps: 10_000, seeds: 3 })
  const id = await launchFromPage(page)
  await mark(page)

  const running = page.getByRole('main').locator('i[title$=", running"]').first()
  await whileMoving(server, id, () => expect(running).toBeVisible())
  const filled = await running.getAttribute('style')
  await whileMoving(server, id, () => expect(running).not.toHaveAttribute('style', filled ?? ''))

  const curves = await context.newPage()
  await curves.goto(`/experiments/${id}/curves`)
  await whileMoving(server, id, () => expect.poll(() => pointsDrawn(curves)).toBeGreaterThan(0))
  await mark(curves)
  const points = await pointsDrawn(curves)
  await whileMoving(server, id, () => expect.poll(() => pointsDrawn(curves)).toBeGreaterThan(points))
  await expectNoReload(curves)

  const control = page.getByRole('img', { name: /^Control: [1-3] of 3 finished/ })
  await whileMoving(server, id, () => expect(control).toBeVisible())
  const provisional = page.getByText(/provisional, [12] of 3 seeds/).first()
  await whileMoving(server, id, () => expect(provisional).toBeVisible())

  const forest = page.getByRole('table', { name: 'Difference from the control with intervals and verdict' })
  const rows = forest.getByRole('row')
  await expect(rows).toHaveCount(5)
  for (const row of (await rows.all()).slice(1)) {
    const word = row.getByRole('cell').last().locator('span').first()
    await whileMoving(server, id, () => expect(word).toHaveText(words))
    await expect(row.getByRole('cell').nth(1)).toHaveText(/[+−]\d+\.\d\d\s*[+−]\d+\.\d\d to [+−]\d+\.\d\d/)
  }
  await expect(
    page
      .getByRole('paragraph')
      .filter({ hasText: /^(Yes|No|Not settled)[,:]? / })
      .first(),
  ).toBeVisible()
  await expect(page.getByText('What this covers.')).toBeVisible()
  await expect(page.getByRole('main')).toContainText('3 unpaired seeds')
  await untilEnded(server, id)
  const figures = page.getByRole('region', { name: 'Table of all figures, scrolls sideways' })
  await expect(figures.getByRole('row')).toHaveCount(10)
  // Latency comes last of all; then no figure is missing but the teacher's agreement with itself.
  await expect(figures.getByRole('cell', { name: '–', exact: true })).toHaveCount(1)
  await expect(page.getByRole('button', { name: 'Cancel', exact: true })).toBeHidden()
  await expectNoReload(page)
})

test('Nine tabs of a browser share one event stream, all of them live, and another tab takes it over', async ({
  context,
  server,
}) => {
  const streams = countStreams(context)
  const draft = smallDraft()
  const id = await launch(server, {
    question: 'Do tabs share?',
    methods: [],
    teacher: { ...draft.teacher, training: { ...draft.teacher.training, steps: 3000 } },
    // They outlast all pages, and still move by a percent within seconds.
    student: { ...draft.student, training: { ...draft.student.training, steps: 2_000_000 } },
  })
  const tabs: Page[] = []
  for (const path of [...Array.from({ length: 8 }, () => '/runs'), '/curves']) {
    const tab = await context.newPage()
    await tab.goto(`/experiments/${id}${path}`)
    await expect(tab.getByRole('heading', { level: 1 })).toHaveText('Do tabs share?')
    tabs.push(tab)
  }
  await expect.poll(streams).toBe(1)

  // Eight of them only listen to the first, and move all the same.
  const [first, ...others] = tabs
  await Promise.all(tabs.map((tab) => expectMoving(tab, server, id)))

  await first?.close()
  await expect.poll(streams).toBe(1)
  await Promise.all(others.map((tab) => expectMoving(tab, server, id)))
  await server.api.experiments.cancel.mutate({ id })
  for (const tab of others) {
    if (tab.url().endsWith('/runs'))
      await expect(tab.getByRole('button', { name: /\d cancelled/ })).toBeVisible()
    else await expect(tab.getByRole('button', { name: 'Cancel', exact: true })).toBeHidden()
  }
})

/** What a tab shows of running trainings changes by itself. */
async function expectMoving(tab: Page, server: PageServer, id: string): Promise<void> {
  if (tab.url().endsWith('/curves')) {
    await whileMoving(server, id, () => expect.poll(() => pointsDrawn(tab)).toBeGreaterThan(0))
    const points = await pointsDrawn(tab)
    await whileMoving(server, id, () => expect.poll(() => pointsDrawn(tab)).toBeGreaterThan(points))
    return
  }
  const bars = tab.getByRole('table', { name: 'All runs by arm' }).locator('i[style*="linear-gradient"]')
  await whileMoving(server, id, () => expect(bars.first()).toBeVisible())
  const filled = (): Promise<string> =>
    bars.evaluateAll((all) => all.map((bar) => bar.getAttribute('style')).join())
  const before = await filled()
  await whileMoving(server, id, () => expect.poll(filled).not.toBe(before))
}

test('What a client logs appears on the Run page, every point once, also over a restart of the server', async ({
  page,
  emptyServer,
  watch,
}) => {
  const { id } = await emptyServer.api.experiments.launch.mutate(smallDraft({ methods: [], seeds: 1 }))
  await emptyServer.api.experiments.cancel.mutate({ id })
  const [run] = await emptyServer.api.experiments.runs.query({ id })
  const runId = run?.runId ?? ''
  const log = (from: number, to: number): Promise<{ metrics: number }> =>
    emptyServer.api.runs.logBatch.mutate({
      runId,
      metrics: Array.from({ length: to - from }, (_, at) => ({
        key: 'client/power',
        step: from + at,
        value: (from + at) / 4,
        at: 1_795_000_000_000 + from + at,
      })),
    })
  await page.goto(`${emptyServer.url}/runs/${runId}`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  const logged = page.getByRole('region', { name: 'Logged beside the training' })
  await expect(logged).toBeHidden()
  const cells = logged.getByRole('row', { name: /client\/power/ }).getByRole('cell')

  await log(0, 300)
  await expect(cells.last()).toHaveText('300')
  await expect(cells.nth(1)).toHaveText('74.75')

  // While the server is away the browser says so, and goes on by itself when it is back.
  watch.allow(
    /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET/,
  )
  await emptyServer.halt()
  await expect(page.getByText('No contact with the server')).toBeVisible()
  await emptyServer.resume()
  // Sent again by a client that got no answer: stored once.
  expect(await log(290, 400)).toMatchObject({ metrics: 100 })
  await expect(cells.last()).toHaveText('400')
  await expect(page.getByText('No contact with the server')).toBeHidden()
  await log(400, 450)
  await expect(cells.last()).toHaveText('450')
  await expect(cells.nth(1)).toHaveText('112.3')
  const { logged: stored } = await emptyServer.api.runs.page.query({ runId })
  expect(stored.series).toMatchObject([{ key: 'client/power', steps: 450 }])
})
