import { setTimeout as wait } from 'node:timers/promises'
import type { ExperimentPage } from '../../core/contracts/views.ts'
import { createCaller } from '../api/trpc/router.ts'
import { CommandError } from './command-error.ts'
import { openServer } from './open-server.ts'
import { drawProgress } from './progress-lines.ts'
import { verdictTable } from './verdict-table.ts'

export interface DemoOptions {
  again: boolean
  json: boolean
  exit: boolean
}

const pollMs = 500

/** The main job from end to end: launch or go on, show progress, print the verdict. */
export async function demo({ again, json, exit }: DemoOptions): Promise<void> {
  const began = Date.now()
  const buildMs = Number(process.env.STILLHOUSE_BUILD_MS ?? 0)
  const server = await openServer()
  const api = createCaller(server.ctx)
  try {
    const { id, launched, status } = await api.experiments.openDemo({ again })
    const address = `${server.url}/experiments/${id}`
    console.error(`${opening(launched, status)}: ${address}`)
    const ended = await follow((input) => api.experiments.page(input), id)
    if (ended.status !== 'finished') {
      throw new CommandError(`The demonstration ended without a verdict (${ended.status}). See ${address}.`)
    }
    const document = await api.experiments.document({ id })
    const undecided = document.comparisons.filter((comparison) => comparison.estimate === null)
    document.durationMs.build = buildMs
    document.durationMs.total = Date.now() - began + buildMs
    if (json) process.stdout.write(`${JSON.stringify(document)}\n`)
    else process.stdout.write(verdictTable(document, await api.experiments.verdict({ id })))
    if (undecided.length > 0) {
      throw new CommandError(`No result for ${undecided.map((one) => one.arm).join(', ')}. See ${address}.`)
    }
    if (!exit) {
      console.error(`The dashboard stays up on ${address}. Stop it with Ctrl+C.`)
      return
    }
  } catch (error) {
    await server.stop()
    throw error
  }
  await server.stop()
  process.exit(0)
}

function opening(launched: boolean, status: string): string {
  if (launched) return 'Launched the demonstration'
  return status === 'running'
    ? 'Going on with the demonstration'
    : 'The demonstration has already run (--again runs it anew)'
}

/** Draws progress until the experiment has ended. */
async function follow(
  read: (input: { id: string }) => Promise<ExperimentPage>,
  id: string,
): Promise<ExperimentPage> {
  const draw = drawProgress(process.stderr)
  for (;;) {
    const page = await read({ id })
    draw(page)
    if (page.status !== 'running') return page
    await wait(pollMs)
  }
}
