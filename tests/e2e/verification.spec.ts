import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '../support/page-test.ts'
import { spawnVerify } from '../support/verify-command.ts'

test('A run can be verified with the command that its page shows, and the page shows the result as it comes', async ({
  page,
  server,
  decided,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const runs = await server.api.experiments.runs.query({ id: decided.id })
  const run = runs.find(({ armId, seed }) => armId === 'soft-targets-t4' && seed === 2)
  await page.goto(`/runs/${run?.runId}`)
  const about = page.getByRole('complementary', { name: 'About this run' })
  await expect(about).toContainText('Nobody has trained it once more yet.')

  const copied = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText())
  await about.getByRole('button', { name: 'Copy the SHA-256 of the weights' }).click()
  await expect.poll(copied).toBe(run?.weightsSha256)
  await about.getByRole('button', { name: 'Copy the command' }).click()
  await expect.poll(copied).toMatch(/^npx stillhouse verify /)
  const args = (await copied()).replace('npx stillhouse verify ', '').split(' ')

  const temporary = mkdtempSync(path.join(tmpdir(), 'stillhouse-verified-'))
  try {
    const { code, stderr } = await spawnVerify(args, { home: server.home, temporary }).finished
    expect(code, stderr).toBe(0)
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
  await expect(about.getByRole('listitem').filter({ hasText: 'Verified identical' })).toContainText(
    `Node ${process.version.slice(1).split('.').slice(0, 2).join('.')}`,
  )
  await page.goto(`/experiments/${decided.id}/protocol`)
  await expect(page.getByRole('complementary', { name: 'Seal' })).toContainText(
    '1 of 13 finished runs verified identical.',
  )
})
