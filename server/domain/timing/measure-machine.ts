import fs from 'node:fs'
import os from 'node:os'
import { z } from 'zod'
import { EngineName, type Protocol } from '../../../core/contracts/protocol.ts'
import { canonicalJson } from '../../../core/data/canonical-json.ts'
import { ProbeTimes } from '../../../core/timing/probe.ts'
import { packageVersion } from '../../platform/package-root.ts'
import type { Context } from '../context.ts'
import { runningJobs } from './running-jobs.ts'

/** What was measured, and on what: with another version of the engine, product or machine it says nothing. */
const MeasuredEngine = z.strictObject({
  engine: z.strictObject({ name: EngineName, version: z.string() }),
  product: z.string(),
  processor: z.string(),
  cores: z.int(),
  times: ProbeTimes,
})
type MeasuredEngine = z.infer<typeof MeasuredEngine>

const fileOf = (ctx: Context): string => ctx.folder.resolve('speed.json')

/** Read once a folder; written by this process alone. The newest of each engine. */
const known = new WeakMap<Context['db'], readonly MeasuredEngine[]>()
/** Engines that were tried in this process, and whether a measurement is under way. */
const attempts = new WeakMap<Context['db'], { tried: Set<string>; busy: boolean }>()

function measuredEngines(ctx: Context): readonly MeasuredEngine[] {
  let found = known.get(ctx.db)
  if (found === undefined) {
    found = readFile(fileOf(ctx))
    known.set(ctx.db, found)
  }
  return found
}

/** The probe of an engine on this machine, or null where it was not made yet. */
export const measuredTimes = (ctx: Context, name: EngineName): ProbeTimes | null =>
  measuredEngines(ctx).find((one) => one.engine.name === name && isOfHere(ctx, one))?.times ?? null

/** What a measurement is of, beside its engine. */
const placeOf = (ctx: Context) => ({
  product: packageVersion(),
  processor: os.cpus()[0]?.model.trim() ?? os.arch(),
  cores: ctx.workers.cores,
})

const isOfHere = (ctx: Context, { product, processor, cores }: MeasuredEngine): boolean =>
  canonicalJson({ product, processor, cores }) === canonicalJson(placeOf(ctx))

/** Whether a measurement is under way: nothing that wants a quiet machine begins beside it. */
export const isMeasuring = (ctx: Context): boolean => attempts.get(ctx.db)?.busy === true

function readFile(file: string): MeasuredEngine[] {
  try {
    return MeasuredEngine.array().parse(JSON.parse(fs.readFileSync(file, 'utf8')))
  } catch {
    // Not there, not of this version, or not to be read: it is measured again.
    return []
  }
}

/** Times the engine that this server starts with. */
export async function measureMachine(ctx: Context): Promise<void> {
  try {
    await measureEngine(ctx, await ctx.workers.engine())
  } catch (error) {
    ctx.log.warn({ err: error }, 'the speed of this machine could not be measured')
  }
}

/**
 * Times the trainer's own steps where that was not done in this folder with this engine, product and machine. Nothing waits
 * for it, and where it fails, estimates stay a wide range until the first training has ended. One engine at a time, and
 * not beside trainings: each would slow the other. Whoever asks later finds it done, or has it done then.
 */
export async function measureEngine(ctx: Context, engine: Protocol['engine']): Promise<void> {
  const state = attempts.get(ctx.db) ?? { tried: new Set(), busy: false }
  attempts.set(ctx.db, state)
  const before = measuredEngines(ctx).find((one) => one.engine.name === engine.name)
  if (before !== undefined && before.engine.version === engine.version && isOfHere(ctx, before)) return
  const key = `${engine.name} ${engine.version}`
  if (state.busy || state.tried.has(key) || runningJobs(ctx).length > 0) return
  state.tried.add(key)
  state.busy = true
  try {
    const measured = { engine, ...placeOf(ctx), times: await ctx.workers.timeSteps(engine.name) }
    const others = measuredEngines(ctx).filter((one) => one.engine.name !== engine.name)
    const all = [...others, measured]
    known.set(ctx.db, all)
    const file = fileOf(ctx)
    fs.writeFileSync(`${file}.tmp`, `${JSON.stringify(all)}\n`)
    fs.renameSync(`${file}.tmp`, file)
  } catch (error) {
    ctx.log.warn(
      { err: error, engine: engine.name },
      'the speed of this machine could not be measured or kept',
    )
  } finally {
    state.busy = false
  }
}
