import fs from 'node:fs'
import path from 'node:path'
import * as esbuild from 'esbuild'
import { createRandom } from '../../core/random/create-random.ts'
import { runDisturbed } from './disturbed.ts'
import { tortureDraft } from './draft.ts'
import type { EventRow } from './event-row.ts'
import { planEvents, takeForExperiment } from './plan-events.ts'
import { whenOver } from './when-over.ts'

export interface TortureOptions {
  kills: number
  seed: number
  /** Trainings of two fifths of the length, and no latency. */
  short?: boolean
  progress?: (text: string) => void
}

export interface TortureResult {
  seed: number
  kills: number
  experiments: number
  /** What was acknowledged and looked for again, over all experiments. */
  acknowledged: { points: number; lines: number; client: number }
  seconds: number
  events: EventRow[]
}

const root = path.join(import.meta.dirname, '..', '..')
/** Events that one experiment suffers while it trains. */
const mostInTraining = 7
/** An experiment may end before it was hit as often as planned; what is left goes to the next one, not for ever. */
const mostExperiments = 60

/** Runs experiments through the planned events until every one has happened, after one that nothing disturbs. */
export async function runTorture({
  kills,
  seed,
  short = false,
  progress = () => undefined,
}: TortureOptions): Promise<TortureResult> {
  const startedAt = performance.now()
  const bundle = await bundleServer()
  const drop = whenOver(() => fs.rmSync(path.dirname(bundle), { recursive: true, force: true }))
  const draft = tortureDraft(short ? 0.4 : 1)
  const random = createRandom(`torture moments ${seed}`)
  try {
    progress('experiment 0: undisturbed')
    const base = { bundle, draft, random, latency: !short, progress }
    const undisturbed = await runDisturbed({ ...base, number: 0, expected: null }, [])
    if (undisturbed.table === null) throw new Error('The undisturbed experiment did not come to its end.')
    const expected = undisturbed.table
    const acknowledged = { points: 0, lines: 0, client: 0 }
    const events: EventRow[] = []
    let waiting = planEvents(kills, seed)
    let number = 0
    while (waiting.length > 0) {
      number += 1
      if (number > mostExperiments) throw new Error(`${waiting.length} events never had their moment.`)
      const own = takeForExperiment(waiting, mostInTraining)
      const disturbed = await runDisturbed({ ...base, number, expected }, own)
      events.push(...disturbed.rows)
      waiting = [...disturbed.unused, ...waiting]
      for (const what of ['points', 'lines', 'client'] as const)
        acknowledged[what] += disturbed.acknowledged[what]
    }
    const seconds = Math.round((performance.now() - startedAt) / 1000)
    return { seed, kills, experiments: number, acknowledged, seconds, events }
  } finally {
    drop()
  }
}

/** Whether every goal is met; what could not be tried misses none. */
export const isMet = ({ events }: TortureResult): boolean =>
  events.length > 0 &&
  events.every(
    ({ lost, doubled, orphans, backward, sameTable }) =>
      lost === null || (lost + (doubled ?? 0) + (orphans ?? 0) + (backward ?? 0) === 0 && sameTable === true),
  )

/** Beside the product's own bundles, so that it starts the workers as the product does. */
async function bundleServer(): Promise<string> {
  const folder = fs.mkdtempSync(path.join(root, 'dist', 'torture-'))
  const outfile = path.join(folder, 'server.js')
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['tests/torture/server-process.ts'],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: true,
    logLevel: 'error',
  })
  return outfile
}
