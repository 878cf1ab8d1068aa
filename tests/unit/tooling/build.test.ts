import { spawn, spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..', '..', '..')
const folders: string[] = []

const put = (folder: string, path: string, content: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), content)
}

/** A small package with the real build script and launcher. */
const makePackage = (options: { packages: boolean } = { packages: true }): string => {
  const folder = mkdtempSync(join(tmpdir(), 'stillhouse-build-'))
  folders.push(folder)
  put(folder, 'package.json', '{"type":"module"}')
  for (const file of ['scripts/build.js', 'bin/stillhouse.js']) cpSync(join(root, file), join(folder, file))
  if (options.packages) symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  for (const name of ['server/cli/main.ts', 'workers/supervisor/main.ts', 'workers/trainer/main.ts']) {
    put(folder, name, `export const name: string = '${name}'\n`)
  }
  put(folder, 'workers/kernels/build.js', kernels(''))
  return folder
}

const kernels = (more: string): string =>
  `import { writeFileSync } from 'node:fs'
export async function buildKernels(outFile) {
  writeFileSync(outFile, 'wasm')
  ${more}
}
`

const program = `
const { build } = await import('./scripts/build.js')
const { built } = await build({ only: ['bundles', 'kernels'] })
console.log(JSON.stringify(built))
`

interface Built {
  status: number | null
  /** What was built; null when it failed. */
  built: string[] | null
  stderr: string
}

const buildIn = (folder: string): Built => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: folder,
    encoding: 'utf8',
  })
  return { status, stderr, built: status === 0 ? JSON.parse(stdout) : null }
}

const startBuildIn = async (folder: string): Promise<string[]> => {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { cwd: folder })
  let stdout = ''
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  await new Promise((resolve) => child.once('close', resolve))
  return JSON.parse(stdout)
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

describe('the build', () => {
  it('builds what is stale by content, not by time, and prints on standard error alone', () => {
    const folder = makePackage()
    expect(buildIn(folder)).toMatchObject({ built: ['bundles', 'kernels'] })
    expect(readFileSync(join(folder, 'dist/cli.js'), 'utf8')).toContain('server/cli/main.ts')
    expect(buildIn(folder).built).toEqual([])
    utimesSync(join(folder, 'server/cli/main.ts'), 1, 1)
    expect(buildIn(folder).built).toEqual([])
    put(folder, 'server/cli/main.ts', 'export const changed = 1\n')
    expect(buildIn(folder).built).toEqual(['bundles'])
    rmSync(join(folder, 'dist/kernels.wasm'))
    expect(buildIn(folder).built).toEqual(['kernels'])
  })

  it('does not take a failed build for done', () => {
    const folder = makePackage()
    buildIn(folder)
    put(folder, 'server/cli/main.ts', 'export const = broken\n')
    const failed = buildIn(folder)
    expect(failed.status).toBe(1)
    expect(failed.stderr).toContain('server/cli/main.ts')
    expect(buildIn(folder).status).toBe(1)
    put(folder, 'server/cli/main.ts', "export const name: string = 'server/cli/main.ts'\n")
    expect(buildIn(folder).built).toEqual(['bundles'])
  })

  it('does not take a build that was killed half way for done, nor wait for its lock', () => {
    const folder = makePackage()
    put(folder, 'workers/kernels/build.js', kernels("process.kill(process.ppid, 'SIGKILL')"))
    expect(buildIn(folder).status).toBe(null)
    put(folder, 'workers/kernels/build.js', kernels(''))
    expect(buildIn(folder).built).toContain('kernels')
  })

  it('takes turns with a build at the same time, which then finds everything fresh', async () => {
    const folder = makePackage()
    const built = await Promise.all([startBuildIn(folder), startBuildIn(folder)])
    expect(built.map((names) => names.length).sort()).toEqual([0, 2])
  })
})

describe('the launcher', () => {
  const launch = (folder: string): { status: number | null; stdout: string; stderr: string } =>
    spawnSync(process.execPath, [join(folder, 'bin/stillhouse.js'), '--version'], {
      cwd: tmpdir(),
      encoding: 'utf8',
    })

  it('asks for npm ci when the packages are missing', () => {
    const { status, stdout, stderr } = launch(makePackage({ packages: false }))
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/packages are not installed.*Run "npm ci" in/)
  })

  it('says what to install when the native part of better-sqlite3 is missing', () => {
    const folder = makePackage({ packages: false })
    for (const name of ['esbuild', 'next']) put(folder, `node_modules/${name}/package.json`, '{}')
    put(folder, 'node_modules/better-sqlite3/package.json', '{"main":"index.js"}')
    put(
      folder,
      'node_modules/better-sqlite3/index.js',
      "module.exports = function () { throw new Error('Could not locate the bindings file.') }\n",
    )
    const { status, stderr } = launch(folder)
    expect(status).toBe(1)
    expect(stderr).toContain('Could not locate the bindings file.')
    expect(stderr).toMatch(/python3, make, g\+\+/)
    expect(stderr).toContain('npm_config_nodedir=')
  })

  it('can be run as a program', () => {
    expect(statSync(join(root, 'bin/stillhouse.js')).mode & 0o111).toBe(0o111)
  })
})
