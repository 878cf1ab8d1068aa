import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import { ensureKernels } from '../support/kernels.ts'
import { medianOf } from './row.ts'
import type { BenchRow } from './row.ts'
import type { StepConfig } from './step-config.ts'
import { ownTimer, pytorchTimer, shippedTimer } from './step-timer.ts'
import type { NoTimer, StepTimer } from './step-timer.ts'

const goalRatio = 6
const rounds = 5

const cases: {
  name: string
  /** What the shipped step leaves out. */
  shippedWith: string
  config: StepConfig
  /** Steps a round. */
  own: number
  shipped: number
  againstPytorch: boolean
}[] = [
  {
    name: 'MLP 784-1200-1200-10, Adam, batch 128',
    shippedWith: '',
    config: { hidden: [1200, 1200], batchSize: 128, dropout: 0, distilled: false },
    own: 8,
    shipped: 3,
    againstPytorch: true,
  },
  {
    name: 'student 784-128-64-10 of the demo, soft targets, batch 64',
    shippedWith: ' with hard labels',
    config: { hidden: [128, 64], batchSize: 64, dropout: 0, distilled: true },
    own: 150,
    shipped: 20,
    againstPytorch: false,
  },
  {
    name: 'teacher 784-800-800-10 of the demo, dropout 0.5, batch 128',
    shippedWith: ' without dropout',
    config: { hidden: [800, 800], batchSize: 128, dropout: 0.5, distilled: false },
    own: 10,
    shipped: 3,
    againstPytorch: false,
  },
]

/** tfjs with its gradients in one file: its own bundle for Node comes without them. */
async function bundleShipped(folder: string): Promise<string> {
  const outfile = join(folder, 'step-shipped.cjs')
  await build({
    entryPoints: [join(import.meta.dirname, 'step-shipped.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    logLevel: 'error',
  })
  return outfile
}

/** Median ms of each, taking turns so that a noisy machine hits all of them; the first round is dropped. */
async function measure(timers: { timer: StepTimer; steps: number }[]): Promise<number[]> {
  const durationsMs = timers.map((): number[] => [])
  for (let round = 0; round <= rounds; round++)
    for (const [i, { timer, steps }] of timers.entries()) {
      const taken = await timer.time(steps)
      if (round > 0) durationsMs[i]?.push(...taken)
    }
  for (const { timer } of timers) timer.stop()
  return durationsMs.map(medianOf)
}

function row(name: string, value: number, baseline: number, goal: number | null): BenchRow {
  const ratio = baseline / value
  return {
    group: 'step',
    name,
    value,
    unit: 'ms',
    baseline,
    ratio,
    goal,
    ...(goal === null ? { goalIs: null, met: null } : { goalIs: 'least-ratio', met: ratio >= goal }),
  }
}

function needed(timer: StepTimer | NoTimer): StepTimer {
  if ('reason' in timer) throw new Error(timer.reason)
  return timer
}

/** Left out where it does not run here, with a line that says so. */
function wherePresent(what: string, timer: StepTimer | NoTimer): StepTimer | null {
  if ('version' in timer) return timer
  process.stderr.write(`step: no figures of ${what}: ${timer.reason}\n`)
  return null
}

/**
 * One gradient step on the portable engine, on the native one, on tfjs' wasm backend as shipped and in PyTorch on one
 * thread: a process each.
 */
export async function stepBench(): Promise<BenchRow[]> {
  await ensureKernels()
  const folder = await mkdtemp(join(tmpdir(), 'stillhouse-step-'))
  const rows: BenchRow[] = []
  try {
    const script = await bundleShipped(folder)
    const wasm = join(dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')), '/')
    for (const { name, shippedWith, config, own, shipped, againstPytorch } of cases) {
      const native = wherePresent('the native engine', await ownTimer(config, 'native'))
      const pytorch = againstPytorch ? wherePresent('PyTorch', await pytorchTimer(config)) : null
      const timers = [
        { timer: needed(await ownTimer(config, 'wasm')), steps: own },
        { timer: needed(await shippedTimer(script, config, wasm)), steps: shipped },
        ...(native ? [{ timer: native, steps: own }] : []),
        ...(pytorch ? [{ timer: pytorch, steps: own }] : []),
      ]
      const [portableMs = 0, shippedMs = 0, ...others] = await measure(timers)
      const nativeMs = native ? others[0] : undefined
      const pytorchMs = pytorch ? others.at(-1) : undefined
      rows.push(row(`${name}, against tfjs wasm as shipped${shippedWith}`, portableMs, shippedMs, goalRatio))
      if (nativeMs) rows.push(row(`${name}, native, against portable`, nativeMs, portableMs, null))
      if (!pytorchMs) continue
      const against = `against PyTorch ${pytorch?.version} on one thread`
      rows.push(row(`${name}, ${against}`, portableMs, pytorchMs, null))
      if (nativeMs) rows.push(row(`${name}, native, ${against}`, nativeMs, pytorchMs, null))
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return rows
}
