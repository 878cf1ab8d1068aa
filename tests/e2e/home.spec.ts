import type { Page } from '@playwright/test'
import { callOff, expect, launch, test, whileMoving } from '../support/page-test.ts'
import { smallDraft } from '../support/server.ts'

/** The accessible name of what has the focus, and whether its place is visible. */
async function focused(page: Page): Promise<{ name: string; visible: boolean }> {
  return await page.evaluate(() => {
    const element = document.activeElement
    if (!(element instanceof HTMLElement)) return { name: '', visible: false }
    const { outlineStyle, boxShadow } = getComputedStyle(element)
    const text = element.getAttribute('aria-label') ?? element.innerText
    return {
      name: text.split('\n')[0]?.trim() ?? '',
      visible: (outlineStyle !== 'none' && outlineStyle !== '') || boxShadow !== 'none',
    }
  })
}

test.describe('the first visit', () => {
  test('says what an experiment answers, how it is read, and the ways in', async ({ page, emptyServer }) => {
    await page.goto(emptyServer.url)
    await expect(page).toHaveTitle('Experiments · Stillhouse')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Does distillation work here?')
    await expect(page.getByText('says whether the difference is real')).toBeVisible()
    await expect(page.getByRole('figure')).toContainText('helped: clear of zero, the right way')
    await expect(page.getByRole('button', { name: /Run the demonstration/ })).toBeEnabled()
    const ways = page.getByRole('main').getByRole('link')
    await expect(ways).toHaveCount(3)
    await ways.filter({ hasText: 'handwritten digits' }).click()
    await expect(page).toHaveURL(/\/experiments\/new\?from=digits/)
    await expect(page.getByLabel('Data set')).toHaveValue('digits')
  })

  test('can be walked with the keyboard, the place of the focus in sight', async ({ page, emptyServer }) => {
    await page.goto(emptyServer.url)
    await expect(page.getByRole('link', { name: /^Workers: \d+ cores?, idle/ })).toBeVisible()
    const names: string[] = []
    for (let step = 0; step < 9; step += 1) {
      await page.keyboard.press('Tab')
      const { name, visible } = await focused(page)
      expect(visible, `the focus on "${name}" is visible`).toBe(true)
      names.push(name)
    }
    expect(names).toEqual([
      'Skip to the content',
      'Stillhouse',
      'Experiments',
      'Workers',
      expect.stringMatching(/^Workers: /),
      expect.stringMatching(/theme/i),
      'Run the demonstration',
      'A first experiment on handwritten digits',
      'Your own student on MNIST',
    ])
  })

  test('lets the keyboard skip to the content', async ({ page, emptyServer }) => {
    await page.goto(emptyServer.url)
    await page.keyboard.press('Tab')
    await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeInViewport()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('main')).toBeFocused()
    await page.keyboard.press('Tab')
    await expect(page.getByRole('button', { name: /Run the demonstration/ })).toBeFocused()
  })
})

test('The demonstration is launched from the first visit, and calls itself one', async ({
  page,
  emptyServer,
}) => {
  await page.goto(emptyServer.url)
  await page.getByRole('button', { name: /Run the demonstration/ }).click()
  await page.waitForURL(/\/experiments\/[a-z0-9]+$/)
  await expect(page.getByRole('main')).toContainText('A demonstration: its settings were chosen knowing')
  await expect(page.getByRole('link', { name: 'Runs 41' })).toBeVisible()
  const [experiment] = await emptyServer.api.experiments.list.query()
  expect(experiment?.demonstration).toBe(true)
  await callOff(emptyServer, experiment?.id ?? '')
})

test('A page whose server went away says so, and catches up by itself when it is back', async ({
  page,
  emptyServer,
  watch,
}) => {
  // What the browser itself says of requests to a server that is not there.
  watch.allow(/net::ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|INCOMPLETE_CHUNKED_ENCODING)/)
  const { student } = smallDraft()
  const id = await launch(emptyServer, {
    student: { ...student, training: { ...student.training, steps: 9_000_000 } },
  })
  await page.goto(`${emptyServer.url}/experiments/${id}`)
  const running = page.locator('i[title$=", running"]').first()
  await whileMoving(emptyServer, id, () => expect(running).toBeVisible())
  const before = await running.getAttribute('style')
  await whileMoving(emptyServer, id, () => expect(running).not.toHaveAttribute('style', before ?? ''))

  await emptyServer.halt()
  const banner = page.getByRole('status').filter({ hasText: 'No contact with the server since' })
  await expect(banner).toBeVisible()
  await emptyServer.resume()
  await expect(banner).toBeHidden()
  await whileMoving(emptyServer, id, () => expect(running).toBeVisible())
  const after = await running.getAttribute('style')
  await whileMoving(emptyServer, id, () => expect(running).not.toHaveAttribute('style', after ?? ''))
  await callOff(emptyServer, id)
  await expect(page.getByRole('button', { name: 'Cancel', exact: true })).toBeHidden()
})

test.describe('the list of experiments', () => {
  test('shows the words of a decided experiment, and can be searched and narrowed by address', async ({
    page,
    decided,
  }) => {
    await page.goto('/')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Experiments')
    const row = page
      .getByRole('listitem')
      .filter({ has: page.locator(`[href="/experiments/${decided.id}"]`) })
    await expect(row).toContainText(/helped|hurt|no practical difference|inconclusive/)
    await expect(row).toContainText('3 seeds per arm')

    await page.getByRole('searchbox', { name: 'Search experiments' }).fill('no such question')
    await expect(page.getByText('No experiment matches.')).toBeVisible()
    await expect(page).toHaveURL(/q=no\+such\+question/)
    await page.reload()
    await expect(page.getByText('No experiment matches.')).toBeVisible()
    await page.getByRole('button', { name: 'Show all' }).click()
    // An experiment whose words are all "inconclusive" has settled nothing.
    const settled = /helped|hurt|no practical/.test(await row.innerText())
    const state = settled ? 'Decided' : 'Open'
    const states = page.getByRole('group', { name: 'State' })
    await states.getByRole('button', { name: settled ? /^Open/ : /^Decided/ }).click()
    await expect(row).toBeHidden()
    await states.getByRole('button', { name: new RegExp(`^${state}`) }).click()
    await expect(page).toHaveURL(new RegExp(`state=${state.toLowerCase()}`))
    await row.getByRole('link').click()
    await expect(page).toHaveURL(`/experiments/${decided.id}`)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(decided.question)
  })
})

test('The chosen theme stays over a reload', async ({ page, decided }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto(`/experiments/${decided.id}/protocol`)
  await page.getByRole('button', { name: 'Theme: system. Switch to light.' }).click()
  await page.getByRole('button', { name: 'Theme: light. Switch to dark.' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(page.getByRole('button', { name: 'Theme: dark. Switch to system.' })).toBeVisible()
})
