import { expect, test } from '../support/page-test.ts'

const titles = [
  'More accurate',
  'Smaller and faster',
  'Generalizes better',
  'Does as its teacher does',
  'Better calibrated',
  'Costs less',
  'Loses nothing',
  'Needs fewer labels',
]

test.describe('the claims', () => {
  test('stand each with a picture, a word and a sentence', async ({ page, decided }) => {
    await page.goto(`/experiments/${decided.id}`)
    await page.getByRole('navigation', { name: 'Experiment' }).getByRole('link', { name: 'Claims' }).click()
    await expect(page).toHaveURL(/\/claims$/)
    for (const title of titles) {
      const row = page.getByRole('listitem', { name: title })
      await expect(row.getByRole('img')).toBeVisible()
      await expect(row.getByRole('img').locator('svg circle, svg path, svg rect').first()).toBeAttached()
    }
    await expect(page.getByText(/^Of eight things that are said about distillation/)).toBeVisible()
  })

  test('show the word of the verdict for the method that the address names', async ({
    page,
    server,
    decided,
  }) => {
    const verdict = await server.api.experiments.verdict.query({ id: decided.id })
    await page.goto(`/experiments/${decided.id}/claims`)
    const methods = page.getByRole('group', { name: 'Method' })
    for (const arm of decided.arms.filter(({ role }) => role !== 'teacher' && role !== 'control')) {
      await methods.getByRole('button', { name: arm.label, exact: true }).click()
      await expect(methods.getByRole('button', { name: arm.label, exact: true })).toHaveAttribute(
        'aria-pressed',
        'true',
      )
      await expect(page).toHaveURL(new RegExp(`arm=${arm.id}`))
      const word = verdict.comparisons.find((one) => one.arm === arm.id)?.word ?? 'no word'
      await expect(page.getByRole('listitem', { name: 'More accurate' })).toContainText(word)
    }
    await page.reload()
    await expect(methods.getByRole('button', { pressed: true })).toHaveText('Label smoothing')
    await expect(page.getByRole('listitem', { name: 'Costs less' })).toContainText('needs no teacher')
  })

  test('lead to the form of the experiment that would test what this one did not', async ({
    page,
    decided,
  }) => {
    await page.goto(`/experiments/${decided.id}/claims`)
    const row = page.getByRole('listitem', { name: 'Needs fewer labels' })
    await expect(row).toContainText('not tested')
    await row.getByRole('link', { name: 'Plan this experiment' }).click()
    await expect(page).toHaveURL(/\/experiments\/new\?.*labels=30/)
    await expect(page.getByRole('heading', { level: 1, name: 'New experiment' })).toBeVisible()
  })
})
