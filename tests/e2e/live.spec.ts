import type { BrowserContext, Page, Request } from '@playwright/test'
import { launch, expect, test, untilEnded } from '../support/page-test.ts'
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
  await expect(running).toBeVisible()
  const filled = await running.getAttribute('style')
  await expect(running).not.toHaveAttribute('style', filled ?? '')

  const curves = await context.newPage()
  await curves.goto(`/experiments/${id}/curves`)
  await expect.poll(() => pointsDrawn(curves)).toBeGreaterThan(0)
  await mark(curves)
  const points = await pointsDrawn(curves)
  await expect.poll(() => pointsDrawn(curves)).toBeGreaterThan(points)
  await expectNoReload(curves)

  const control = page.getByRole('img', { name: /^Control: [1-3] of 3 finished/ })
  await expect(control).toBeVisible({ timeout: 40_000 })
  await expect(page.getByText(/provisional, [12] of 3 seeds/).first()).toBeVisible({ timeout: 40_000 })

  const forest = page.getByRole('table', { name: 'Difference from the control with intervals and verdict' })
  const rows = forest.getByRole('row')
  await expect(rows).toHaveCount(5)
  for (const row of (await rows.all()).slice(1)) {
    await expect(row.getByRole('cell').last().locator('span').first()).toHaveText(words, { timeout: 60_000 })
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

test('All tabs of a browser share one event stream, and another tab takes it over', async ({
  context,
  server,
}) => {
  const streams = countStreams(context)
  const draft = smallDraft()
  const id = await launch(server, {
    question: 'Do tabs share?',
    methods: [],
    teacher: { ...draft.teacher, training: { ...draft.teacher.training, steps: 3000 } },
    student: { ...draft.student, training: { ...draft.student.training, steps: 60_000 } },
  })
  const tabs: Page[] = []
  for (const path of ['', '/runs', '/curves']) {
    const tab = await context.newPage()
    await tab.goto(`/experiments/${id}${path}`)
    await expect(tab.getByRole('heading', { level: 1 })).toHaveText('Do tabs share?')
    tabs.push(tab)
  }
  const [first, second, third] = tabs
  if (first === undefined || second === undefined || third === undefined) throw new Error('three tabs')
  await expect.poll(streams).toBe(1)

  // The second tab only listens to the first, and moves all the same.
  const bars = second.getByRole('table', { name: 'All runs by arm' }).locator('i[style*="linear-gradient"]')
  await expect(bars.first()).toBeVisible()
  const before = await bars.first().getAttribute('style')
  await expect(bars.first()).not.toHaveAttribute('style', before ?? '')

  await first.close()
  await expect.poll(streams).toBe(1)
  await expect.poll(() => pointsDrawn(third)).toBeGreaterThan(0)
  const points = await pointsDrawn(third)
  await expect.poll(() => pointsDrawn(third)).toBeGreaterThan(points)
  await server.api.experiments.cancel.mutate({ id })
  await expect(second.getByRole('button', { name: /\d cancelled/ })).toBeVisible()
  await expect(third.getByRole('button', { name: 'Cancel', exact: true })).toBeHidden()
})
