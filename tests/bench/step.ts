import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import { ensureKernels } from '../support/kernels.ts'
import type { BenchRow } from './row.ts'
import type { StepConfig } from './step-config.ts'

const goalRatio = 6

const cases: {
  name: string
  config: StepConfig
  rounds: number
  own: number
  shipped: number
}[] = [
  {
    name: 'MLP 784-1200-1200-10, Adam, batch 128, against tfjs wasm as shipped',
    config: { hidden: [1200, 1200], batchSize: 128, dropout: 0, distilled: false },
    rounds: 5,
    own: 8,
    shipped: 3,
  },
  {
    name: 'student 784-128-64-10 of the demo, soft targets, batch 64, against tfjs wasm as shipped with hard labels',
    config: { hidden: [128, 64], batchSize: 64, dropout: 0, distilled: true },
    rounds: 5,
    own: 150,
    shipped: 20,
  },
  {
    name: 'teacher 784-800-800-10 of the demo, dropout 0.5, batch 128, against tfjs wasm as shipped without dropout',
    config: { hidden: [800, 800], batchSize: 128, dropout: 0.5, distilled: false },
    rounds: 5,
    own: 10,
    shipped: 3,
  },
]

interface Timer {
  /** Milliseconds of the next steps. */
  time(steps: number): Promise<number[]>
  stop(): void
}

async function startTimer(script: string, args: string[], execArgv: string[]): Promise<Timer> {
  const child = fork(script, args, { execArgv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const gone = once(child, 'exit').then(([code]) => {
    throw new Error(`${script} ended with ${String(code)} before it answered`)
  })
  const answer = async (): Promise<number[]> => {
    const [durationsMs] = (await Promise.race([once(child, 'message'), gone])) as [number[]]
    return durationsMs
  }
  gone.catch(() => undefined)
  await answer()
  return {
    time(steps) {
      const answered = answer()
      child.send(steps)
      return answered
    },
    stop: () => child.disconnect(),
  }
}

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

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

/**
 * One gradient step on the portable engine and on tfjs' wasm backend as shipped: a process each, taking turns so that a
 * noisy machine hits both; medians over all steps after a first round that is dropped.
 */
export async function stepBench(): Promise<BenchRow[]> {
  await ensureKernels()
  const folder = await mkdtemp(join(tmpdir(), 'stillhouse-step-'))
  const rows: BenchRow[] = []
  try {
    const shippedScript = await bundleShipped(folder)
    const wasm = join(dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')), '/')
    for (const { name, config, rounds, own, shipped } of cases) {
      const args = JSON.stringify(config)
      const ownTimer = await startTimer(
        join(import.meta.dirname, 'step-own.ts'),
        [args, 'wasm'],
        ['--import', 'tsx'],
      )
      const shippedTimer = await startTimer(shippedScript, [args, wasm], [])
      const [ownMs, shippedMs]: [number[], number[]] = [[], []]
      for (let round = 0; round <= rounds; round++) {
        const [a, b] = [await ownTimer.time(own), await shippedTimer.time(shipped)]
        if (round === 0) continue
        ownMs.push(...a)
        shippedMs.push(...b)
      }
      ownTimer.stop()
      shippedTimer.stop()
      const [value, baseline] = [median(ownMs), median(shippedMs)]
      const ratio = baseline / value
      rows.push({
        group: 'step',
        name,
        value,
        unit: 'ms',
        baseline,
        ratio,
        goal: goalRatio,
        goalIs: 'least-ratio',
        met: ratio >= goalRatio,
      })
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return rows
}
