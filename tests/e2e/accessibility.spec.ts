import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { callOff, expect, launch, strayText, test, whileMoving } from '../support/page-test.ts'
import { smallDraft } from '../support/server.ts'

const looks = (['light', 'dark'] as const).flatMap((colorScheme) =>
  [1440, 390].map((width) => ({ colorScheme, width })),
)

/** What axe finds, what sticks out sideways, and values that are none, in light and dark, wide and narrow. */
async function findings(page: Page, ready: () => Promise<void>): Promise<string[]> {
  const found: string[] = []
  for (const { colorScheme, width } of looks) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width, height: 900 })
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
    await ready()
    const look = `${new URL(page.url()).pathname} ${colorScheme} ${width}`
    const { violations } = await new AxeBuilder({ page }).analyze()
    found.push(
      ...violations.map(
        ({ id, nodes }) => `${look}: ${id} ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
      ),
    )
    const beyond = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement
      return scrollWidth - clientWidth
    })
    if (beyond > 0) found.push(`${look}: scrolls ${beyond} px sideways`)
    found.push(...(await strayText(page)))
  }
  return found
}

const heading = (page: Page) => async (): Promise<void> => {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
}

/** A plan that is on its way is paler. */
const planned = (page: Page) => async (): Promise<void> => {
  await expect(page.getByText('Every arm is compared with the control')).toBeVisible()
  await expect(page.locator('[aria-live="polite"].opacity-60')).toHaveCount(0)
}

/** Charts draw after their code has come; a page is looked at with its charts. */
const charts = (page: Page) => async (): Promise<void> => {
  const drawn = page.getByRole('img', { name: /^Accuracy against |^[^,]+(, %)? by (epoch|step)/ })
  await expect(drawn).not.toHaveCount(0)
  for (const chart of await drawn.all()) await expect(chart.locator('svg path[d]').nth(4)).toBeAttached()
}

test('The first visit is accessible in both themes and widths', async ({ page, emptyServer }) => {
  await page.goto(emptyServer.url)
  expect(await findings(page, heading(page))).toEqual([])
})

const pages: [name: string, path: (id: string) => string, ready?: typeof charts][] = [
  ['The list of experiments', () => '/'],
  ['The new experiment', () => '/experiments/new', planned],
  ['A decided verdict', (id) => `/experiments/${id}`],
  ['The claims', (id) => `/experiments/${id}/claims`],
  ['The comparison', (id) => `/experiments/${id}/compare`, charts],
  ['The curves', (id) => `/experiments/${id}/curves`, charts],
  ['The runs', (id) => `/experiments/${id}/runs?open=scratch`],
  ['The protocol', (id) => `/experiments/${id}/protocol`],
  ['The workers', () => '/workers'],
]

for (const [name, path, ready = heading] of pages) {
  test(`${name}: accessible in both themes and widths`, async ({ page, decided }) => {
    await page.goto(path(decided.id))
    await heading(page)()
    expect(await findings(page, ready(page))).toEqual([])
  })
}

test('A run: accessible in both themes and widths', async ({ page, server, decided }) => {
  const [run] = (await server.api.experiments.runs.query({ id: decided.id })).filter(
    ({ armId }) => armId !== 'teacher',
  )
  await page.goto(`/runs/${run?.runId}`)
  expect(await findings(page, charts(page))).toEqual([])
})

test('A form with problems and a running experiment: accessible in both themes and widths', async ({
  page,
  server,
}) => {
  await page.goto('/experiments/new?from=digits&margin=0&seeds=x&student.steps=0')
  await expect(page.locator('[aria-invalid="true"]')).not.toHaveCount(0)
  expect(await findings(page, heading(page))).toEqual([])

  const { student } = smallDraft()
  const id = await launch(server, {
    question: 'Is a running page accessible?',
    student: { ...student, training: { ...student.training, steps: 9_000_000 } },
  })
  await page.goto(`/experiments/${id}`)
  const running = page.locator('i[title$=", running"]').first()
  await whileMoving(server, id, () => expect(running).toBeVisible())
  expect(await findings(page, heading(page))).toEqual([])
  await page.goto('/workers')
  await whileMoving(server, id, () => expect(page.getByRole('progressbar').first()).toBeVisible())
  expect(await findings(page, heading(page))).toEqual([])
  await page
    .getByRole('region', { name: 'This machine' })
    .getByRole('listitem')
    .getByRole('link')
    .first()
    .click()
  await expect(page.getByRole('button', { name: 'Cancel run' })).toBeVisible()
  expect(await findings(page, heading(page))).toEqual([])
  await callOff(server, id)
})

test('A page that is not there: accessible, and leads back', async ({ page, watch }) => {
  watch.allow(/404/)
  for (const path of ['/nowhere', '/experiments/nothing', '/runs/nothing']) {
    const response = await page.goto(path)
    expect(response?.status()).toBe(404)
    expect(await findings(page, heading(page))).toEqual([])
    await expect(page.getByRole('main').getByRole('link').first()).toBeVisible()
  }
})
