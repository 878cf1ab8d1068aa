import type { Locator } from '@playwright/test'
import { formatSigned } from '../../core/text/format-number.ts'
import { callOff, expect, launch, test, untilEnded, whileMoving } from '../support/page-test.ts'

const points = (value: number | null): string => (value === null ? '–' : formatSigned(value * 100, 2))
const wordOf = (row: Locator): Locator => row.getByRole('cell').last().locator('span').first()

test('The page answers the questions beside the primary one with the figures of the API', async ({
  page,
  server,
  decided,
}) => {
  const verdict = await server.api.experiments.verdict.query({ id: decided.id })
  const label = (id: string): string => decided.arms.find((arm) => arm.id === id)?.label ?? ''
  await page.goto(`/experiments/${decided.id}`)

  const smoothing = page.getByRole('region', { name: 'Is it the teacher?' })
  await expect(smoothing).toContainText(verdict.smoothing?.sentence ?? 'a sentence')
  const against = smoothing.getByRole('table', { name: 'Difference from label smoothing' })
  await expect(against.getByRole('row')).toHaveCount(1 + (verdict.smoothing?.comparisons.length ?? 0))
  for (const one of verdict.smoothing?.comparisons ?? []) {
    const row = against.getByRole('row').filter({ has: page.getByText(label(one.arm), { exact: true }) })
    await expect(row).toContainText(points(one.estimate))
    await expect(wordOf(row)).toHaveText(one.word ?? 'no verdict')
  }

  const teacher = page.getByRole('region', { name: 'As good as the teacher?' })
  await expect(teacher).toContainText(verdict.teacher?.sentence ?? 'a sentence')
  const from = teacher.getByRole('table', { name: 'Difference from the teacher' })
  for (const one of verdict.teacher?.comparisons ?? []) {
    const row = from.getByRole('row').filter({ has: page.getByText(label(one.arm), { exact: true }) })
    await expect(row).toContainText(points(one.estimate))
    await expect(wordOf(row)).toHaveText(one.word ?? 'no verdict')
  }
  await expect(teacher.getByRole('heading', { name: /^Share of the teacher’s gain/ })).toBeVisible()

  const metrics = page.getByRole('region', { name: 'The other metrics' }).getByRole('table')
  for (const name of [/^NLL/, /^Brier/, /^Train–test gap/, /^Calibration error/, /^ECE/]) {
    await expect(metrics.getByRole('columnheader', { name })).toBeVisible()
  }
  await expect(metrics.getByRole('row')).toHaveCount(2 + verdict.comparisons.length)
  await expect(metrics.getByRole('row', { name: /^Soft targets train|^Soft targets/ }).first()).toContainText(
    /train \d+\.\d\d, test \d+\.\d\d %/,
  )

  const speed = page.getByRole('region', { name: 'Smaller and faster?' })
  for (const { quantile, sentence, word } of verdict.speed) {
    await expect(speed).toContainText(sentence)
    await expect(speed.getByRole('row', { name: `Latency ${quantile}` })).toContainText(word ?? 'no verdict')
  }
  expect(verdict.speed).toHaveLength(2)
  await expect(speed.getByRole('row', { name: 'Parameters' })).toContainText('fewer')
})

test('The uncertainty of a method is chosen, and its shares are told in words', async ({ page, decided }) => {
  await page.goto(`/experiments/${decided.id}`)
  const select = page.getByLabel('Method whose uncertainty is shown')
  const region = page.getByRole('region').filter({ has: select })
  await select.selectOption('Label smoothing')
  await expect(region).toContainText(/label smoothing/i)
  await expect(region.getByRole('listitem')).toHaveText([
    /^(< 1|\d+) % seed\s*shrinks with more seeds$/,
    /^(< 1|\d+) % noise\s*shrinks with more seeds or more test examples$/,
    /^(< 1|\d+) % test set\s*shrinks with more test examples alone$/,
  ])
})

test('An undecided method leads to a plan with new seeds, filled in', async ({ page, server, decided }) => {
  const verdict = await server.api.experiments.verdict.query({ id: decided.id })
  const step = verdict.next.find(({ action }) => action?.kind === 'plan')
  if (step?.action?.kind !== 'plan') throw new Error('the small experiment leaves something to settle')
  await page.goto(`/experiments/${decided.id}`)
  await expect(page.getByText(/^Seeds needed/).first()).toBeVisible()
  const next = page.getByRole('region', { name: 'What to do next' })
  await expect(next).toContainText(step.text)
  await next
    .getByRole('listitem')
    .filter({ hasText: step.title })
    .getByRole('link', { name: 'Plan it' })
    .click()
  await expect(page).toHaveURL(/\/experiments\/new\?/)
  const address = new URL(page.url()).searchParams
  expect(address.get('seeds')).toBe(String(step.action.seeds))
  expect(address.get('firstSeed')).toBe(String(step.action.firstSeed))
})

test('One click adds the seeds of a planned look, after saying what it costs', async ({ page, server }) => {
  const id = await launch(server, { question: 'Is one more look enough?', methods: [], moreLooks: [5] })
  await untilEnded(server, id)
  const { extension } = await server.api.experiments.verdict.query({ id })
  expect(extension).toMatchObject({ look: 1, seeds: 5, runs: 4 })
  await page.goto(`/experiments/${id}`)
  const forest = page.getByRole('region', { name: 'Each method against the same student trained alone' })
  await expect(forest).toContainText(
    /Look 1 of 2 taken at 3 seeds, spends 0\.\d+ of the alpha of 0\.05; look 2 planned/,
  )
  await expect(forest.getByText(/^\d+(\.\d+)? %, look 1$/)).toBeVisible()

  await page.getByRole('button', { name: 'Add the seeds' }).press('Enter')
  const dialog = page.getByRole('alertdialog', { name: 'Add the seeds of look 2?' })
  await expect(dialog).toContainText(/^.*4 runs.*the control and 1 undecided method go on to 5 seeds each/s)
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()

  await page.getByRole('button', { name: 'Add the seeds' }).click()
  await dialog.getByRole('button', { name: 'Train 4 runs' }).click()
  await expect(page.getByText('4 runs are queued.')).toBeVisible()
  await whileMoving(server, id, () => expect(forest).toContainText(/look 2 taken at 5 seeds/))
  await expect(page.getByRole('button', { name: 'Add the seeds' })).toBeHidden()
  await untilEnded(server, id)
})

test('While seeds are missing the live band is drawn and explained', async ({ page, server }) => {
  const id = await launch(server, {
    question: 'How does it look so far?',
    methods: [],
    seeds: 20,
    student: {
      network: { kind: 'mlp', hidden: [8], dropout: 0 },
      training: {
        steps: 8000,
        batchSize: 32,
        optimizer: { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0 },
        learningRate: 3e-3,
        schedule: 'cosine',
      },
    },
  })
  await page.goto(`/experiments/${id}`)
  const dotted = page.getByText('Dotted: holds however often you look.')
  await whileMoving(server, id, () => expect(dotted).toBeVisible())
  await expect(page.getByText(/, however often you look [+−]\d/)).toBeAttached()
  await expect(page.getByRole('heading', { name: 'Is it the teacher?' })).toBeHidden()
  await callOff(server, id)
})
