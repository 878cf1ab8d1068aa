import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { build } from './build.js'
import { findBrowser } from './find-browser.js'
import { prepareNative } from './native-engine/prepare-tests.js'

// npm test: builds what is stale, finds or installs a browser, runs every test and sums them up in the last line.

const root = join(import.meta.dirname, '..')
const require = createRequire(import.meta.url)
const folder = mkdtempSync(join(tmpdir(), 'stillhouse-tests-'))

const total = { passed: 0, failed: 0 }
/** Each failed test with the beginning of its message: said again before the sum, where the end of a long log is read. */
const failures = []
/** What could not be tested here and why: said again before the sum. */
const untested = []
try {
  await build()
  const browser = findBrowser() ?? installBrowser()
  for (const project of ['unit', 'integration', 'workers', 'simulation', 'torture'])
    add(project, await runVitest(project))
  await testNative()
  if (browser === null) add('browser', { passed: 0, failed: 1 })
  else add('browser', await runPlaywright(browser))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  total.failed += 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.stdout.write([...failures, ...untested].map((line) => `\n${line}`).join(''))
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`)
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0

function add(what, { passed, failed }) {
  total.passed += passed
  total.failed += failed
  process.stdout.write(`\n${what}: ${passed} passed, ${failed} failed\n`)
}

/** The trainer's tests once more, on the native engine. */
async function testNative() {
  heading('native engine')
  const native = await prepareNative(process.env, (line) => process.stdout.write(`${line}\n`))
  if ('reason' in native) return void untested.push(`native: not tested, ${native.reason}`)
  const env = { STILLHOUSE_TEST_ENGINE: 'native', STILLHOUSE_NATIVE: native.folder }
  add('native', await runVitest('workers', ['tests/workers/trainer/', 'tests/workers/engines/'], env))
}

async function runVitest(project, files = [], env = {}) {
  heading(`${project} tests`)
  const file = join(folder, `${project}.json`)
  rmSync(file, { force: true })
  const vitest = join(dirname(require.resolve('vitest/package.json')), 'vitest.mjs')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const code = await run([vitest, 'run', '--project', project, ...files, '--maxWorkers=2', ...reporters], env)
  const report = readReport(file)
  for (const { name, status, message, assertionResults } of report?.testResults ?? []) {
    const failed = assertionResults.filter((test) => test.status === 'failed')
    for (const test of failed) addFailure(name, test.fullName, test.failureMessages[0])
    if (status === 'failed' && failed.length === 0) addFailure(name, 'the file itself', message)
  }
  return counted(code, report?.numPassedTests, report?.numFailedTests)
}

async function runPlaywright(browser) {
  heading('browser tests')
  const file = join(folder, 'browser.json')
  const playwright = join(dirname(require.resolve('@playwright/test/package.json')), 'cli.js')
  const code = await run([playwright, 'test', '--reporter=list,json'], {
    CHROME_PATH: browser,
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  })
  const report = readReport(file)
  for (const suite of report?.suites ?? []) addFailedSpecs(suite)
  const stats = report?.stats
  return counted(code, stats?.expected, (stats?.unexpected ?? 0) + (stats?.flaky ?? 0))
}

function addFailedSpecs({ file, specs = [], suites = [] }) {
  for (const spec of specs) {
    if (!spec.ok)
      addFailure(join(root, 'tests/e2e', file), spec.title, spec.tests[0]?.results[0]?.error?.message)
  }
  suites.forEach(addFailedSpecs)
}

function addFailure(file, title, message = '') {
  const lines = stripVTControlCharacters(message).trim().split('\n').slice(0, 6)
  failures.push(
    [`✗ ${relative(root, file)} › ${title}`, ...lines.map((line) => `    ${line.slice(0, 200)}`)].join('\n'),
  )
}

/** A run that failed without a failed test (a file that does not load, no test at all) counts as one failure. */
function counted(code, passed = 0, failed = 0) {
  return { passed, failed: failed === 0 && (code !== 0 || passed === 0) ? 1 : failed }
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

function heading(text) {
  process.stdout.write(`\n── ${text} ${'─'.repeat(60 - text.length)}\n`)
}

async function run(args, env) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  return await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
  })
}

/** Debian's Chromium, where this may be done without asking. */
function installBrowser() {
  if (process.env.CHROME_PATH) {
    process.stderr.write(`CHROME_PATH names ${process.env.CHROME_PATH}, which cannot be run.\n`)
    return null
  }
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  heading('installing Chromium')
  const steps = [
    ['apt-get', 'update', '-q'],
    ['apt-get', 'install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'],
  ]
  for (const step of steps) {
    const [command, ...args] = [...asRoot, ...step]
    const { status, error, stderr } = spawnSync(command, args, {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      // The package manager is long-winded; what it says matters only when it fails.
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    })
    if (status === 0) continue
    process.stderr.write(
      `"${[command, ...args].join(' ')}" failed${error ? `: ${error.message}` : ''}.\n${stderr ?? ''}`,
    )
  }
  const browser = findBrowser()
  if (browser === null) {
    process.stderr.write(
      'The browser tests need Chromium, and none could be installed here. Install it, or set CHROME_PATH to one.\n',
    )
  }
  return browser
}
