import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { browserLaunch } from '../../support/browser.ts'
import { pageTexts } from '../../support/page-texts.ts'
import { startPageServer } from '../../support/page-server.ts'
import { earlierDrafts, pagesOf } from './drafts.ts'

// npx tsx tests/golden/earlier/make.ts: writes the state of small experiments as this version stores them, and what its
// pages and documents say of them. Later versions are held against it (tests/e2e/earlier.spec.ts): run it once, in a
// checkout of the version that is to be the earlier one, never to make a test pass.

const out = import.meta.dirname
const server = await startPageServer()
const browser = await chromium.launch(browserLaunch())
try {
  const ids: string[] = []
  for (const { draft, cancelled } of earlierDrafts) {
    const { id } = await server.api.experiments.launch.mutate(draft)
    ids.push(id)
    for (;;) {
      const page = await server.api.experiments.page.query({ id })
      if (cancelled === true && page.runsEnded > 2 && page.status === 'running')
        await server.api.experiments.cancel.mutate({ id })
      if (page.status !== 'running') break
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
  const documents = await Promise.all(ids.map((id) => server.api.experiments.document.query({ id })))
  writeFileSync(join(out, 'documents.json'), `${JSON.stringify(documents)}\n`)

  // As it is opened later: by a server that has just started.
  await server.halt()
  await server.resume()
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  const texts: Record<string, string[]> = {}
  for (const address of await pagesOf(server.api, ids)) {
    await page.goto(`${server.url}${address}`, { waitUntil: 'networkidle' })
    texts[address] = await pageTexts(page)
  }
  writeFileSync(join(out, 'pages.json'), `${JSON.stringify(texts, null, 1)}\n`)
  await server.halt()
  const folder = mkdtempSync(join(tmpdir(), 'stillhouse-earlier-'))
  execFileSync('cp', ['-r', `${server.home}/.`, folder])
  for (const passing of ['logs', 'scratch', 'backups']) rmSync(join(folder, passing), { recursive: true, force: true })
  execFileSync('tar', ['-C', folder, '--sort=name', '--owner=0', '--group=0', '-cJf', join(out, 'state.tar.xz'), '.'])
  rmSync(folder, { recursive: true })
} finally {
  await browser.close()
  await server.remove()
}
