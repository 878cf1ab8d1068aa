import { z } from 'zod'
import { EngineChoice } from '../../core/contracts/protocol.ts'
import { TrainerCommand } from '../protocol/trainer-messages.ts'
import type { TrainerEvent } from '../protocol/trainer-messages.ts'
import { createDatasetReader } from './data/dataset.ts'
import { loadEngine } from './engine/load-engine.ts'
import type { Engine } from './engine/engine.ts'
import { classifyFailure } from './failure.ts'
import { runCommand } from './commands/run-command.ts'
import type { WorkCommand } from './commands/run-command.ts'

/** What the environment may set. */
const Environment = z.object({
  STILLHOUSE_ENGINE: EngineChoice.default('auto'),
  STILLHOUSE_KERNELS: z.string().optional(),
  STILLHOUSE_CHECKPOINT_MS: z.coerce.number().min(0).default(10_000),
})

/** How a trainer ends by itself. */
const exitCodes = { done: 0, noEngine: 3, outOfMemory: 4, unexpected: 5 } as const

let lastSent: Promise<void> = Promise.resolve()

/** Messages go out in order; `lastSent` resolves when the latest is on its way. */
function send(event: TrainerEvent): void {
  // When the parent is gone there is nobody to tell, and `disconnect` ends the process.
  if (!process.connected) return
  lastSent = new Promise((resolve) => {
    process.send?.(event, undefined, undefined, () => resolve())
  })
}

async function exit(code: number): Promise<never> {
  await lastSent
  process.exit(code)
}

// A trainer without its parent trains for nobody. The training loop gives way often enough for this to be prompt.
process.on('disconnect', () => process.exit(exitCodes.done))
// Unhandled rejections end here too.
process.on('uncaughtException', (error) => {
  const { reason, text } = classifyFailure(error)
  send({ type: 'failed', reason, text })
  void exit(exitCodes.unexpected)
})

async function main(): Promise<void> {
  if (!process.send)
    throw new Error('The trainer is started by the supervisor and speaks over its IPC channel.')
  const environment = Environment.parse(process.env)
  const readDataset = createDatasetReader()
  const queue: WorkCommand[] = []
  let working = false
  let cancelled = false
  let loaded: Engine | null = null

  const workOff = async (): Promise<void> => {
    if (working || !loaded) return
    working = true
    for (let command = queue.shift(); command; command = queue.shift()) {
      cancelled = false
      const end = await runCommand(command, {
        engine: loaded,
        readDataset,
        send,
        isCancelled: () => cancelled,
        checkpointMs: environment.STILLHOUSE_CHECKPOINT_MS,
      })
      send(end)
      // The wasm heap never shrinks and may be in any state: the next run deserves a fresh process.
      if (end.type === 'failed' && end.reason === 'out-of-memory') await exit(exitCodes.outOfMemory)
    }
    working = false
  }

  process.on('message', (message) => {
    const parsed = TrainerCommand.safeParse(message)
    if (!parsed.success) {
      const text = `The trainer did not understand a command: ${z.prettifyError(parsed.error)}`
      send({ type: 'failed', reason: 'bad-input', text })
      return
    }
    const command = parsed.data
    if (command.type === 'exit') void exit(exitCodes.done)
    else if (command.type === 'cancel') {
      if (working) cancelled = true
      else if (queue.shift()) send({ type: 'cancelled' })
    } else {
      queue.push(command)
      void workOff()
    }
  })

  let engine: Engine
  try {
    engine = await loadEngine(environment.STILLHOUSE_ENGINE, environment.STILLHOUSE_KERNELS)
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    send({ type: 'failed', reason: 'error', text })
    return await exit(exitCodes.noEngine)
  }
  loaded = engine
  send({ type: 'ready', engine: { name: engine.name, version: engine.version } })
  await workOff()
}

await main()
