import { expect, launch, test, untilTrained, callOff, strayText } from '../support/page-test.ts'
import { chooseSmall, launchFromPage, newExperimentPage } from '../support/new-experiment-page.ts'

test('Students that diverge are named as diverged on every page, and no figure is a stray value', async ({
  page,
  server,
}) => {
  const form = newExperimentPage(page)
  await page.goto('/experiments/new?from=digits')
  await chooseSmall(page, { teacherSteps: 120, studentSteps: 60, seeds: 3 })
  for (const name of [/^Soft targets \+ unlabelled/, /^Hard labels \+ unlabelled/]) {
    await page.getByRole('checkbox', { name }).uncheck()
  }
  // The penalty on the weights makes every step a million times as large as the one before.
  await (await form.training('Student', 'Optimizer')).selectOption('sgd')
  await (await form.training('Student', 'Learning rate')).fill('1000000')
  await (await form.training('Student', 'Weight decay')).fill('1')
  await (await form.training('Student', 'Schedule')).selectOption('constant')
  const id = await launchFromPage(page)
  await untilTrained(server, id)

  await expect(page.getByRole('main')).toContainText('9 diverged of 10 runs')
  expect(await strayText(page)).toEqual([])
  for (const tab of ['compare', 'curves', 'runs', 'protocol']) {
    await page.goto(`/experiments/${id}/${tab}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    expect(await strayText(page)).toEqual([])
  }
  await page.goto(`/experiments/${id}/runs`)
  const filter = page.getByRole('group', { name: 'Show runs that are' })
  await filter.getByRole('button', { name: '9 diverged' }).click()
  await expect(page.getByRole('status').filter({ hasText: '9 of 10 runs' })).toBeVisible()
  expect(await strayText(page)).toEqual([])
  await page.getByRole('link', { name: 'seed 1' }).first().click()
  await expect(page.getByText(/^This run diverged:/)).toBeVisible()
  await expect(page.getByText('Scored as an even guess, because it diverged.')).toBeVisible()
  expect(await strayText(page)).toEqual([])
  await page.goto('/workers')
  await expect(page.getByRole('region', { name: 'Finished recently' })).toContainText('diverged')
  await page.goto('/')
  await expect(
    page.getByRole('listitem').filter({ has: page.locator(`[href="/experiments/${id}"]`) }),
  ).toContainText('diverged')
  await callOff(server, id)
})

test('A teacher that diverges blocks what learns from it, and the page says so', async ({ page, server }) => {
  const id = await launch(server, {
    question: 'Does a wild teacher help?',
    teacher: {
      network: { kind: 'mlp', hidden: [32], dropout: 0 },
      training: {
        steps: 60,
        batchSize: 32,
        optimizer: { name: 'sgd', momentum: 0, weightDecay: 1 },
        learningRate: 1e6,
        schedule: 'constant',
      },
    },
    methods: [{ name: 'soft-targets', temperature: 4, hardLabelWeight: 0.1, softTargetWeight: 0.9 }],
  })
  await untilTrained(server, id)
  await page.goto(`/experiments/${id}`)
  const forest = page.getByRole('table', { name: /Difference from the control/ })
  await expect(forest.getByRole('row').filter({ hasText: 'Soft targets' })).toContainText('no verdict')
  await page.goto(`/experiments/${id}/runs?state=blocked`)
  await page.getByRole('link', { name: 'seed 1' }).first().click()
  await expect(page.getByText(/^Blocked:/)).toBeVisible()
  await page.getByRole('main').getByRole('link', { name: 'the teacher' }).click()
  await expect(page.getByText(/^This run diverged:/)).toBeVisible()
  await callOff(server, id)
})
