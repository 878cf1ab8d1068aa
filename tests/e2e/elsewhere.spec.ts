import { expect, test } from '../support/page-test.ts'

// A reader in another zone and language than the server's: what the server wrote must still be what the browser reads.
test.use({ locale: 'de-DE', timezoneId: 'Pacific/Auckland' })

test('Every page comes up without an error in another time zone and language', async ({
  page,
  server,
  decided,
  watch,
}) => {
  const [run] = await server.api.experiments.runs.query({ id: decided.id })
  const base = `/experiments/${decided.id}`
  const tabs = ['', '/compare', '/curves', '/runs', '/protocol'].map((tab) => `${base}${tab}`)
  for (const path of ['/', '/experiments/new', ...tabs, `/runs/${run?.runId}`, '/workers']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.getByRole('link', { name: /^Workers: / })).toBeVisible()
    await watch.check()
  }
})
