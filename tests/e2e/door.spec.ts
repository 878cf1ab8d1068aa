import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import Sqlite from 'better-sqlite3'
import type { ExperimentPage } from '../../core/contracts/views.ts'
import type { PageServer } from '../support/page-server.ts'
import { callOff, expect, launch, test } from '../support/page-test.ts'

/** Every page with the title of its tab. */
async function pagesOf(server: PageServer, { id, question }: ExperimentPage): Promise<[string, string][]> {
  const [run] = await server.api.experiments.runs.query({ id })
  const page = await server.api.runs.page.query({ runId: run?.runId ?? '' })
  const experiment = (name: string): string => `${name} · ${question}`
  return [
    ['/', 'Experiments · Stillhouse'],
    ['/workers', 'Workers · Stillhouse'],
    ['/experiments/new?from=digits', 'New experiment · Stillhouse'],
    [`/experiments/${id}`, experiment('Verdict')],
    [`/experiments/${id}/claims`, experiment('Claims')],
    [`/experiments/${id}/compare`, experiment('Compare')],
    [`/experiments/${id}/curves`, experiment('Curves')],
    [`/experiments/${id}/runs`, experiment('Runs')],
    [`/experiments/${id}/protocol`, experiment('Protocol')],
    [`/runs/${page.runId}`, `${page.arm.label}, seed ${page.seed} · Stillhouse`],
  ]
}

const missing = [
  ['/nowhere', 'No such page · Stillhouse'],
  ['/experiments/nobody', 'No such experiment · Stillhouse'],
  ['/experiments/nobody/runs', 'No such experiment · Stillhouse'],
  ['/runs/nobody', 'No such run · Stillhouse'],
] as const

declare global {
  interface Window {
    violations: string[]
  }
}

/**
 * What the policy of a page keeps from running there. Two libraries try whether they may make code out of text, and go
 * another way: no violation, and no line in the console.
 */
async function watchPolicy(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    window.violations = []
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
      if (blockedURI !== 'eval') window.violations.push(`${effectiveDirective} ${blockedURI}`)
    })
  })
  return () => page.evaluate(() => window.violations)
}

test('Every page runs under its policy and has a title of its own', async ({ page, server, decided }) => {
  const violations = await watchPolicy(page)
  const all = await pagesOf(server, decided)
  expect(new Set(all.map(([, title]) => title)).size).toBe(all.length)
  for (const [path, title] of all) {
    const response = await page.goto(path)
    const policy = response?.headers()['content-security-policy'] ?? ''
    expect(policy).toContain("frame-ancestors 'none'")
    expect(/script-src [^;]*/.exec(policy)?.[0]).not.toContain('unsafe')
    await expect(page).toHaveTitle(title)
    await expect(page.locator('h1').first()).toBeVisible()
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)))
    expect(await violations(), path).toEqual([])
  }
})

test('A page that is not there has a title that says so', async ({ page, watch }) => {
  watch.allow(/404/)
  const violations = await watchPolicy(page)
  for (const [path, title] of missing) {
    await page.goto(path)
    await expect(page).toHaveTitle(title)
    expect(await violations(), path).toEqual([])
  }
})

test('A page that cannot be shown does not keep the title of what it should show', async ({
  page,
  emptyServer,
  watch,
}) => {
  watch.allow(/500|React error #441/)
  const id = await launch(emptyServer, { methods: [], seeds: 1 })
  await callOff(emptyServer, id)
  const [run] = await emptyServer.api.experiments.runs.query({ id })
  const db = new Sqlite(join(emptyServer.home, 'stillhouse.db'))
  db.prepare('update runs set spec = ? where id = ?').run('5', run?.runId)
  db.close()
  await page.goto(`${emptyServer.url}/runs/${run?.runId}`)
  await expect(page.getByRole('heading', { name: 'This page could not be shown.' })).toBeVisible()
  await expect(page).toHaveTitle('Not shown · Stillhouse')
  await page.getByRole('main').getByRole('link', { name: 'All experiments' }).click()
  await expect(page).toHaveTitle('Experiments · Stillhouse')
})

test('The theme is set before the first paint, charts are drawn, files and copies are given', async ({
  page,
  context,
  decided,
  watch,
}) => {
  watch.allow(/ERR_FAILED.*\.js/)
  const violations = await watchPolicy(page)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.addInitScript(() => localStorage.setItem('theme', 'dark'))
  await page.route(/\.js(\?|$)/, (route) => route.abort())
  await page.goto('/', { waitUntil: 'commit' }).catch(() => undefined)
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.unroute(/\.js(\?|$)/)

  await page.goto(`/experiments/${decided.id}/curves`)
  await expect(page.locator('svg path, canvas').first()).toBeVisible()
  await page.goto(`/experiments/${decided.id}`)
  await page.getByRole('button', { name: 'Copy as Markdown' }).click()
  await expect(page.getByText('The verdict is copied as Markdown')).toBeVisible()
  await page.goto(`/experiments/${decided.id}/protocol`)
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export JSON' }).click()
  expect((await download).suggestedFilename()).toBe('protocol.json')
  expect(await violations()).toEqual([])
})

test('A script that stands in the page without the nonce does not run', async ({ page, watch }) => {
  watch.allow(/Content Security Policy/)
  const violations = await watchPolicy(page)
  await page.goto('/')
  const ran = await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'window.ran = true'
    document.body.append(script)
    return 'ran' in window
  })
  expect(ran).toBe(false)
  expect(await violations()).toEqual(['script-src-elem inline'])
})

test('A page of another site can neither frame nor change nor read anything', async ({
  page,
  server,
  decided,
  watch,
}) => {
  watch.allow(/403|CORS|ERR_FAILED|ERR_BLOCKED|frame|Failed to load/i)
  const foreign = http.createServer((_request, response) => {
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(`<!doctype html><title>other</title><iframe src="${server.url}/"></iframe>`)
  })
  await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve))
  const { port } = foreign.address() as AddressInfo
  const before = (await server.api.experiments.list.query()).length
  await page.goto(`http://127.0.0.1:${port}/`)
  const frame = page.frames().find((one) => one !== page.mainFrame())
  await expect(frame?.locator('body') ?? page.locator('body')).not.toContainText('Stillhouse')
  expect(frame?.url()).not.toContain(server.url)
  const outcomes = await page.evaluate(
    async ([url, id]) => {
      const body = JSON.stringify({ json: { id } })
      const call = async (options: RequestInit): Promise<string> =>
        await fetch(`${url}/api/trpc/experiments.cancel`, { method: 'POST', body, ...options }).then(
          () => 'answered',
          () => 'refused',
        )
      return [
        await call({ headers: { 'content-type': 'application/json' } }),
        await call({ mode: 'no-cors', headers: { 'content-type': 'text/plain' } }),
        await fetch(`${url}/api/trpc/experiments.list`).then(
          () => 'read',
          () => 'refused',
        ),
      ]
    },
    [server.url, decided.id] as const,
  )
  expect(outcomes).toEqual(['refused', 'refused', 'refused'])
  expect((await server.api.experiments.list.query()).length).toBe(before)
  foreign.close()
})

const arabic = 'هل يساعد المعلم?'
const questions: [what: string, question: string][] = [
  ['right to left', `${arabic} (800) [x]`],
  ['an override that is never closed', 'Is \u202Eit worth it?'],
  ['one word of 300 letters', 'x'.repeat(300)],
  ['one name of 280 letters with hyphens', 'word-'.repeat(56)],
  ['markup', '<img src=x onerror="window.ran=1"><b>bold</b> | `code` [a](b)'],
]

for (const [what, question] of questions) {
  test(`A question that is ${what} stays in its place on every page`, async ({ page, server, watch }) => {
    watch.allow(/stray value/)
    const id = await launch(server, { question, methods: [], seeds: 1 })
    await callOff(server, id)
    const [run] = await server.api.experiments.runs.query({ id })
    for (const width of [390, 1440]) {
      await page.setViewportSize({ width, height: 900 })
      for (const path of ['/', `/experiments/${id}`, `/experiments/${id}/protocol`, `/runs/${run?.runId}`]) {
        await page.goto(path)
        const shown = page.locator('bdi', { hasText: question.slice(0, 40) }).first()
        await expect(shown).toBeAttached()
        const room = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        expect(room, `${path} at ${width}`).toBeLessThanOrEqual(0)
      }
    }
    expect(await page.evaluate(() => 'ran' in window)).toBe(false)
  })
}
