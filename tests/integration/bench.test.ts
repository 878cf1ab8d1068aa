import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { withServer } from '../bench/start-server.ts'

const script = path.join(import.meta.dirname, '..', '..', 'scripts', 'bench.js')

const bench = (...args: string[]) =>
  spawnSync(process.execPath, [script, ...args], {
    encoding: 'utf8',
    env: { ...process.env, CHROME_PATH: '/no/such/browser' },
  })

describe('npm run bench without a browser', () => {
  it.each(['live', 'page'])('says in one line that %s was not measured, and how to get one', (group) => {
    const { status, stdout, stderr } = bench('--only', group)
    expect(stdout).toMatch(
      /^\w+ +not measured: no Chromium was found \(.*apt-get install chromium.*CHROME_PATH\)\n$/,
    )
    expect(stderr).toBe('')
    expect(status).toBe(1)
  })

  it('says so in its document', () => {
    const { stdout } = bench('--only', 'page', '--json')
    expect(JSON.parse(stdout)).toMatchObject({ results: [], notMeasured: [{ group: 'page' }] })
  })
})

it('A benchmark that fails leaves no server running and no state behind', async () => {
  let pid = 0
  let home = ''
  const failing = withServer(async (server) => {
    pid = server.pid
    home = server.home
    const answer = await fetch(`${server.url}/api/health`)
    expect(answer.status).toBe(200)
    throw new Error('It cannot be measured.')
  })
  await expect(failing).rejects.toThrow('It cannot be measured.')
  expect(() => process.kill(pid, 0)).toThrow(/ESRCH/)
  expect(existsSync(home)).toBe(false)
})
