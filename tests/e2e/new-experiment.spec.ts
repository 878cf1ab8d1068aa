import { callOff, expect, test } from '../support/page-test.ts'
import { chooseSmall, launchFromPage, newExperimentPage } from '../support/new-experiment-page.ts'

test('A new experiment shows its runs and its time, keeps its form over a reload, and launches', async ({
  page,
  server,
}) => {
  const form = newExperimentPage(page)
  await page.goto('/experiments/new')
  await expect(form.field('Data set')).toHaveValue('mnist')
  await chooseSmall(page, { teacherSteps: 300, studentSteps: 200, seeds: 3 })

  // Control, label smoothing, soft targets, and the two arms on unlabelled examples; one teacher.
  await expect(form.launch).toHaveText('Freeze and launch 16 runs')
  await expect(form.plan).toContainText('16runs')
  await expect(form.plan).toContainText('over 4 comparisons')
  await expect(form.plan).toContainText(/\d+ (s|min|h)[\s\S]*on this machine/)
  await expect(form.plan).toContainText('all 4 corrected together')
  await expect(form.field('Question')).toHaveValue(
    'Does distilling an MLP 32 make an MLP 8 better on the UCI digits with 100 labels?',
  )

  await form.field('Question').fill('Is it worth a teacher?')
  await page.getByRole('checkbox', { name: /^Hard labels \+ unlabelled/ }).uncheck()
  await expect(form.launch).toHaveText('Freeze and launch 13 runs')
  await expect(page).toHaveURL(/question=Is\+it\+worth/)
  await page.reload()
  await expect(form.field('Question')).toHaveValue('Is it worth a teacher?')
  await expect(form.field('Data set')).toHaveValue('digits')
  await expect(form.field('Labels a student sees')).toHaveValue('100')
  await expect(await form.training('Teacher', 'Steps')).toHaveValue('300')
  await expect(await form.training('Student', 'Steps')).toHaveValue('200')
  await expect(page.getByRole('checkbox', { name: /^Hard labels \+ unlabelled/ })).not.toBeChecked()

  const id = await launchFromPage(page)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Is it worth a teacher?')
  await expect(page.getByRole('link', { name: /^Runs 13$/ })).toBeVisible()
  await callOff(server, id)
})

test('The plan says what it can detect, and its slider and table choose the seeds', async ({ page }) => {
  const form = newExperimentPage(page)
  await page.goto('/experiments/new?from=digits')
  await expect(form.plan).toContainText(/±\d+\.\d\d\s*points detectable/)
  await expect(form.plan).toContainText(/Enough for your margin|Too few seeds|No number of seeds is enough/)
  await expect(form.plan).toContainText(/Spread between seeds: \d+\.\d\d points, .+80\s% power, α\s0\.05/)
  await expect(form.seedSlider).toHaveValue('8')
  await expect(form.seedSlider).toHaveAttribute('aria-valuetext', /^8 seeds: detects ±\d+\.\d\d points$/)

  await form.seedSlider.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(form.field('Seeds per arm')).toHaveValue('10')
  await expect(page).toHaveURL(/seeds=10/)
  await expect(form.launch).toHaveText(/Freeze and launch 5[01] runs/)

  await form.plan.getByRole('button', { name: '5 seeds', exact: true }).click()
  await expect(form.field('Seeds per arm')).toHaveValue('5')
  await expect(form.seedSlider).toHaveValue('5')
  await expect(page).toHaveURL(/seeds=5/)
  await expect(form.launch).toHaveText(/Freeze and launch 2[56] runs/)
  await expect(form.plan.getByRole('button', { name: '5 seeds', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
})

test('A spread that a person states is what the plan goes by, and stands in the address', async ({
  page,
}) => {
  const form = newExperimentPage(page)
  await page.goto('/experiments/new?from=digits')
  await expect(form.plan).toContainText('Spread between seeds')
  await page.getByText('Seeds, alpha and spread').click()
  await form.field('Spread between seeds').fill('0.1')
  await expect(form.plan).toContainText('Spread between seeds: 0.10 points, as stated here')
  await expect(page).toHaveURL(/spread=0\.1/)
  await form.field('Spread between seeds').fill('0')
  await expect(form.field('Spread between seeds')).toHaveAccessibleDescription(
    /a number from 0\.00001 to 1,000/,
  )
})

test('A plan with one extension names both looks and is launched at the first', async ({ page, server }) => {
  const form = newExperimentPage(page)
  await page.goto('/experiments/new')
  await chooseSmall(page, { teacherSteps: 60, studentSteps: 40, seeds: 3 })
  await page.getByRole('button', { name: 'One extension' }).click()
  await expect(page.getByRole('main')).toContainText('one click adds the seeds and the word stands')
  await expect(form.seedSlider).toHaveValue('6')
  await expect(form.plan).toContainText(/First look: 1[56] runs.*all looks: at most 3[01] runs/)
  await form.field('Seeds at the second look').fill('3')
  await expect(form.field('Seeds at the second look')).toHaveAccessibleDescription(/do not rise/)
  await form.field('Seeds at the second look').fill('5')
  await expect(page).toHaveURL(/after=extension&looks=5/)
  await expect(form.launch).toHaveText(/Freeze and launch 1[56] runs/)
  const id = await launchFromPage(page)
  const { protocol } = await server.api.experiments.page.query({ id })
  expect(protocol.continuation).toBe('on-request')
  expect(protocol.looks.map((look) => look.seeds)).toEqual([3, 5])
  await callOff(server, id)
})

test('A plan until decided takes its looks as text, with seeds and margins of its own', async ({
  page,
  server,
}) => {
  const form = newExperimentPage(page)
  await page.goto('/experiments/new?firstSeed=21&margins.nll=0.05')
  await chooseSmall(page, { teacherSteps: 60, studentSteps: 40, seeds: 3 })
  await page.getByRole('button', { name: 'Until decided' }).click()
  await expect(form.field('Looks, seeds per arm')).toHaveValue('3, 5, 10')
  await form.field('Looks, seeds per arm').fill('3, 30')
  await expect(form.field('Looks, seeds per arm')).toHaveAccessibleDescription(/up to 20 seeds/)
  await form.field('Looks, seeds per arm').fill('3, 4, 6')
  await expect(page).toHaveURL(/after=until-decided&looks=3%2C\+4%2C\+6/)
  await expect(form.field('First seed')).toHaveValue('21')
  const id = await launchFromPage(page)
  const { protocol } = await server.api.experiments.page.query({ id })
  expect(protocol.continuation).toBe('until-decided')
  expect(protocol.looks.map((look) => look.seeds)).toEqual([3, 4, 6])
  expect(protocol.seeds).toEqual([21, 22, 23, 24, 25, 26])
  expect(protocol.margins?.nll).toBe(0.05)
  await callOff(server, id)
})

test('Schedule, warm-up, clipping, Nesterov momentum and early stop are chosen, frozen and shared', async ({
  page,
  server,
}) => {
  const form = newExperimentPage(page)
  await page.goto('/experiments/new')
  await chooseSmall(page, { teacherSteps: 60, studentSteps: 40, seeds: 3 })
  const student = (name: string) => form.training('Student', name)
  await (await student('Schedule')).selectOption({ label: 'steps: lower at milestones' })
  await expect(await student('Milestones')).toHaveValue('20, 30')
  await (await student('Milestones')).fill('10, 25')
  await (await student('Factor')).fill('0.2')
  await (await student('Warm-up steps')).fill('5')
  await (await student('Optimizer')).selectOption({ label: 'SGD with Nesterov momentum' })
  await (await student('Gradient clipping')).fill('2')
  await (await student('Early stop')).selectOption({ label: 'by validation accuracy' })
  await (await student('Measure every')).fill('8')
  await (await student('Patience')).fill('2')
  await expect(page.getByRole('group', { name: 'Student', exact: true }).locator('summary')).toHaveText(
    'Training at most 40 steps, batch 64, Nesterov SGD 0.001, × 0.2 at 10 and 25, warm-up 5, clipped at 2, early stop on accuracy',
  )
  await expect(form.plan).toContainText('labels count as labels used')
  await expect(page).toHaveURL(/student\.patience=2/)
  const shared = page.url()

  const id = await launchFromPage(page)
  await page.goto(`/experiments/${id}/protocol`)
  const part = (heading: string) =>
    page.locator('section').filter({ has: page.getByRole('heading', { name: heading, exact: true }) })
  const rows = part('Student, in every arm')
  await expect(rows).toContainText('at most 40')
  await expect(rows).toContainText('SGD, Nesterov momentum 0.9')
  await expect(rows).toContainText('0.001, ÷ 5 at 10 and 25')
  await expect(rows).toContainText('Warm-up5 steps')
  await expect(rows).toContainText('norm at most 2')
  await expect(rows).toContainText('accuracy every 8 steps, patience 2')
  await expect(rows).toContainText('best on validation (accuracy)')
  await expect(part('Teacher')).toContainText('last step')
  await expect(part('Labels used')).toContainText('The 200 validation labels choose where training ends')
  const { protocol } = await server.api.experiments.page.query({ id })
  expect(protocol.checkpoint).toBe('best-on-validation')
  await callOff(server, id)

  await page.goto(shared)
  await expect(await student('Milestones')).toHaveValue('10, 25')
  await expect(await student('Factor')).toHaveValue('0.2')
  await expect(await student('Warm-up steps')).toHaveValue('5')
  await expect(await student('Optimizer')).toHaveValue('nesterov')
  await expect(await student('Gradient clipping')).toHaveValue('2')
  await expect(await student('Early stop')).toHaveValue('accuracy')
  await expect(await student('Measure every')).toHaveValue('8')
  await expect(await student('Patience')).toHaveValue('2')
})

test('Milestones that are no list, do not rise or are never reached say so at their field', async ({
  page,
}) => {
  const form = newExperimentPage(page)
  await page.goto('/experiments/new?from=digits&student.schedule=step')
  const milestones = await form.training('Student', 'Milestones')
  await expect(milestones).toHaveAccessibleDescription(/such as “4000, 6000”/)
  for (const [value, message] of [
    ['900, 400', /Milestones must rise/],
    ['400, 1500', /is never reached/],
    ['soon', /such as “4000, 6000”/],
  ] as const) {
    await milestones.fill(value)
    await expect(milestones).toHaveAccessibleDescription(message)
    await expect(milestones).toHaveAttribute('aria-invalid', 'true')
  }
  await page.getByRole('group', { name: 'Student', exact: true }).locator('summary').click()
  await form.launch.click()
  await expect(milestones).toBeFocused()
})

test('A warm-up longer than the training and Nesterov without momentum are refused at their fields', async ({
  page,
}) => {
  const form = newExperimentPage(page)
  await page.goto('/experiments/new?from=digits&student.optimizer=nesterov&student.earlyStop=nll')
  const measured = await form.training('Student', 'Measure every')
  await expect(measured).toHaveAccessibleDescription(/whole number of steps/)
  await measured.fill('2000')
  await expect(measured).toHaveAccessibleDescription(/at most 1,500 are made/)
  await measured.fill('100')
  await (await form.training('Student', 'Warm-up steps')).fill('1500')
  await expect(await form.training('Student', 'Warm-up steps')).toHaveAccessibleDescription(
    /warm-up must end before/,
  )
  await (await form.training('Student', 'Warm-up steps')).fill('')
  await (await form.training('Student', 'Momentum')).fill('0')
  await expect(await form.training('Student', 'Momentum')).toHaveAccessibleDescription(/momentum above 0/)
})

test('The letters are a table whose equal rows stay together', async ({ page }) => {
  const form = newExperimentPage(page)
  await page.goto('/experiments/new?from=digits')
  await page.getByRole('group', { name: 'Start from' }).getByText('Letters, 1,000 labels').click()
  await expect(form.field('Data set')).toHaveValue('letter')
  await expect(form.field('Data set')).toHaveAccessibleDescription(
    /A table of 16 columns, 26 classes\. [\d,]+ rows repeat another one.*Equal rows stay in one part/,
  )
  await expect(form.field('Question')).toHaveValue(
    'Does distilling an MLP 128 make an MLP 16 better on the UCI letters with 1,000 labels?',
  )
  await expect(form.launch).toHaveText(/Freeze and launch 4[01] runs/)
})

test('On a small screen runs, time and what is detectable stay in reach', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 })
  await page.goto('/experiments/new?from=digits')
  const bar = page.getByText(/^\d+ runs, about \d+/)
  await expect(bar).toBeInViewport()
  await expect(page.getByText(/^detects ±\d+\.\d\d points$/)).toBeInViewport()
})

test('A double click on Launch launches one experiment', async ({ page, emptyServer }) => {
  const form = newExperimentPage(page)
  await page.goto(`${emptyServer.url}/experiments/new?from=digits`)
  await expect(form.launch).toHaveText(/Freeze and launch \d+ runs/)
  await form.launch.dblclick()
  await page.waitForURL(/\/experiments\/(?!new)[a-z0-9]+$/)
  const experiments = await emptyServer.api.experiments.list.query()
  expect(experiments).toHaveLength(1)
  for (const { id } of experiments) await callOff(emptyServer, id)
})

test('While a change is not in the plan, Launch names no number and waits', async ({ page }) => {
  const form = newExperimentPage(page)
  await page.goto('/experiments/new?from=digits')
  await expect(form.launch).toHaveText(/Freeze and launch \d+ runs/)
  // Only the previews of what is changed are held back.
  let release = (): void => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  await page.route(/experiments\.preview/, async (route) => {
    await held
    await route.continue()
  })
  await form.field('Seeds per arm').fill('4')
  await expect(form.launch).toHaveText('Freeze and launch')
  await expect(form.launch).toBeDisabled()
  release()
  await expect(form.launch).toHaveText(/Freeze and launch \d+ runs/)
  await expect(form.launch).toBeEnabled()
})

const refused: [what: string, field: string | RegExp, value: string, message: RegExp][] = [
  ['a margin of 0', 'Smallest difference that matters', '0', /margin must be more than 0/],
  ['0 seeds', 'Seeds per arm', '0', /At least 1 seed is needed/],
  ['more labels than examples', 'Labels a student sees', '5000', /choose at most as many labels/],
  ['labels that are no number', 'Labels a student sees', 'many', /a whole number, or “all”/],
  ['a temperature of 0', 'Temperature', '0', /between 0\.001 and 1,000/],
  ['layers that are no widths', 'Student: widths of the hidden layers', '16, x', /layer widths/],
]

for (const [what, name, value, message] of refused) {
  test(`A form with ${what} says so at the field, and Launch leads there`, async ({ page }) => {
    const form = newExperimentPage(page)
    await page.goto('/experiments/new?from=digits')
    await expect(form.launch).toHaveText(/Freeze and launch \d+ runs/)
    const field = form.field(name).first()
    await field.fill(value)
    await expect(field).toHaveAttribute('aria-invalid', 'true')
    await expect(field).toHaveAccessibleDescription(message)
    await expect(form.plan.getByRole('status')).toHaveText(/1 field to correct before launch/)
    await form.launch.click()
    await expect(field).toBeFocused()
    await expect(page).toHaveURL(/\/experiments\/new/)
  })
}

test('A problem inside folded settings unfolds them when Launch is pressed', async ({ page }) => {
  const form = newExperimentPage(page)
  await page.goto('/experiments/new?from=digits')
  const steps = await form.training('Student', 'Steps')
  await steps.fill('0')
  await page.getByRole('group', { name: 'Student', exact: true }).locator('summary').click()
  await expect(steps).toBeHidden()
  await form.launch.click()
  await expect(steps).toBeFocused()
  await expect(steps).toHaveAccessibleDescription(/Steps: a whole number/)
})

test('One or two seeds are told before the launch that no word will come', async ({ page }) => {
  const form = newExperimentPage(page)
  await page.goto('/experiments/new?from=digits')
  for (const seeds of ['1', '2']) {
    await form.field('Seeds per arm').fill(seeds)
    await expect(form.field('Seeds per arm')).toHaveAccessibleDescription(/No word with [12]: only figures/)
    await expect(form.plan.getByRole('listitem')).toContainText(/no verdict word|no word|without a word/i)
    await expect(form.launch).toHaveText(/Freeze and launch \d+ runs/)
  }
  await form.field('Seeds per arm').fill('3')
  await expect(form.plan.getByRole('listitem')).toHaveText(/Below 5 seeds the comparison is unpaired/)
  await form.field('Seeds per arm').fill('5')
  await expect(form.plan.getByRole('listitem')).toHaveCount(0)
})

test('A student larger than its teacher is allowed, with a note', async ({ page }) => {
  const form = newExperimentPage(page)
  await page.goto('/experiments/new?from=digits')
  await form.field('Student: widths of the hidden layers').fill('512, 512')
  await expect(form.plan.getByRole('listitem')).toContainText('larger than its teacher')
  await expect(page.getByRole('group', { name: 'Student', exact: true })).toContainText('× larger')
  await expect(form.launch).toHaveText(/Freeze and launch \d+ runs/)
})

test('Ready settings replace the form, and can be undone', async ({ page }) => {
  const form = newExperimentPage(page)
  await page.goto('/experiments/new?from=digits')
  await form.field('Labels a student sees').fill('123')
  await page.getByRole('group', { name: 'Start from' }).getByText('All of MNIST').click()
  await expect(form.field('Labels a student sees')).toHaveValue('all')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(form.field('Labels a student sees')).toHaveValue('123')
  await expect(form.field('Data set')).toHaveValue('digits')
})
