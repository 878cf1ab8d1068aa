import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Download, Locator, Page } from '@playwright/test'
import { expect, test } from '../support/page-test.ts'

async function sha256Of(download: Download): Promise<string> {
  return createHash('sha256')
    .update(await readFile(await download.path()))
    .digest('hex')
}

async function downloadBy(page: Page, link: Locator): Promise<Download> {
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
  return download
}

/** Shapes that a chart library has drawn, without which only its frame would stand there. */
const marks = (chart: Locator): Locator => chart.locator('svg path[d]')

test.describe('the verdict', () => {
  test('is copied as Markdown with every arm, its intervals and its word', async ({
    page,
    context,
    server,
    decided,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.goto(`/experiments/${decided.id}`)
    await page.getByRole('button', { name: 'Copy as Markdown' }).click()
    await expect(page.getByText('The verdict is copied as Markdown')).toBeVisible()
    const markdown = await page.evaluate(() => navigator.clipboard.readText())
    const verdict = await server.api.experiments.verdict.query({ id: decided.id })
    expect(markdown).toContain(`## ${decided.question}`)
    expect(markdown).toContain(verdict.headline)
    expect(markdown).toContain(verdict.scope)
    expect(verdict.comparisons).toHaveLength(3)
    for (const { arm, word, individual, simultaneous } of verdict.comparisons) {
      const label = decided.arms.find(({ id }) => id === arm)?.label ?? ''
      const line = markdown.split('\n').find((each) => each.startsWith(`| ${label} |`)) ?? ''
      expect(line).toContain(`| ${word} |`)
      for (const interval of [individual, simultaneous]) {
        const [low, high] = (interval ?? []).map((end) => (Math.abs(end) * 100).toFixed(2))
        expect(line).toMatch(new RegExp(`[−+]?${low} to [−+]?${high}`))
      }
    }
  })

  test('is a table of names, differences and words to a screen reader', async ({ page, decided }) => {
    await page.goto(`/experiments/${decided.id}`)
    const forest = page.getByRole('table', { name: 'Difference from the control with intervals and verdict' })
    await expect(forest).toMatchAriaSnapshot(`
      - table "Difference from the control with intervals and verdict":
        - row:
          - columnheader "Method"
          - columnheader /worse than control margin ±2 points better/
          - columnheader "Difference"
          - columnheader "Verdict"
        - row /^Soft targets Hinton/:
          - rowheader /^Soft targets Hinton/
          - cell /^for this method alone [+−]\\d+\\.\\d\\d to [+−]\\d+\\.\\d\\d$/
          - cell /^[+−]\\d+\\.\\d\\d [+−]\\d+\\.\\d\\d to [+−]\\d+\\.\\d\\d$/
          - cell /^(helped|hurt|no practical difference|inconclusive)/
        - row /^Soft targets \\+ unlabelled/
        - row /^Label smoothing no teacher/
    `)
  })
})

test.describe('the comparison', () => {
  test('draws accuracy against size and latency with a name and a table each', async ({ page, decided }) => {
    await page.goto(`/experiments/${decided.id}/compare`)
    for (const [name, head] of [
      ['Accuracy against size', /MB|size/i],
      ['Accuracy against latency', /ms|latency/i],
    ] as const) {
      const chart = page.getByRole('img', { name: new RegExp(`^${name}: 5 arms; on the Pareto front`) })
      await expect(marks(chart).nth(9)).toBeAttached()
      const box = await chart.locator('svg').boundingBox()
      expect(box?.width).toBeGreaterThan(400)
      const table = page.getByRole('table', { name })
      await expect(table.getByRole('row')).toHaveCount(6)
      await expect(table.getByRole('columnheader').nth(1)).toHaveText(head)
      await expect(table.getByRole('rowheader').first()).toHaveText('Teacher')
    }
  })

  test('shows every metric and the gap between train and test, with their figures in tables', async ({
    page,
    decided,
  }) => {
    await page.goto(`/experiments/${decided.id}/compare`)
    const metrics = page.getByRole('region', { name: 'Every metric, one scale each' })
    const table = metrics.getByRole('table', { name: 'Every metric of every arm' })
    await expect(table.getByRole('row')).toHaveCount(6)
    for (const metric of ['Accuracy', 'NLL', 'Brier', 'ECE', 'gap', 'Agree']) {
      await expect(
        table.getByRole('columnheader').filter({ hasText: new RegExp(metric, 'i') }),
      ).not.toHaveCount(0)
    }
    // Every arm has its mark on every scale: the control's row is complete.
    await expect(table.getByRole('row', { name: /^Control/ })).not.toContainText('no value')
    await expect(metrics.locator('svg path[d], svg circle').nth(20)).toBeVisible()

    const gap = page.getByRole('region', { name: 'Train and test side by side' }).getByRole('table')
    for (const row of (await gap.getByRole('row').all()).slice(1)) {
      const [onTrain, onTest, difference] = (await row.getByRole('cell').allInnerTexts()).map((text) =>
        Number.parseFloat(text.replace('−', '-')),
      )
      expect(Math.abs((onTrain ?? 0) - (onTest ?? 0) - (difference ?? 9))).toBeLessThan(0.11)
    }
  })
})

test.describe('the curves', () => {
  test('follow metric, seeds, axis and scale, all of which stand in the address', async ({
    page,
    decided,
  }) => {
    await page.goto(`/experiments/${decided.id}/curves`)
    const chart = page.getByRole('region', { name: 'Curves' }).getByRole('img', { name: / by (step|epoch) / })
    await expect(chart).toHaveAccessibleName(/^Validation accuracy.* by step of 5 arms, mean over seeds/i)
    await expect(marks(chart).nth(9)).toBeAttached()
    const options = await page.getByLabel('Metric').getByRole('option').allInnerTexts()
    expect(options.length).toBeGreaterThan(3)

    await page.getByLabel('Metric').selectOption('validation/nll')
    await expect(chart).toHaveAccessibleName(/NLL|cross-entropy/i)
    await page.getByRole('button', { name: 'Epoch', exact: true }).click()
    await expect(chart).toHaveAccessibleName(/by epoch/)
    await page.getByRole('button', { name: 'Every seed' }).click()
    await expect(chart).toHaveAccessibleName(/every seed$/)
    await page.getByLabel('Log y').check()
    await page
      .getByRole('group', { name: 'Arms shown' })
      .getByRole('button', { name: 'Label smoothing' })
      .click()
    await expect(chart).toHaveAccessibleName(/of 4 arms/)
    await expect(page).toHaveURL(/log=true/)
    const address = new URL(page.url()).searchParams
    expect(address.get('key')).toBe('validation/nll')
    expect(address.get('axis')).toBe('epoch')
    expect(address.get('view')).toBe('seeds')
    expect(address.get('arms')).not.toContain('label-smoothing')

    await page.reload()
    await expect(chart).toHaveAccessibleName(/by epoch of 4 arms, every seed$/)
    await expect(page.getByLabel('Metric')).toHaveValue('validation/nll')
    await expect(page.getByLabel('Log y')).toBeChecked()
    await expect(page.getByRole('button', { name: 'Every seed' })).toHaveAttribute('aria-pressed', 'true')
    await expect(marks(chart).nth(9)).toBeAttached()
    await expect(
      page.getByRole('region', { name: 'Train against validation' }).locator('svg path').first(),
    ).toBeVisible()
  })
})

test.describe('the runs', () => {
  test('are filtered, sorted, unfolded and opened, by address', async ({ page, decided }) => {
    await page.goto(`/experiments/${decided.id}/runs`)
    const table = page.getByRole('table', { name: 'All runs by arm' })
    await expect(table.getByRole('row')).toHaveCount(6)
    await table.getByRole('button', { name: /^Control/ }).click()
    await expect(table.getByRole('link', { name: /^seed [123]$/ })).toHaveCount(3)
    await expect(page).toHaveURL(/open=scratch/)

    const accuracy = table.getByRole('columnheader', { name: /^Accuracy/ })
    await accuracy.getByRole('button').click()
    await expect(accuracy).toHaveAttribute('aria-sort', /ascending|descending/)
    const first = await accuracy.getAttribute('aria-sort')
    await expect(page).toHaveURL(/sort=accuracy\./)
    const sorted = await table
      .locator('tbody tr')
      .filter({ has: page.locator('[aria-expanded]') })
      .evaluateAll((rows) => rows.map((row) => Number.parseFloat(row.children[3]?.textContent ?? '')))
    expect(sorted).toHaveLength(5)
    expect(sorted).toEqual(sorted.toSorted((a, b) => (first === 'ascending' ? a - b : b - a)))
    await accuracy.getByRole('button').click()
    await expect(accuracy).not.toHaveAttribute('aria-sort', first ?? '')
    await page.reload()
    await expect(table.getByRole('link', { name: /^seed [123]$/ })).toHaveCount(3)

    await page
      .getByRole('group', { name: 'Show runs that are' })
      .getByRole('button', { name: '13 finished' })
      .click()
    await expect(page).toHaveURL(/state=finished/)
    await expect(table.getByRole('link', { name: /^seed \d+$/ })).toHaveCount(13)
    await table.getByRole('link', { name: 'seed 2' }).first().click()
    await expect(page).toHaveURL(/\/runs\/[a-z0-9]+$/)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/, seed 2$/)
  })
})

test.describe('a run', () => {
  test('shows its figures, curves, log and lineage', async ({ page, server, decided }) => {
    const runs = await server.api.experiments.runs.query({ id: decided.id })
    const run = runs.find(({ armId, seed }) => armId === 'soft-targets-t4' && seed === 2)
    await page.goto(`/runs/${run?.runId}`)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Soft targets, seed 2')
    const accuracy = ((run?.metrics['test/accuracy'] ?? 0) * 100).toFixed(2)
    await expect(page.getByText(`${accuracy} %`, { exact: true })).toBeVisible()
    const figures = page.getByRole('region', { name: 'Figures' })
    await expect(figures.getByRole('columnheader')).toHaveText(['Metric', 'test', 'validation', 'train'])
    for (const chart of await page.getByRole('img', { name: / by epoch, on training/ }).all()) {
      await expect(marks(chart).nth(4)).toBeAttached()
    }
    await expect(page.getByRole('log')).toContainText(/\d\d:\d\d:\d\d/)

    const lineage = page.getByRole('complementary', { name: 'About this run' }).getByRole('list').first()
    await lineage.getByRole('link', { name: 'control, seed 2' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Control, seed 2')
    await page.goBack()
    await lineage.getByRole('link', { name: /^Teacher:/ }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Teacher, seed \d+$/)
    await page.goBack()
    await lineage.getByRole('link', { name: 'Verdict on soft targets' }).click()
    await expect(page).toHaveURL(`/experiments/${decided.id}`)
  })

  test('gives every file with the bytes of its hash', async ({ page, server, decided }) => {
    const runs = await server.api.experiments.runs.query({ id: decided.id })
    const run = runs.find(({ armId }) => armId === 'scratch')
    await page.goto(`/runs/${run?.runId}`)
    const links = page.getByRole('complementary', { name: 'About this run' }).locator('a[download]')
    await expect(links.filter({ hasText: 'test' })).not.toHaveCount(0)
    for (const link of await links.all()) {
      const shown = (await link.getAttribute('title'))?.replace('SHA-256 ', '')
      expect(await sha256Of(await downloadBy(page, link))).toBe(shown)
    }
    const log = await downloadBy(page, page.getByRole('link', { name: 'Download' }))
    expect(await readFile(await log.path(), 'utf8')).toMatch(/\S/)
  })
})

test('The protocol shows the hash of exactly the bytes that it exports', async ({ page, decided }) => {
  await page.goto(`/experiments/${decided.id}/protocol`)
  const seal = page.getByRole('complementary', { name: 'Seal' })
  const shown = (await seal.locator('.font-mono').first().innerText()).replaceAll(/\s/g, '')
  expect(shown).toMatch(/^[0-9a-f]{64}$/)
  const download = await downloadBy(page, seal.getByRole('link', { name: 'Export JSON' }))
  expect(download.suggestedFilename()).toBe('protocol.json')
  expect(await sha256Of(download)).toBe(shown)
  const protocol = JSON.parse(await readFile(await download.path(), 'utf8')) as { seeds: number[] }
  expect(protocol.seeds).toEqual([1, 2, 3])
  await expect(page.getByRole('main')).toContainText('Seeds 1 to 3 in every arm')
})

test('The workers show this machine, a lane a core, and an empty queue', async ({
  page,
  server,
  decided,
}) => {
  const { machine, slots } = await server.api.workers.page.query()
  await page.goto('/workers')
  const region = page.getByRole('region', { name: 'This machine' })
  await expect(region).toContainText(machine.processor)
  await expect(region).toContainText('wasm')
  await expect(region.getByRole('listitem').filter({ hasText: 'idle' })).toHaveCount(slots.length)
  await expect(region.getByText(/^now, \d\d:\d\d$/)).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Nothing is waiting.' })).toBeVisible()
  await expect(
    page.getByRole('region', { name: 'Finished recently' }).getByRole('link').first(),
  ).toBeVisible()
  expect(decided.status).toBe('finished')
})
