import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { buildAddon, findCompiler, findHeaders } from '../../scripts/native-engine/build-addon.js'
import { checkMachine, checkRoom } from '../../scripts/native-engine/machine.js'
import { smokeTest } from '../../scripts/native-engine/smoke-test.js'
import { downloadWheel, findPip, verifyWheel } from '../../scripts/native-engine/wheel.js'
import { removeFolder, temporaryFolder } from '../support/server.ts'

// What is said and what is left behind where the native engine cannot be installed. None of it needs the network.

const home = temporaryFolder()
const program = path.join(import.meta.dirname, '..', '..', 'scripts', 'engine-native.js')
const linux = { platform: 'linux', arch: 'x64', glibc: '2.36' }
let folders = 0

afterAll(() => removeFolder(home))

const emptyFolder = (): string => {
  const folder = path.join(home, String(++folders))
  fs.mkdirSync(folder)
  return folder
}

/** An environment in which only these programs are found; each is the body of a shell script. */
function only(programs: Record<string, string>): NodeJS.ProcessEnv {
  const folder = emptyFolder()
  for (const [name, body] of Object.entries(programs))
    fs.writeFileSync(path.join(folder, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 })
  return { PATH: folder, NODE_ENV: 'test' }
}

const withShellTools = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...env,
  PATH: `${env['PATH']}:/usr/bin:/bin`,
})

/** With `--force`: npm may have installed an engine of its own, which would be enough. */
const install = (native: string, env: NodeJS.ProcessEnv, args: string[] = []) =>
  command(native, env, ['--force', ...args])

const command = (native: string, env: NodeJS.ProcessEnv, args: string[]) =>
  spawnSync(process.execPath, [program, ...args], {
    env: { ...env, STILLHOUSE_NATIVE: native },
    encoding: 'utf8',
  })

describe('what is missing is named with what to do about it', () => {
  it.each([
    [
      { ...linux, platform: 'darwin', arch: 'arm64' },
      /Linux x86-64 only; this is darwin arm64.*npm's own way/,
    ],
    [{ ...linux, platform: 'win32' }, /this is win32 x64.*STILLHOUSE_ENGINE=wasm/],
    [{ ...linux, arch: 'arm64' }, /this is linux arm64/],
    [{ ...linux, glibc: null }, /need glibc.*musl/],
    [{ ...linux, glibc: '2.12' }, /need glibc 2\.17 or newer, and this system has 2\.12/],
  ])('on %j', (machine, text) => {
    expect(() => checkMachine(machine)).toThrow(text)
    expect(() => checkMachine(linux)).not.toThrow()
  })

  it('where the disk has too little room', () => {
    expect(() => checkRoom('/somewhere', 900e6)).toThrow(/needs 1\.2 GB.*0\.9 GB free at \/somewhere/)
    expect(() => checkRoom('/somewhere', 2e9)).not.toThrow()
  })

  it('where there is no compiler, or CXX names none', async () => {
    await expect(findCompiler({ env: only({}) })).rejects.toThrow(/apt-get install g\+\+/)
    const env = { ...only({ 'g++': 'exit 0' }), CXX: 'no-such-compiler' }
    await expect(findCompiler({ env })).rejects.toThrow(/CXX names no-such-compiler/)
    expect(await findCompiler({ env: only({ 'c++': 'exit 0' }) })).toBe('c++')
  })

  it('where the compiler fails', async () => {
    const env = only({ 'g++': 'echo "fatal error: string: No such file or directory" >&2; exit 1' })
    await expect(buildAddon('g++', '/headers', emptyFolder(), { env })).rejects.toThrow(
      /g\+\+ could not build.*\(1\):\n +fatal error: string/,
    )
  })

  it('where Python or its pip is missing', async () => {
    await expect(findPip({ env: only({}) })).rejects.toThrow(/Python with pip is missing.*python3-pip/)
    const env = only({ python3: 'test "$1" = --version' })
    await expect(findPip({ env })).rejects.toThrow(/Python is here without pip.*\n.*--wheel FILE/)
  })

  it('where pip gets no answer', async () => {
    const env = only({ python3: 'echo "ERROR: No matching distribution found" >&2; exit 1' })
    const download = downloadWheel(['python3', '-m', 'pip'], emptyFolder(), { env })
    await expect(download).rejects.toThrow(/No matching distribution[^]*Is PyPI reachable.*PIP_INDEX_URL/)
  })

  it("where Node's headers are missing", () => {
    const [modules, named] = [emptyFolder(), emptyFolder()]
    expect(() => findHeaders({}, modules)).toThrow(/headers are missing.*npm_config_nodedir=/)
    expect(() => findHeaders({ npm_config_nodedir: named }, modules)).toThrow(named)
    const folder = path.join(named, 'include', 'node')
    fs.mkdirSync(folder, { recursive: true })
    fs.writeFileSync(path.join(folder, 'node_api.h'), '')
    expect(findHeaders({ npm_config_nodedir: named }, modules)).toBe(folder)
  })

  it('where the wheel is another file than the one that was tried', async () => {
    const file = path.join(emptyFolder(), 'tensorflow.whl')
    fs.writeFileSync(file, 'not a wheel')
    await expect(verifyWheel(file)).rejects.toThrow(/expected 54660c07[^]*found {4}[0-9a-f]{64}/)
    await expect(verifyWheel(`${file}.none`)).rejects.toThrow(/cannot be read/)
  })

  it('where an engine does not load', async () => {
    const folder = emptyFolder()
    expect(await smokeTest(folder)).toMatchObject({ reason: expect.stringContaining('tfjs-node') })
  })
})

describe('npm run engine:native', () => {
  it('tells of npm that is missing or fails, and leaves nothing behind', () => {
    const parent = emptyFolder()
    const native = path.join(parent, 'native')
    const missing = install(native, only({}))
    expect(missing).toMatchObject({ status: 1, stderr: expect.stringContaining('npm is not on the PATH') })
    const failing = install(native, only({ npm: 'echo "npm error network" >&2; exit 1' }))
    expect(failing.status).toBe(1)
    expect(failing.stderr).toMatch(/npm could not install[^]*npm error network[^]*registry reachable/)
    expect(failing.stderr).not.toContain('    at ')
    expect(fs.readdirSync(parent)).toEqual([])
  })

  it('does not use a wheel with another checksum, and leaves nothing behind', () => {
    const parent = emptyFolder()
    const wheel = path.join(emptyFolder(), 'tensorflow.whl')
    fs.writeFileSync(wheel, 'not a wheel')
    const env = only({
      npm: 'mkdir -p node_modules/node-api-headers/include; : > node_modules/node-api-headers/include/node_api.h',
      'g++': 'exit 0',
    })
    const { status, stderr } = install(path.join(parent, 'native'), withShellTools(env), ['--wheel', wheel])
    expect(stderr).toContain('not the wheel that Stillhouse knows')
    expect(status).toBe(1)
    expect(fs.readdirSync(parent)).toEqual([])
  })

  it('leaves nothing behind when it is interrupted, and clears up after one that was killed', async () => {
    const parent = emptyFolder()
    const native = path.join(parent, 'native')
    const slow = withShellTools(only({ npm: 'echo half > half; exec sleep 20' }))
    const env = { ...slow, STILLHOUSE_NATIVE: native }
    for (const signal of ['SIGINT', 'SIGKILL'] as const) {
      const child = spawn(process.execPath, [program, '--force'], {
        env,
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      let said = ''
      child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
      await expect
        .poll(() => fs.existsSync(path.join(parent, fs.readdirSync(parent)[0] ?? 'none', 'half')))
        .toBe(true)
      child.kill(signal)
      await once(child, 'close')
      if (signal === 'SIGKILL') continue
      expect(said).toContain('Interrupted: nothing was installed.')
      expect(fs.readdirSync(parent)).toEqual([])
    }
    expect(fs.readdirSync(parent)).toHaveLength(1)
    expect(install(native, only({ npm: 'exit 1' })).status).toBe(1)
    expect(fs.readdirSync(parent)).toEqual([])
  })

  it('neither replaces nor removes a folder that holds something else', () => {
    const folder = emptyFolder()
    fs.writeFileSync(path.join(folder, 'thesis.txt'), 'years of work')
    for (const args of [['--force'], ['--remove']]) {
      const { status, stderr } = command(folder, only({ npm: 'exit 0' }), args)
      expect(stderr).toContain('holds something else')
      expect(status).toBe(1)
    }
    expect(fs.readdirSync(folder)).toEqual(['thesis.txt'])
  })

  it('says so where there is none to remove, and names what it takes', () => {
    const native = path.join(emptyFolder(), 'native')
    expect(command(native, only({}), ['--remove'])).toMatchObject({
      status: 0,
      stdout: `There is none in ${native}.\n`,
    })
    expect(command(native, only({}), ['--removed'])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('[-- --remove | --force | --wheel FILE]'),
    })
  })
})
