import type { Page } from '@playwright/test'
import { callOff, expect, test } from '../support/page-test.ts'
import { launchFromPage, newExperimentPage } from '../support/new-experiment-page.ts'
import type { PageServer } from '../support/page-server.ts'

const small =
  'from=digits&labels=100&teacher.hidden=32&student.hidden=8&teacher.steps=60&student.steps=40&seeds=3'

const launched = async (server: PageServer): Promise<number> =>
  (await server.api.experiments.list.query()).length

async function callOffAll(server: PageServer): Promise<void> {
  for (const { id } of await server.api.experiments.list.query()) await callOff(server, id)
}

const keyOf = (page: Page): string | null => new URL(page.url()).searchParams.get('launch')

test('Enter takes the value of any field and launches nothing', async ({ page, emptyServer }) => {
  await page.goto(
    `${emptyServer.url}/experiments/new?${small}&after=extension&student.schedule=step&student.milestones=20`,
  )
  const form = newExperimentPage(page)
  await expect(form.launch).toHaveText(/Freeze and launch \d+ runs/)
  for (const summary of await page.locator('form summary').all()) await summary.click()
  const fields = page
    .locator('form')
    .locator('input:not([type=radio]):not([type=checkbox]), textarea, select')
  expect(await fields.count()).toBeGreaterThan(25)
  for (const field of await fields.all()) {
    await field.focus()
    await field.press('Enter')
    await expect(field).toBeFocused()
    await page.keyboard.press('Escape')
  }
  await form.field('Question').fill('Does Enter launch?')
  await form.field('Question').press('Enter')
  await form.field('Seeds per arm').fill('4')
  await form.field('Seeds per arm').press('Enter')
  await expect(page).toHaveURL(/question=Does\+Enter\+launch.*seeds=4/)
  await expect(form.launch).toHaveText(/Freeze and launch \d+ runs/)
  expect(await launched(emptyServer)).toBe(0)
})

test('A form has a key in its address that a reload and a way back keep, and a launch mints the next', async ({
  page,
  emptyServer,
}) => {
  await page.goto(`${emptyServer.url}/experiments/new?${small}`)
  await expect(page).toHaveURL(/launch=[0-9a-f]{24}$/)
  const key = keyOf(page)
  await page.reload()
  await expect(newExperimentPage(page).launch).toHaveText(/Freeze and launch \d+ runs/)
  expect(keyOf(page)).toBe(key)
  await page.getByRole('link', { name: 'Workers' }).first().click()
  await page.waitForURL(/\/workers$/)
  await page.goBack()
  await expect(newExperimentPage(page).launch).toHaveText(/Freeze and launch \d+ runs/)
  expect(keyOf(page)).toBe(key)

  const first = await launchFromPage(page)
  await page.goBack()
  await expect(newExperimentPage(page).field('Teacher: widths of the hidden layers')).toHaveValue('32')
  await expect.poll(() => keyOf(page)).not.toBe(key)
  const second = await launchFromPage(page)
  expect(second).not.toBe(first)
  expect(await launched(emptyServer)).toBe(2)
  await callOffAll(emptyServer)
})

test('A second tab at the same address, and a repeated request, come to the same experiment', async ({
  page,
  context,
  emptyServer,
}) => {
  await page.goto(`${emptyServer.url}/experiments/new?${small}`)
  await expect(page).toHaveURL(/launch=/)
  const address = page.url()
  const second = await context.newPage()
  await second.goto(address)
  await expect(newExperimentPage(second).launch).toHaveText(/Freeze and launch \d+ runs/)
  const sent = page.waitForRequest(/experiments\.launch/)
  const id = await launchFromPage(page)
  const request = await sent
  const again = await page.request.post(request.url(), {
    headers: { 'content-type': 'application/json' },
    data: request.postData() ?? '',
  })
  expect(await again.text()).toContain(id)
  expect(await launchFromPage(second)).toBe(id)
  await expect(second.getByText('This draft was launched before')).toBeVisible()
  expect(await launched(emptyServer)).toBe(1)
  await callOffAll(emptyServer)
})

test('A tab left behind with other settings says what was launched, and launches on request', async ({
  page,
  context,
  emptyServer,
  watch,
}) => {
  watch.allow(/409/)
  await page.goto(`${emptyServer.url}/experiments/new?${small}`)
  await expect(page).toHaveURL(/launch=/)
  const second = await context.newPage()
  await second.goto(page.url())
  const id = await launchFromPage(page)

  const form = newExperimentPage(second)
  await form.field('Seeds per arm').fill('4')
  await expect(second).toHaveURL(/seeds=4/)
  await expect(form.launch).toHaveText(/Freeze and launch \d+ runs/)
  await form.launch.click()
  const alert = form.plan.getByRole('alert')
  await expect(alert).toContainText('Nothing was launched.')
  await expect(alert).toBeFocused()
  await expect(alert.getByRole('link', { name: 'Open that experiment' })).toHaveAttribute(
    'href',
    `/experiments/${id}`,
  )
  expect(await launched(emptyServer)).toBe(1)
  await alert.getByRole('button', { name: 'Launch as another experiment' }).click()
  await second.waitForURL(/\/experiments\/(?!new)[a-z0-9]+$/)
  expect(second.url()).not.toContain(id)
  expect(await launched(emptyServer)).toBe(2)
  await callOffAll(emptyServer)
})
