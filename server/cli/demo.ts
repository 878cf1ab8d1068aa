import { setTimeout as wait } from 'node:timers/promises'
import type { ExperimentPage } from '../../core/contracts/views.ts'
import { CommandError } from './command-error.ts'
import { openDemoApi, type DemoApi } from './demo-api.ts'
import { drawProgress } from './progress-lines.ts'
import { takeStandardOutput } from './take-standard-output.ts'
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
  const print = takeStandardOutput()
  const buildMs = Number(process.env.STILLHOUSE_BUILD_MS ?? 0)
  const api = await openDemoApi()
  try {
    const { id, launched, status } = await api.openDemo({ again })
    const address = `${api.url}/experiments/${id}`
    console.error(`${opening(launched, status)}: ${address}`)
    const ended = await follow(api, id)
    if (ended.status !== 'finished') {
      const text = `The demonstration ended without a verdict (${ended.status}). See ${address}.`
      if (exit || !api.own) throw new CommandError(text)
      console.error(`${text} The dashboard stays up. Stop it with Ctrl+C.`)
      process.exitCode = 1
      return
    }
    const document = await api.document({ id })
    document.durationMs.build = buildMs
    document.durationMs.total = Date.now() - began + buildMs
    if (json) await print(`${JSON.stringify(document)}\n`)
    else await print(verdictTable(document, await api.verdict({ id }), ended.arms))
    const missing = document.comparisons.filter((comparison) => comparison.estimate === null)
    if (missing.length > 0) {
      throw new CommandError(`No result for ${missing.map((one) => one.arm).join(', ')}. See ${address}.`)
    }
    if (!exit && api.own) {
      console.error(`The dashboard stays up on ${address}. Stop it with Ctrl+C.`)
      return
    }
  } catch (error) {
    await api.close()
    throw error
  }
  await api.close()
  process.exit(0)
}

function opening(launched: boolean, status: string): string {
  if (launched) return 'Launched the demonstration'
  return status === 'running'
    ? 'Going on with the demonstration'
    : 'The demonstration has already run (--again runs it anew)'
}

/** Draws progress until the experiment has ended. */
async function follow(api: DemoApi, id: string): Promise<ExperimentPage> {
  const draw = drawProgress(process.stderr)
  for (;;) {
    const page = await api.page({ id })
    draw(page)
    if (page.status !== 'running') return page
    await wait(pollMs)
  }
}
