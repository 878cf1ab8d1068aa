import { setTimeout as wait } from 'node:timers/promises'
import { chromium, type Page } from '@playwright/test'
import { browserLaunch } from '../support/browser.ts'
import type { BenchRow } from './row.ts'
import { withServer } from './start-server.ts'

const goalKb = 250
/** The page counts as loaded when no script came for so long. */
const quietMs = 2000

/** JavaScript that Chromium loads for the first page of an empty, built server: bytes on the wire. */
export const pageBench = async (): Promise<BenchRow[]> => {
  const browser = await chromium.launch(browserLaunch())
  try {
    const { wireBytes, bytes, scripts } = await withServer(async ({ url }) =>
      loadScripts(await browser.newPage(), url),
    )
    const value = wireBytes / 1000
    const baseline = bytes / 1000
    return [
      {
        group: 'page',
        name: `JavaScript of the first page, ${scripts} scripts, compressed, against uncompressed`,
        value,
        unit: 'kB',
        baseline,
        ratio: baseline / value,
        goal: goalKb,
        goalIs: 'most',
        met: value <= goalKb,
      },
    ]
  } finally {
    await browser.close()
  }
}

const loadScripts = async (
  page: Page,
  url: string,
): Promise<{ wireBytes: number; bytes: number; scripts: number }> => {
  const sizes: Promise<{ wireBytes: number; bytes: number }>[] = []
  let lastAt = performance.now()
  page.on('requestfinished', (request) => {
    const isScript = request.resourceType() === 'script' || new URL(request.url()).pathname.endsWith('.js')
    if (!isScript) return
    lastAt = performance.now()
    sizes.push(
      Promise.all([request.sizes(), request.response().then((response) => response?.body())]).then(
        ([{ responseBodySize }, body]) => ({ wireBytes: responseBodySize, bytes: body?.length ?? 0 }),
      ),
    )
  })
  const response = await page.goto(url, { waitUntil: 'load' })
  if (response?.ok() !== true) throw new Error(`${url} answered ${response?.status()}`)
  while (performance.now() - lastAt < quietMs) await wait(100)
  const all = await Promise.all(sizes)
  if (all.length === 0) throw new Error(`${url} loaded no script`)
  return {
    wireBytes: all.reduce((sum, size) => sum + size.wireBytes, 0),
    bytes: all.reduce((sum, size) => sum + size.bytes, 0),
    scripts: all.length,
  }
}
