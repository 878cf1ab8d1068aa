import type { Locator, Page } from '@playwright/test'
import type { PageServer } from '../support/page-server.ts'
import { expect, launch, test } from '../support/page-test.ts'

const arms = 40
const seeds = 100
/** With the control, label smoothing and the teacher's one run. */
const runs = (arms + 2) * seeds + 1

/** An experiment of thousands of runs, called off before they are trained. */
async function launchMany(server: PageServer): Promise<string> {
  const soft = { name: 'soft-targets', hardLabelWeight: 0.1, softTargetWeight: 0.9 } as const
  const id = await launch(server, {
    methods: Array.from({ length: arms }, (_, arm) => ({ ...soft, temperature: 1 + arm / 4 })),
    seeds,
  })
  await server.api.experiments.cancel.mutate({ id })
  return id
}

const elements = (page: Page): Promise<number> => page.locator('*').count()
const drawnRows = (table: Locator): Promise<number> => table.locator('tbody tr[aria-rowindex]').count()

test('Thousands of runs are drawn as far as they are seen', async ({ page, emptyServer }) => {
  const id = await launchMany(emptyServer)
  await page.goto(`${emptyServer.url}/experiments/${id}/runs`)
  await expect(page.getByRole('status').filter({ hasText: 'arms' })).toContainText(
    `of ${runs.toLocaleString('en')} runs`,
  )
  expect(await elements(page)).toBeLessThan(2_500)

  await page
    .getByRole('group', { name: 'Show runs that are' })
    .getByRole('button', { name: /cancelled/ })
    .click()
  await expect(page).toHaveURL(/state=cancelled/)
  const table = page.getByRole('table', { name: 'All runs by arm' })
  const rows = Number(await table.getAttribute('aria-rowcount'))
  expect(rows).toBeGreaterThan(arms * seeds)
  expect(await elements(page)).toBeLessThan(3_000)
  expect(await drawnRows(table)).toBeLessThan(100)
  await page.reload()
  expect(await elements(page)).toBeLessThan(3_000)

  // Their places are kept: the page is as long as all of them, and its end has the last one.
  await page.keyboard.press('End')
  const last = table.locator(`tbody tr[aria-rowindex="${rows}"]`)
  await expect(last).toBeInViewport()
  await expect(last.getByRole('link')).toHaveText(`seed ${seeds}`)
  expect(await drawnRows(table)).toBeLessThan(100)
  const heights = await table
    .locator('tbody tr[aria-rowindex]')
    .evaluateAll((all) => all.map((one) => one.clientHeight))
  expect(Math.min(...heights)).toBeGreaterThanOrEqual(30)

  // Sorted, they come in another order, and still only some.
  await page.keyboard.press('Home')
  await table
    .getByRole('columnheader', { name: /^Arm, then seed/ })
    .getByRole('button')
    .click()
  await expect(page).toHaveURL(/sort=arm\./)
  expect(await drawnRows(table)).toBeLessThan(100)

  // On paper there is all.
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
  await expect.poll(() => drawnRows(table)).toBe(rows - 1)
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
  await expect.poll(() => drawnRows(table)).toBeLessThan(100)
})

test('The keyboard goes from row to row beyond what is drawn, and the row in focus stays', async ({
  page,
  emptyServer,
}) => {
  const id = await launchMany(emptyServer)
  await page.goto(`${emptyServer.url}/experiments/${id}/runs?state=cancelled`)
  const table = page.getByRole('table', { name: 'All runs by arm' })
  const places: number[] = []
  await table.getByRole('link').first().focus()
  for (let step = 0; step < 120; step += 1) {
    places.push(
      await page.evaluate(() => Number(document.activeElement?.closest('tr')?.getAttribute('aria-rowindex'))),
    )
    await page.keyboard.press('Tab')
  }
  expect(places).toEqual(places.map((_, step) => (places[0] ?? 0) + step))
  const focused = page.locator(':focus')
  const before = await focused.evaluate((link) => link.closest('tr')?.getAttribute('aria-rowindex'))
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight))
  await expect(table.locator('tbody tr[aria-rowindex]').last()).toBeInViewport()
  await expect(focused).toBeAttached()
  expect(await focused.evaluate((link) => link.closest('tr')?.getAttribute('aria-rowindex'))).toBe(before)
})

test('On a small screen the same runs are a list that is drawn as far as it is seen', async ({
  page,
  emptyServer,
}) => {
  const id = await launchMany(emptyServer)
  await page.setViewportSize({ width: 390, height: 800 })
  await page.goto(`${emptyServer.url}/experiments/${id}/runs?state=cancelled`)
  const list = page.getByRole('list', { name: 'All runs by arm' })
  await expect(list.getByRole('listitem').first()).toHaveAttribute('aria-setsize', /^4\d{3}$/)
  expect(await elements(page)).toBeLessThan(2_500)
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight))
  await expect(list.getByRole('listitem').last()).toHaveAttribute('aria-posinset', /^4\d{3}$/)
  await expect(list.getByRole('listitem').last()).toBeInViewport()
})
