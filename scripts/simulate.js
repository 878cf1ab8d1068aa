import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import * as esbuild from 'esbuild'

// npm run simulate [-- --only STUDY] [-- --json | --markdown] [-- --short]: draws data whose truth is known, and judges
// how often the product's statistics are right. Exit 1 where a limit is broken.

const usage = 'Usage: npm run simulate -- [--only STUDY] [--json | --markdown] [--short]\n'
const root = join(import.meta.dirname, '..')
const options = readOptions()
const folder = mkdtempSync(join(tmpdir(), 'stillhouse-simulation-'))
const startedAt = performance.now()
try {
  const { studies, worker } = await bundle()
  const names = studies.studyNames()
  if (options.only !== undefined && !names.includes(options.only)) {
    process.stderr.write(`There is no study "${options.only}"; there are ${names.join(', ')}.\n`)
    process.exitCode = 2
  } else {
    const units = studies.planUnits({ short: options.short, only: options.only })
    const rows = studies.judgeUnits(await runAll(units, worker), options.short ? 3 : 0)
    print(rows, Math.round((performance.now() - startedAt) / 1000))
    process.exitCode = rows.length > 0 && rows.every(({ met }) => met) ? 0 : 1
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        json: { type: 'boolean' },
        markdown: { type: 'boolean' },
        only: { type: 'string' },
        short: { type: 'boolean' },
      },
    })
    if (!(values.json && values.markdown)) return { short: false, ...values }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  }
  process.stderr.write(usage)
  process.exit(2)
}

/** One file each for this process and its children: a loader that compiles at run time would slow the inner loops. */
async function bundle() {
  try {
    await esbuild.build({
      absWorkingDir: root,
      entryPoints: { studies: 'tests/simulation/run-studies.ts', worker: 'tests/simulation/worker.ts' },
      outdir: folder,
      outExtension: { '.js': '.cjs' },
      bundle: true,
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      logLevel: 'error',
    })
  } finally {
    // Its service process would otherwise live as long as this one.
    await esbuild.stop()
  }
  const load = createRequire(import.meta.url)
  return { studies: load(join(folder, 'studies.cjs')), worker: join(folder, 'worker.cjs') }
}

/** Hands out one unit after the other, to as many processes as there are cores. */
async function runAll(units, worker) {
  const done = []
  let next = 0
  const children = []
  const serve = () =>
    new Promise((resolve, reject) => {
      const child = fork(worker, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
      children.push(child)
      const hand = () => {
        if (next < units.length) child.send(units[next++])
        else child.disconnect()
      }
      child.on('message', (result) => {
        done.push(result)
        progress(done.length, units.length)
        hand()
      })
      child.once('error', reject)
      child.once('exit', (code, signal) =>
        code === 0 ? resolve() : reject(new Error(`A simulation process ended with ${signal ?? code}.`)),
      )
      hand()
    })
  try {
    await Promise.all(Array.from({ length: Math.min(availableParallelism(), units.length) }, serve))
  } finally {
    for (const child of children) child.kill()
  }
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
  return done
}

function progress(count, of) {
  if (process.stderr.isTTY) process.stderr.write(`\r${count} of ${of} parts`)
}

function print(rows, seconds) {
  const missed = rows.filter(({ met }) => !met).length
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ rows, missed, seconds })}\n`)
    return
  }
  const head = ['study', 'what', 'seeds', 'R', 'measured %', 'limits %', '']
  const table = gathered(rows).map((group) => [
    group[0].study,
    group[0].name,
    joined(group, ({ seeds }) => (seeds === null ? '' : String(seeds))),
    group[0].replicates.toLocaleString('en'),
    joined(group, ({ measured }) => percent(measured)),
    limits(group[0]),
    verdict(group),
  ])
  if (options.markdown) {
    const lines = [head, head.map(() => '---'), ...table].map((cells) => `| ${cells.join(' | ')} |`)
    process.stdout.write(`${lines.join('\n')}\n`)
    return
  }
  const widths = head.map((title, c) => Math.max(title.length, ...table.map((cells) => cells[c].length)))
  for (const cells of [head, ...table])
    process.stdout.write(
      `${cells
        .map((cell, c) => cell.padEnd(widths[c]))
        .join('  ')
        .trimEnd()}\n`,
    )
  process.stdout.write(`\n${rows.length} figures, ${missed} outside their limits, ${seconds} s\n`)
}

/** Figures that differ in the number of seeds alone stand in one line. */
function gathered(rows) {
  const groups = new Map()
  for (const row of rows) {
    const { study, name, replicates, low, high } = row
    const key = JSON.stringify([study, name, replicates, low, high])
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return [...groups.values()]
}

function joined(group, text) {
  return group.map(text).join(' / ')
}

function verdict(group) {
  if (group[0].low === null && group[0].high === null) return ''
  const met = group.every((row) => row.met)
  if (group[0].canary) return met ? 'wrong method found out' : 'MISSED: wrong method not found out'
  return met ? 'met' : 'MISSED'
}

/** A figure without limits is there to be read beside others. */
function limits({ low, high }) {
  if (low === null && high === null) return ''
  if (low === null) return `≤ ${percent(high)}`
  return high === null ? `≥ ${percent(low)}` : `${percent(low)} to ${percent(high)}`
}

function percent(share) {
  return (100 * share).toFixed(2)
}
