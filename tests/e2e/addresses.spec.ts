import type { Locator, Page } from '@playwright/test'
import { callOff, expect, test } from '../support/page-test.ts'
import { smallDraft } from '../support/server.ts'

const unread = 'The address holds what this page cannot read, and leaves out:'
const twice = 'The address holds more than once, and the first counts:'
const left = (page: Page): Locator => page.getByText(/^The address holds /)

const tabs: [tab: string, address: string, said: string][] = [
  ['claims', 'arm=gone', `${unread} arm.`],
  ['claims', `arm=${'a'.repeat(300)}`, `${unread} arm.`],
  ['claims', 'arm=label-smoothing&arm=soft-targets-t4', `${twice} arm.`],
  ['curves', 'key=1e9&axis=NaN&view=&log=2&arms=gone', `${unread} key, axis, view, log and arms.`],
  ['curves', 'key=validation/accuracy&key=train/loss', `${twice} key.`],
  ['runs', 'state=asleep&sort=nowhere.asc&open=gone', `${unread} state, sort and open.`],
  ['runs', 'sort=state.desc', `${unread} sort.`],
]

test.describe('an address that holds what cannot be read', () => {
  const question = 'Does the page stand?'
  let id = ''
  // Whether it has ended says nothing about its addresses.
  test.beforeAll(async ({ server }) => {
    ;({ id } = await server.api.experiments.launch.mutate({ ...smallDraft(), question }))
    await callOff(server, id)
  })

  for (const [tab, address, said] of tabs) {
    test(`leaves the page of ${tab} standing: ${address.slice(0, 60)}`, async ({ page }) => {
      await page.goto(`/experiments/${id}/${tab}?${address}`)
      await expect(left(page)).toHaveText(said)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(question)
    })
  }

  test('shows all experiments on the list, until another state is chosen', async ({ page }) => {
    await page.goto('/?state=1e9')
    await expect(left(page)).toContainText('leaves out: state.')
    await expect(page.getByRole('link', { name: question }).first()).toBeVisible()
    await page
      .getByRole('group', { name: 'State' })
      .getByRole('button', { name: /^Decided|^Open/ })
      .first()
      .click()
    await expect(left(page)).toHaveCount(0)
  })

  test('says nothing where everything is understood', async ({ page }) => {
    await page.goto(`/experiments/${id}/curves?key=train/loss&axis=step&log=true&arms=`)
    await expect(page.getByText('No arm is chosen. Press one above to draw it.')).toBeVisible()
    await expect(left(page)).toHaveCount(0)
  })

  test('leaves the New page with a field that says what is wrong, also after a reload', async ({ page }) => {
    await page.goto('/experiments/new?from=digits&margin=1e-9&spread=1e9&student.learningRate=2,000')
    const said = async (): Promise<void> => {
      await expect(page.getByText('The spread is a number from 0.00001 to 1,000, or empty.')).toBeVisible()
      await expect(page.getByText('Write 2000 or 2.0: this may be either.')).toBeAttached()
    }
    await said()
    await page.reload()
    await said()
    await page.goto('/experiments/new?from=digits&margin=1e-9')
    await expect(page.getByText('The margin is too small')).toBeVisible()
    await page.goto('/experiments/new?from=digits&margin=0.01')
    await expect(page.getByText('If the fraction 0.01 is meant, write 1.')).toBeVisible()
  })
})
