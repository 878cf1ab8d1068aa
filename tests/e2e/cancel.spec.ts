import { callOff, expect, launch, test, whileMoving } from '../support/page-test.ts'
import { endless } from '../support/endless.ts'

test('A running experiment is cancelled only when the dialog is confirmed, and then has no word', async ({
  page,
  server,
}) => {
  const id = await launch(server, endless())
  await page.goto(`/experiments/${id}`)
  const cancel = page.getByRole('button', { name: 'Cancel', exact: true })
  const dialog = page.getByRole('alertdialog', { name: 'Cancel this experiment?' })
  await cancel.click()
  await expect(dialog).toContainText('cannot be resumed')
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(cancel).toBeFocused()
  expect((await server.api.experiments.page.query({ id })).status).toBe('running')

  await cancel.click()
  await dialog.getByRole('button', { name: 'Keep it running' }).click()
  await expect(dialog).toBeHidden()
  expect((await server.api.experiments.page.query({ id })).status).toBe('running')

  await cancel.click()
  await dialog.getByRole('button', { name: 'Cancel the experiment' }).click()
  await expect(dialog).toBeHidden()
  await expect(cancel).toBeHidden()
  await expect(page.getByRole('main')).toContainText(/cancelled/i)
  const forest = page.getByRole('table', { name: /Difference from the control/ })
  await expect(forest.getByRole('row').filter({ hasText: 'no verdict' })).toHaveCount(2)
  await expect(forest).not.toContainText(/\b(helped|hurt|no practical difference|inconclusive)\b/)
  await page.getByRole('link', { name: 'Experiments' }).last().click()
  const row = page.getByRole('listitem').filter({ has: page.locator(`[href="/experiments/${id}"]`) })
  await expect(row).toContainText('Cancelled, stopped at 0 of 3 planned seeds.')
})

test('A dialog whose code cannot be fetched leaves the page as it is, says so and can be asked for again', async ({
  page,
  server,
  watch,
}) => {
  const id = await launch(server, endless())
  await page.goto(`/experiments/${id}`)
  const cancel = page.getByRole('button', { name: 'Cancel', exact: true })
  await expect(cancel).toBeVisible()
  await page.waitForLoadState('load')
  watch.allow(/net::ERR_FAILED/)
  await page.route(/_next\/static\/chunks/, (route) => route.abort())
  await cancel.click()
  await expect(page.getByText('The server could not be reached, so nothing was changed.')).toBeVisible()
  await expect(cancel).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  expect((await server.api.experiments.page.query({ id })).status).toBe('running')
  await page.unrouteAll()
  await cancel.click()
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await callOff(server, id)
})

test('A running run is cancelled from its page, and the others go on', async ({ page, server }) => {
  const id = await launch(server, endless())
  await page.goto(`/experiments/${id}/runs?state=running`)
  await page
    .getByRole('table', { name: 'All runs by arm' })
    // The teacher's has four digits.
    .getByRole('link', { name: /^seed \d$/ })
    .last()
    .click()
  await expect(page).toHaveURL(/\/runs\/[a-z0-9]+$/)
  const title = await page.getByRole('heading', { level: 1 }).innerText()
  await expect(page.getByText('training, attempt 1')).toBeVisible()
  await whileMoving(server, id, () => expect(page.getByRole('log')).not.toBeEmpty())
  const steps = page.getByRole('progressbar', { name: 'Steps done' })
  const done = await steps.getAttribute('aria-valuenow')
  await whileMoving(server, id, () => expect(steps).not.toHaveAttribute('aria-valuenow', done ?? ''))
  await page.getByRole('button', { name: 'Cancel run' }).click()
  const dialog = page.getByRole('alertdialog', { name: `Cancel ${title}?` })
  await dialog.getByRole('radio', { name: /go on, for the figures$/ }).check()
  await dialog.getByRole('button', { name: 'Cancel the run' }).click()
  await expect(page.getByRole('definition').first()).toHaveText(/^cancelled/)
  await expect(page.getByRole('button', { name: 'Cancel run' })).toBeHidden()
  await expect(page.getByRole('main')).toContainText(
    'It has no result, and its seed is missing from the arm.',
  )
  expect((await server.api.experiments.page.query({ id })).status).toBe('running')
  await callOff(server, id)
})
