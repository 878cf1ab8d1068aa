import type { EngineName } from '../../../core/contracts/protocol.ts'
import type { TimeEstimate } from '../../../core/contracts/time-estimate.ts'
import { priceOf, timesWork, type Work } from '../../../core/timing/costs.ts'
import { fitCosts, type Observation } from '../../../core/timing/fit-costs.ts'
import { probeObservations, typicalCosts } from '../../../core/timing/probe.ts'
import { coldStart, type RunWork } from '../../../core/timing/run-work.ts'
import type { Context } from '../context.ts'
import { endedWork, type EndedWork } from './ended-work.ts'
import { armWork } from './job-work.ts'
import { measuredTimes } from './measure-machine.ts'
import { runningJobs } from './running-jobs.ts'

/** How fast an engine is on this machine, and how that is known. */
export interface TimeModel {
  /** Milliseconds of some work of a shape. */
  durationMs(work: Work, shape: string): number
  /** Steps that such a training is expected to make. */
  stepsOf(work: RunWork): number
  /** A number where networks of all these shapes have trained here; before that a range. */
  estimate(ms: number, shapes: Iterable<string>): TimeEstimate
  basis: 'typical' | 'probe' | 'runs'
  /** Ended jobs that it rests on. */
  measured: number
}

/** How many times more or less it may be, before the machine has shown how fast it is; `probe` too for other networks. */
const doubt = { typical: 2.5, probe: 1.5, runs: 1 } as const

/** Work that was measured so long ago counts half: what else runs on a machine changes. It always counts a little. */
const halfLifeMs = 4 * 60_000
const leastWeight = 0.03
/** To so many milliseconds it is known when an attempt began and ended, and where one is that is under way. */
const blurMs = { ended: 150, running: 400 } as const
/** A logarithm: prices of this machine are some times more or less than the typical ones. */
const typicalSpread = 1.5
/** An attempt under way says something when so much of it was seen. */
const leastSeenMs = 1_000

const kept = new WeakMap<Context['db'], { second: number; models: Map<EngineName, TimeModel> }>()

/** The model of an engine on this machine; fitted anew at most once a second, however many pages ask. */
export function timeModel(ctx: Context, engine: EngineName): TimeModel {
  const second = Math.floor(ctx.clock.now() / 1_000)
  const before = kept.get(ctx.db)
  const models = before?.second === second ? before.models : new Map<EngineName, TimeModel>()
  kept.set(ctx.db, { second, models })
  const model = models.get(engine) ?? fitModel(ctx, engine)
  models.set(engine, model)
  return model
}

function fitModel(ctx: Context, engine: EngineName): TimeModel {
  const times = measuredTimes(ctx, engine)
  const probe = times === null ? [] : probeObservations(times)
  const coldMs = priceOf(coldStart, { ...typicalCosts, ...(times === null ? {} : { process: times.loadMs }) })
  const ended = endedWork(ctx)
    .filter((one) => one.engine === engine)
    .map((one) => (one.cold ? warm(one, coldMs) : one))
  const seen = [
    ...ended.map((one) => weighed(one, blurMs.ended, one.ageMs)),
    ...seenOfRunning(ctx, engine).map((one) => weighed(one, blurMs.running, 0)),
  ]
  const { costs, factors } = fitCosts({ costs: typicalCosts, spread: typicalSpread }, [...probe, ...seen])
  const shares = sharesMade(ended)
  const basis = seen.length > 0 ? 'runs' : probe.length > 0 ? 'probe' : 'typical'
  return {
    durationMs: (work, shape) => priceOf(work, costs) * (factors.get(shape) ?? 1),
    stepsOf: ({ steps, fewestSteps, length }) => {
      const share = shares.get(length)
      const expected = share === undefined ? meanSteps(fewestSteps, steps) : share * steps
      return Math.max(1, Math.round(expected))
    },
    estimate: (ms, shapes) => {
      const unlike = basis === 'runs' && [...shapes].some((shape) => !factors.has(shape))
      const factor = doubt[unlike ? 'probe' : basis]
      return { ms, lowMs: ms / factor, highMs: ms * factor }
    },
    basis,
    measured: ended.length,
  }
}

/** What it would have taken in a process that was there: as a part of its price a slow training would make starts dear. */
const warm = <One extends { durationMs: number }>(one: One, coldMs: number): One => ({
  ...one,
  durationMs: Math.max(one.durationMs * leastWarm, one.durationMs - coldMs),
})
const leastWarm = 0.3

/** As long as none of an arm has shown where it stops: the mean, where each doubling of the steps is as likely. */
const meanSteps = (fewest: number, most: number): number =>
  fewest < most ? (most - fewest) / Math.log(most / fewest) : most

function weighed(
  { work, durationMs, shape }: Omit<Observation, 'weight'>,
  blur: number,
  ageMs: number,
): Observation {
  const sharpness = 1 / (1 + (blur / durationMs / 0.1) ** 2)
  return { work, durationMs, shape, weight: sharpness * Math.max(leastWeight, 0.5 ** (ageMs / halfLifeMs)) }
}

/** How long trainings under way took so far: an experiment teaches its own estimate from its first seconds on. */
function seenOfRunning(ctx: Context, engine: EngineName): Omit<Observation, 'weight'>[] {
  return runningJobs(ctx).flatMap(({ kind, experimentId, armId, pace }) => {
    if (kind !== 'train' || armId === null || pace === null || pace.durationMs < leastSeenMs) return []
    const work = armWork(ctx, experimentId, armId)
    if (work.engine !== engine) return []
    return [{ work: timesWork(work.step, pace.steps), durationMs: pace.durationMs, shape: work.shape }]
  })
}

/** The share of their steps that trainings made which may stop early, by what stops alike. */
function sharesMade(ended: readonly EndedWork[]): Map<string, number> {
  const made = new Map<string, number[]>()
  for (const one of ended) {
    if (one.made === null) continue
    const { length, share } = one.made
    made.set(length, [...(made.get(length) ?? []), share])
  }
  return new Map(
    [...made].map(([length, shares]) => [
      length,
      shares.reduce((sum, share) => sum + share, 0) / shares.length,
    ]),
  )
}
