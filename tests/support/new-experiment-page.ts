import { expect, type Locator, type Page } from '@playwright/test'

/** The designer as a person uses it. */
export interface NewExperimentPage {
  field(name: string | RegExp): Locator
  /** A field of the teacher's or the student's training, which is folded away at first. */
  training(who: 'Teacher' | 'Student', name: string): Promise<Locator>
  plan: Locator
  launch: Locator
  /** Under the power curve: seeds of each arm at the last look. */
  seedSlider: Locator
}

export function newExperimentPage(page: Page): NewExperimentPage {
  const plan = page.getByRole('complementary', { name: 'Plan' })
  return {
    field: (name) => page.getByRole('main').getByLabel(name, { exact: typeof name === 'string' }),
    training: async (who, name) => {
      const group = page.getByRole('group', { name: who, exact: true })
      const details = group.locator('details')
      if ((await details.getAttribute('open')) === null) await details.locator('summary').click()
      return group.getByLabel(name, { exact: true })
    },
    plan,
    launch: plan.getByRole('button', { name: /Freeze and launch/ }),
    seedSlider: plan.getByRole('slider'),
  }
}

export interface SmallChoice {
  teacherSteps: number
  studentSteps: number
  seeds: number
}

/** Chooses digits with small networks: an experiment of seconds. */
export async function chooseSmall(page: Page, choice: SmallChoice): Promise<void> {
  const form = newExperimentPage(page)
  await form.field('Data set').selectOption({ label: 'UCI digits' })
  await form.field('Labels a student sees').fill('100')
  await form.field('Teacher: widths of the hidden layers').fill('32')
  await form.field('Student: widths of the hidden layers').fill('8')
  await (await form.training('Teacher', 'Steps')).fill(String(choice.teacherSteps))
  await (await form.training('Student', 'Steps')).fill(String(choice.studentSteps))
  await form.field('Seeds per arm').fill(String(choice.seeds))
}

/** Launches what the form holds; returns the id of the experiment that the browser went to. */
export async function launchFromPage(page: Page): Promise<string> {
  const form = newExperimentPage(page)
  await expect(form.launch).toHaveText(/Freeze and launch \d+ runs/)
  await form.launch.click()
  await page.waitForURL(/\/experiments\/(?!new)[a-z0-9]+$/)
  return new URL(page.url()).pathname.split('/').at(-1) ?? ''
}
