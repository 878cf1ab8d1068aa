import { readFileSync, truncateSync } from 'node:fs'
import path from 'node:path'
import { expect, launch, test, untilEnded, whileMoving } from '../support/page-test.ts'

test('a run whose predictions are damaged says so everywhere, and is trained again to the same file', async ({
  server,
  page,
  watch,
}) => {
  const id = await launch(server, { question: 'Is a file read back as it was?' })
  await untilEnded(server, id)
  const rows = await server.api.experiments.runs.query({ id })
  const run = rows.find(({ armId, seed }) => armId === 'soft-targets-t4' && seed === 2)
  const runId = run?.runId ?? ''
  const file = path.join(server.home, 'artifacts', runId, 'predictions', 'test.npy')
  const whole = readFileSync(file)
  truncateSync(file, 500)

  await page.goto('/')
  await expect(page.getByText('the file predictions/test.npy is damaged').first()).toBeVisible()
  for (const part of ['', '/claims', '/compare', '/curves', '/runs', '/protocol']) {
    await page.goto(`/experiments/${id}${part}`)
    await expect(page.getByText('Stored predictions cannot be read as they were stored')).toBeVisible()
  }
  await page.goto(`/experiments/${id}/runs?open=soft-targets-t4`)
  await expect(page.getByText('predictions damaged').first()).toBeVisible()

  watch.allow(/500 .*\/predictions\/test\.npy/)
  watch.allow(/status of 500/)
  const download = await page.request.get(`/api/runs/${runId}/artifacts/predictions/test.npy`)
  expect(download.status()).toBe(500)
  expect(await download.text()).toContain('is damaged')

  await page.goto(`/runs/${runId}`)
  await page.getByRole('button', { name: 'Train again' }).click()
  await page.getByRole('button', { name: 'Train it again' }).click()
  await expect(page.getByRole('button', { name: 'Train again' })).toBeHidden()
  const status = async (): Promise<string> => (await server.api.runs.page.query({ runId })).status
  await whileMoving(server, id, () => expect.poll(status).toBe('finished'))
  await untilEnded(server, id)
  expect(readFileSync(file).equals(whole)).toBe(true)
  await page.goto(`/runs/${runId}`)
  await expect(page.getByText('the same, bit for bit').first()).toBeVisible()
  await expect(page.getByText('is damaged')).toBeHidden()
  await page.goto(`/experiments/${id}`)
  await expect(page.getByText('Stored predictions cannot be read')).toBeHidden()
})
