import { callOff, expect, test, untilTrained } from '../support/page-test.ts'
import { launchFromPage, newExperimentPage } from '../support/new-experiment-page.ts'

test('Two layers of 1,200 teach two of 800 on all of MNIST: with one seed there are figures and no word', async ({
  page,
  server,
}) => {
  const form = newExperimentPage(page)
  await page.goto('/experiments/new')
  await page.getByRole('group', { name: 'Start from' }).getByText('All of MNIST').click()
  await expect(form.field('Teacher: widths of the hidden layers')).toHaveValue('1200, 1200')
  await expect(form.field('Student: widths of the hidden layers')).toHaveValue('800, 800')
  await expect(form.field('Labels a student sees')).toHaveValue('all')
  await form.field('Seeds per arm').fill('1')
  await (await form.training('Teacher', 'Steps')).fill('10')
  await (await form.training('Student', 'Steps')).fill('10')
  await expect(form.field('Seeds per arm')).toHaveAccessibleDescription(/No word with 1/)
  const id = await launchFromPage(page)
  await untilTrained(server, id)
  const forest = page.getByRole('table', { name: /Difference from the control/ })
  for (const arm of ['Label smoothing', 'Soft targets']) {
    const row = forest.getByRole('row').filter({ hasText: arm })
    await expect(row).toContainText('no verdict')
    await expect(row).toContainText(/[+−]\d+\.\d+ to [+−]\d+\.\d+/)
  }
  await expect(page.getByRole('region', { name: 'Table of all figures, scrolls sideways' })).toContainText(
    '2,395,210',
  )
  await callOff(server, id)
})
