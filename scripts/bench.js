import { parseArgs } from 'node:util'
import { tsImport } from 'tsx/esm/api'
import { build } from './build.js'
import { findBrowser } from './find-browser.js'

// npm run bench [-- --json] [-- --only GROUP]: measures, each figure against its baseline and its goal.
// A group that fails is named on standard error, the others go on, and the exit code is 1. A group that has no browser
// here says so in one line; the exit code is 1 only where nothing else was measured.

/** What each group needs built before it can measure, and whether it needs a browser. */
const groups = {
  verdict: { file: '../tests/bench/verdict.ts', bench: 'verdictBench', needs: [] },
  step: { file: '../tests/bench/step.ts', bench: 'stepBench', needs: ['kernels'] },
  ingest: { file: '../tests/bench/ingest.ts', bench: 'ingestBench', needs: ['kernels'] },
  live: {
    file: '../tests/bench/live.ts',
    bench: 'liveBench',
    needs: ['bundles', 'kernels', 'pages'],
    browser: true,
  },
  start: { file: '../tests/bench/start.ts', bench: 'startBench', needs: ['bundles', 'kernels'] },
  memory: {
    file: '../tests/bench/memory.ts',
    bench: 'memoryBench',
    needs: ['bundles', 'kernels', 'pages'],
  },
  demo: { file: '../tests/bench/demo.ts', bench: 'demoBench', needs: ['bundles', 'kernels', 'pages'] },
  page: {
    file: '../tests/bench/page.ts',
    bench: 'pageBench',
    needs: ['bundles', 'kernels', 'pages'],
    browser: true,
  },
}

const values = readOptions()
const chosen = Object.keys(groups).filter((group) => values.only === undefined || group === values.only)
if (chosen.length === 0) {
  process.stderr.write(`There is no group "${values.only}"; there are ${Object.keys(groups).join(', ')}.\n`)
  process.exit(2)
}
// Standard output belongs to the document.
console.log = console.error
console.info = console.error

const results = []
const failed = []
const notMeasured = []
for (const group of chosen) {
  const { file, bench, needs, browser = false } = groups[group]
  if (browser && findBrowser() === null) {
    const why = 'no Chromium was found (Debian: apt-get install chromium; or name one in CHROME_PATH)'
    notMeasured.push({ group, why })
    const line = `${group.padEnd(8)} not measured: ${why}\n`
    if (values.json) process.stderr.write(line)
    else process.stdout.write(line)
    continue
  }
  try {
    await build({ quiet: true, only: needs })
    const module = await tsImport(file, import.meta.url)
    const rows = await module[bench]()
    results.push(...rows)
    if (!values.json) for (const row of rows) process.stdout.write(`${describe(row)}\n`)
  } catch (error) {
    failed.push(group)
    process.stderr.write(`${group}: ${error instanceof Error ? (error.stack ?? error.message) : error}\n`)
  }
}
if (values.json) process.stdout.write(`${JSON.stringify({ results, notMeasured })}\n`)
if (failed.length > 0) process.stderr.write(`Failed: ${failed.join(', ')}.\n`)
// tfjs and Chromium may leave handles open.
process.exit(failed.length > 0 || results.length === 0 ? 1 : 0)

function readOptions() {
  try {
    return parseArgs({ options: { json: { type: 'boolean' }, only: { type: 'string' } } }).values
  } catch (error) {
    process.stderr.write(
      `${error instanceof Error ? error.message : error}\nUsage: npm run bench -- [--json] [--only GROUP]\n`,
    )
    process.exit(2)
  }
}

function describe({ group, name, value, unit, baseline, ratio, goal, goalIs, met }) {
  const figure = `${round(value)} ${unit}`
  const against = baseline === null ? '' : `, baseline ${round(baseline)} ${unit} (${round(ratio)}×)`
  const aims = { most: `≤ ${goal} ${unit}`, least: `≥ ${goal} ${unit}`, 'least-ratio': `≥ ${goal}×` }
  const aim = goal === null ? '' : `, goal ${aims[goalIs]}: ${met ? 'met' : 'missed'}`
  return `${group.padEnd(8)} ${name}: ${figure}${against}${aim}`
}

function round(number) {
  return Number(number.toPrecision(3))
}
