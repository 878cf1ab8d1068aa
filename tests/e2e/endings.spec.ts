import { readFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { callOff, expect, launch, test } from '../support/page-test.ts'
import { endless } from '../support/endless.ts'

test('The dialog that cancels a run of the control says what it costs, and ends what can give no word any more', async ({
  page,
  server,
}) => {
  const id = await launch(server, endless())
  const rows = await server.api.experiments.runs.query({ id })
  const control = rows.find((row) => row.armId === 'scratch')?.runId ?? ''
  await page.goto(`/runs/${control}`)
  await page.getByRole('button', { name: 'Cancel run' }).click()
  const dialog = page.getByRole('alertdialog')
  await expect(dialog).toContainText('Every arm is compared with the control')
  await expect(dialog.getByRole('radio', { name: /^End the \d+ other runs/ })).toBeChecked()
  await dialog.getByRole('radio', { name: 'Let them go on, for the figures' }).check()
  await dialog.getByRole('button', { name: 'Cancel the run' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('status').filter({ hasText: 'cancelled' })).toBeVisible()

  await page.goto(`/experiments/${id}`)
  await expect(page.getByRole('main')).toContainText(
    'No verdict will come: a run of the control was cancelled',
  )
  await expect(page.getByRole('main')).not.toContainText('Too early to say')
  await page.getByRole('button', { name: /^End \d+ runs$/ }).click()
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: /^End \d+ runs$/ })
    .click()
  await expect(page.getByRole('alertdialog')).toBeHidden()
  await expect(page.getByRole('main')).toContainText('No verdict: a run of the control was cancelled')
  await expect(page.getByRole('main')).not.toContainText('The experiment was cancelled')
})

test('The number on an error page stands in the log of the server', async ({ page, emptyServer, watch }) => {
  watch.allow(/500|Minified|server-side|Server Components/i)
  const id = await launch(emptyServer, endless())
  await callOff(emptyServer, id)
  const database = new Database(path.join(emptyServer.home, 'stillhouse.db'))
  database.prepare("update protocols set canonical = '{}'").run()
  database.close()
  await page.goto(`${emptyServer.url}/experiments/${id}`)
  const text = page.getByText(/logs\/server\.log of the state folder, under/)
  await expect(text).toBeVisible()
  const digest = /under (\S+?)\.$/.exec((await text.textContent()) ?? '')?.[1] ?? ''
  expect(digest).not.toBe('')
  const lines = readFileSync(path.join(emptyServer.home, 'logs', 'server.log'), 'utf8').split('\n')
  expect(lines.some((line) => line.includes(`"digest":"${digest}"`) && line.includes('"err"'))).toBe(true)
})

test('A click while the server is away keeps the page, and is made up for when it is back', async ({
  page,
  emptyServer,
  watch,
}) => {
  watch.allow(/net::ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|INCOMPLETE_CHUNKED_ENCODING)/)
  const id = await launch(emptyServer, endless())
  await callOff(emptyServer, id)
  await page.goto(`${emptyServer.url}/experiments/${id}/runs`)
  const heading = page.getByRole('heading', { level: 1 })
  const question = (await heading.textContent()) ?? ''
  await emptyServer.halt()
  const banner = page.getByRole('status').filter({ hasText: 'No contact with the server' })
  await expect(banner).toBeVisible()
  await page.getByRole('link', { name: 'Workers', exact: true }).click()
  await expect(banner).toContainText('The page you asked for opens when it answers again.')
  await expect(heading).toHaveText(question)
  await emptyServer.resume()
  await expect(page).toHaveURL(/\/workers$/)
  await expect(banner).toBeHidden()
})
