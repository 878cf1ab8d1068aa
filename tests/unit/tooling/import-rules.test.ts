import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'

const script = fileURLToPath(new URL('../../../scripts/check-imports.js', import.meta.url))
const folders: string[] = []

const check = (...args: string[]): { status: number | null; output: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' })
  return { status, output: stdout + stderr }
}

/** A house of these files, in a folder of its own. */
const houseOf = (files: Record<string, string>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'stillhouse-house-'))
  folders.push(folder)
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

const sound = {
  'core/data/parse.ts': 'export const parse = (): number => 1\n',
  'db/open.ts': 'export const open = (): number => 1\n',
  'server/api/router.ts':
    "import { parse } from '../../core/data/parse.ts'\nexport const router = parse\nexport type Router = typeof router\n",
  'app/client.ts':
    "import type { Router } from '../server/api/router.ts'\nexport const client = (r: Router): Router => r\n",
  'workers/trainer/main.ts': "import { parse } from '../../core/data/parse.ts'\nparse()\n",
}

describe('the import rules', () => {
  it('hold in the whole package, seen from enough modules', () => {
    const { status, output } = check()
    expect(output).toMatch(/\d+ modules, 0 forbidden imports/)
    expect(status).toBe(0)
  })

  it('accept a house whose rooms look only downstairs', () => {
    const { status, output } = check(houseOf(sound), '5')
    expect(output).toContain('5 modules, 0 forbidden imports')
    expect(status).toBe(0)
  })

  it('do not trust a check that saw too few modules', () => {
    const { status, output } = check(houseOf(sound), '6')
    expect(output).toContain('Fewer than 6 modules were seen')
    expect(status).toBe(1)
  })

  it('catch a look upstairs from every room', () => {
    const tensorflow = 'node_modules/@tensorflow/tfjs-core'
    const forbidden = [
      ['room-core', 'core/bad.ts', '../db/open.ts'],
      ['core-is-pure', 'core/impure.ts', 'node:fs'],
      ['room-db', 'db/bad.ts', '../core/data/parse.ts'],
      ['room-server-platform', 'server/platform/bad.ts', '../api/router.ts'],
      ['room-server-domain', 'server/domain/bad.ts', '../api/router.ts'],
      ['room-server-api', 'server/api/bad.ts', '../../db/open.ts'],
      ['room-workers-supervisor', 'workers/supervisor/bad.ts', '../../db/open.ts'],
      ['room-workers-trainer', 'workers/trainer/bad.ts', '../../db/open.ts'],
      ['trainer-has-no-network', 'workers/trainer/online.ts', 'node:net'],
      ['room-workers-kernels', 'workers/kernels/bad.ts', '../../core/data/parse.ts'],
      ['room-app', 'app/bad.ts', '../db/open.ts'],
      ['app-knows-the-api-as-types', 'app/value.ts', '../server/api/router.ts'],
      ['nobody-imports-tests-or-scripts', 'server/main.ts', '../tests/support/x.ts'],
      ['tensorflow-only-where-tensors-are', 'server/api/tensors.ts', '@tensorflow/tfjs-core'],
      ['database-only-in-db-and-server', 'workers/supervisor/store.ts', 'better-sqlite3'],
    ] as const
    const house = houseOf({
      ...sound,
      'tests/support/x.ts': 'export {}\n',
      [`${tensorflow}/package.json`]: '{"name":"@tensorflow/tfjs-core","main":"index.js"}',
      [`${tensorflow}/index.js`]: '',
      'node_modules/better-sqlite3/package.json': '{"name":"better-sqlite3","main":"index.js"}',
      'node_modules/better-sqlite3/index.js': '',
      ...Object.fromEntries(forbidden.map(([, path, to]) => [path, `import '${to}'\nexport {}\n`])),
    })
    const { status, output } = check(house, '1')
    for (const [rule, path] of forbidden) expect(output).toContain(`${rule}: ${path} → `)
    expect(status).toBe(1)
  })

  it('catch a cycle, but not one of types alone', () => {
    const cycle = (kind: string): string =>
      houseOf({
        'core/a.ts': `import ${kind}{ b } from './b.ts'\nexport const a = (): typeof b => b\n`,
        'core/b.ts': `import ${kind}{ a } from './a.ts'\nexport const b = (): typeof a => a\n`,
      })
    expect(check(cycle(''), '1').output).toMatch(/no-cycles: core\/[ab]\.ts → core\/[ab]\.ts/)
    expect(check(cycle('type '), '1').status).toBe(0)
  })
})
