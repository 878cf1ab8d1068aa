import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import type { EngineName } from '../../core/contracts/protocol.ts'
import type { StepConfig } from './step-config.ts'

/** What a timed process says first, and then for every number of steps that it is sent. */
const Ready = z.union([z.object({ version: z.string() }), z.object({ reason: z.string() })])
const Durations = z.array(z.number())

/** A process that makes training steps when it is asked to. */
export interface StepTimer {
  version: string
  /** Milliseconds of each of the next steps. */
  time(steps: number): Promise<number[]>
  stop(): void
}

/** Why there is no such timer here. */
export interface NoTimer {
  reason: string
}

async function forkTimer(script: string, args: string[], execArgv: string[]): Promise<StepTimer | NoTimer> {
  const child = fork(script, args, { execArgv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const gone = once(child, 'exit').then(([code]) => {
    throw new Error(`${script} ended with ${String(code)} before it answered`)
  })
  gone.catch(() => undefined)
  const answer = async (): Promise<unknown> =>
    ((await Promise.race([once(child, 'message'), gone])) as [unknown])[0]
  const ready = Ready.parse(await answer())
  if ('reason' in ready) return ready
  return {
    version: ready.version,
    async time(steps) {
      const answered = answer()
      child.send(steps)
      return Durations.parse(await answered)
    },
    stop: () => child.disconnect(),
  }
}

/** The trainer's own step on an engine. */
export const ownTimer = (config: StepConfig, engine: EngineName): Promise<StepTimer | NoTimer> =>
  forkTimer(join(import.meta.dirname, 'step-own.ts'), [JSON.stringify(config), engine], ['--import', 'tsx'])

/** @param script step-shipped.ts, bundled; @param wasmFolder of tfjs' wasm files, with a slash at its end */
export const shippedTimer = (
  script: string,
  config: StepConfig,
  wasmFolder: string,
): Promise<StepTimer | NoTimer> => forkTimer(script, [JSON.stringify(config), wasmFolder], [])

/** PyTorch in the Python that STILLHOUSE_PYTHON names (python3). */
export async function pytorchTimer(config: StepConfig): Promise<StepTimer | NoTimer> {
  const python = process.env['STILLHOUSE_PYTHON'] ?? 'python3'
  const child = spawn(python, [join(import.meta.dirname, 'step-pytorch.py'), JSON.stringify(config)])
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2000)))
  const failed = once(child, 'close').then(
    () => undefined,
    (error: Error) => void (said = error.message),
  )
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const answer = async (): Promise<unknown> => {
    const line = await lines.next()
    if (line.done !== true) return JSON.parse(line.value)
    await failed
    return { reason: `${python}: ${said.trim().split('\n').at(-1) ?? 'it ended'}` }
  }
  const ready = Ready.parse(await answer())
  if ('reason' in ready) return ready
  return {
    version: ready.version,
    async time(steps) {
      child.stdin.write(`${steps}\n`)
      return Durations.parse(await answer())
    },
    stop: () => void child.stdin.end(),
  }
}
