import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from './build.js'

// npm run engine [-- --json]: which engines work here, and how long one training step takes on each.

const names = ['wasm', 'native', 'cpu']
/** The step that is timed: the demo's student, from batch to update. */
const step = { hidden: [128, 64], batchSize: 64, dropout: 0, distilled: true }
const stepText = 'one training step of a student 784-128-64-10, soft targets, Adam, batch 64'
const limitMs = 300_000
/** How long an engine is measured, in steps and in about how many ms. */
const [leastSteps, mostSteps, aboutMs] = [5, 300, 1500]

const program = fileURLToPath(new URL('../tests/bench/step-own.ts', import.meta.url))

const values = readOptions()
await build({ quiet: true, only: ['kernels'] })
const engines = []
for (const name of names) {
  const engine = await measure(name)
  engines.push(engine)
  if (!values.json) process.stdout.write(`${describe(engine)}\n`)
}
if (values.json) process.stdout.write(`${JSON.stringify({ engines })}\n`)
else process.stdout.write(`\nms: median of ${stepText}. Larger networks: npm run bench -- --only step\n`)

function readOptions() {
  try {
    return parseArgs({ options: { json: { type: 'boolean' } } }).values
  } catch (error) {
    process.stderr.write(
      `${error instanceof Error ? error.message : error}\nUsage: npm run engine -- [--json]\n`,
    )
    process.exit(2)
  }
}

/** @returns {Promise<{name: string, works: boolean, reason: string | null, version: string | null, stepMs: number | null}>} */
async function measure(name) {
  const child = fork(program, [JSON.stringify(step), name], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text) => (said = (said + text).slice(-2_000)))
  let late = false
  const timer = setTimeout(() => {
    late = true
    child.kill('SIGKILL')
  }, limitMs)
  const gone = new Promise((_, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) =>
      reject(new Error(late ? `It made no measurement in ${limitMs / 1000} s.` : ending(code, signal, said))),
    )
  })
  gone.catch(() => undefined)
  const answer = () => Promise.race([new Promise((resolve) => void child.once('message', resolve)), gone])
  const time = async (steps) => {
    const answered = answer()
    child.send(steps)
    return await answered
  }
  try {
    const { version, reason } = await answer()
    if (version === undefined) return { name, works: false, reason, version: null, stepMs: null }
    const warmUp = await time(3)
    const steps = Math.max(leastSteps, Math.min(mostSteps, Math.round(aboutMs / warmUp[2])))
    return { name, works: true, reason: null, version, stepMs: median(await time(steps)) }
  } catch (error) {
    return { name, works: false, reason: error.message, version: null, stepMs: null }
  } finally {
    clearTimeout(timer)
    child.kill('SIGKILL')
  }
}

function ending(code, signal, said) {
  const last = said.trim().split('\n').at(-1) ?? ''
  if (signal === 'SIGILL') return 'This processor lacks instructions that it uses.'
  return `It ended with ${signal ?? code}${last ? `: ${last}` : '.'}`
}

function median(durations) {
  return durations.toSorted((a, b) => a - b)[Math.floor(durations.length / 2)]
}

function describe({ name, works, reason, version, stepMs }) {
  const figure = works ? `${Number(stepMs.toPrecision(3))} ms` : '–'
  return `${name.padEnd(7)} ${works ? 'works' : 'does not work'}  ${figure.padStart(8)}  ${works ? version : reason}`
}
