import { spawn } from 'node:child_process'
import { join } from 'node:path'

// npm run verify: everything that takes seconds and needs no database. The first failure ends it.

const root = join(import.meta.dirname, '..')
const bin = (path) => join(root, 'node_modules', path)

/** Steps of a lane run one after the other, lanes side by side. */
const lanes = [
  [
    ['route types', [bin('next/dist/bin/next'), 'typegen']],
    ['types', [bin('typescript/bin/tsc'), '--noEmit', '-p', '.']],
    ['dead code', [bin('knip/bin/knip.js')]],
  ],
  [
    ['format', [bin('oxfmt/bin/oxfmt'), '--check']],
    ['lint', [bin('oxlint/bin/oxlint')]],
    ['import rules', [join(import.meta.dirname, 'check-imports.js')]],
    ['unit tests', [bin('vitest/vitest.mjs'), 'run', '--project', 'unit', '--reporter=dot']],
  ],
]

const running = new Set()
let failed = false

const startedAt = performance.now()
await Promise.all(lanes.map(runLane))
if (!failed) process.stdout.write(`All good in ${seconds(startedAt)}.\n`)
process.exitCode = failed ? 1 : 0

async function runLane(steps) {
  for (const [name, args] of steps) {
    if (failed) return
    const begunAt = performance.now()
    const { code, output } = await run(args)
    if (failed) return
    if (code !== 0) {
      failed = true
      for (const child of running) child.kill()
      process.stdout.write(`✗ ${name} failed after ${seconds(begunAt)}\n\n${output.trimEnd()}\n`)
      return
    }
    process.stdout.write(`✓ ${name.padEnd(14)} ${seconds(begunAt)}\n`)
  }
}

function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`
}

async function run(args) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (output += text))
  }
  const code = await new Promise((resolve) => {
    child.once('error', (error) => {
      output += error.message
      resolve(1)
    })
    child.once('close', (status) => resolve(status ?? 1))
  })
  running.delete(child)
  return { code, output }
}
