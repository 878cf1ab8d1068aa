import fs from 'node:fs'
import os from 'node:os'
import { z } from 'zod'
import { EngineName } from '../../../core/contracts/protocol.ts'
import { ProbeTimes } from '../../../core/timing/probe.ts'
import { canonicalJson } from '../../../core/data/canonical-json.ts'
import { packageVersion } from '../../platform/package-root.ts'
import type { Context } from '../context.ts'

/** What was measured, and on what: with another engine, product or machine it says nothing. */
const MeasuredMachine = z.strictObject({
  engine: z.strictObject({ name: EngineName, version: z.string() }),
  product: z.string(),
  processor: z.string(),
  cores: z.int(),
  times: ProbeTimes,
})
type MeasuredMachine = z.infer<typeof MeasuredMachine>

const fileOf = (ctx: Context): string => ctx.folder.resolve('speed.json')

/** Read once a folder; written by this process alone. */
const known = new WeakMap<Context['db'], MeasuredMachine | null>()

/** The probe of this machine, or null where it was not made yet. */
export function measuredMachine(ctx: Context): MeasuredMachine | null {
  let found = known.get(ctx.db)
  if (found === undefined) {
    found = readFile(fileOf(ctx))
    known.set(ctx.db, found)
  }
  return found
}

function readFile(file: string): MeasuredMachine | null {
  try {
    return MeasuredMachine.parse(JSON.parse(fs.readFileSync(file, 'utf8')))
  } catch {
    // Not there, or not of this version: it is measured again.
    return null
  }
}

/**
 * Times the trainer's own steps where that was not done in this folder with this engine, product and machine. Nothing waits
 * for it, and where it fails, estimates stay a wide range until the first training has ended.
 */
export async function measureMachine(ctx: Context): Promise<void> {
  try {
    const here = {
      engine: await ctx.workers.engine(),
      product: packageVersion(),
      processor: os.cpus()[0]?.model.trim() ?? os.arch(),
      cores: ctx.workers.cores,
    }
    const { times: _times, ...before } = measuredMachine(ctx) ?? { times: null }
    if (canonicalJson(before) === canonicalJson(here)) return
    const measured = { ...here, times: await ctx.workers.timeSteps() }
    known.set(ctx.db, measured)
    const file = fileOf(ctx)
    fs.writeFileSync(`${file}.tmp`, `${JSON.stringify(measured)}\n`)
    fs.renameSync(`${file}.tmp`, file)
  } catch (error) {
    ctx.log.warn({ err: error }, 'the speed of this machine could not be measured or kept')
  }
}
