import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startPageServer, type PageServer } from '../support/page-server.ts'
import { expect, test } from '../support/page-test.ts'
import { pageTexts } from '../support/page-texts.ts'
import { spawnVerify } from '../support/verify-command.ts'

// A state that an earlier version stored (tests/golden/earlier/make.ts), opened by this one.

const golden = path.join(import.meta.dirname, '..', 'golden', 'earlier')
const read = (name: string): unknown => JSON.parse(readFileSync(path.join(golden, name), 'utf8'))
const pages = read('pages.json') as Record<string, string[]>
const documents = read('documents.json') as { experiment: { id: string } }[]

let server: PageServer

test.beforeAll(async () => {
  server = await startPageServer((home) =>
    execFileSync('tar', ['-C', home, '-xJf', path.join(golden, 'state.tar.xz')]),
  )
})
test.afterAll(() => server.remove())

test('An earlier state says the same words and figures on every page', async ({ page }) => {
  for (const [address, texts] of Object.entries(pages)) {
    await page.goto(`${server.url}${address}`, { waitUntil: 'networkidle' })
    expect(await pageTexts(page), address).toEqual(texts)
  }
})

test('An earlier state gives the same documents', async () => {
  for (const document of documents)
    expect(await server.api.experiments.document.query({ id: document.experiment.id })).toEqual(document)
})

test('A run of an earlier state is trained again to the same bits', async () => {
  const id = documents[0]?.experiment.id ?? ''
  const runs = await server.api.experiments.runs.query({ id })
  const temporary = mkdtempSync(path.join(tmpdir(), 'stillhouse-earlier-'))
  try {
    for (const { runId } of runs.filter(({ armId, seed }) => armId === 'teacher' || seed === 2)) {
      const { code, stderr } = await spawnVerify([id, '--run', runId], { home: server.home, temporary })
        .finished
      expect(code, stderr).toBe(0)
    }
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
})
