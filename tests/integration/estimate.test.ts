import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Context } from '../../server/domain/context.ts'
import { openDemo } from '../../server/domain/experiments/demo.ts'
import { fixedCost, speedModel } from '../../server/domain/experiments/estimate-time.ts'
import { launchExperiment } from '../../server/domain/experiments/launch-experiment.ts'
import { claimJobs } from '../../server/domain/jobs/claim-jobs.ts'
import { finishAttempt } from '../../server/domain/jobs/finish-attempt.ts'
import { recoverJobs } from '../../server/domain/jobs/recover-jobs.ts'
import { asTraining, endTrained, openDomain, trained } from '../support/domain-room.ts'
import { removeFolder, smallDraft, temporaryFolder } from '../support/server.ts'

let home: string
let ctx: Context
let close: () => void

beforeEach(() => {
  home = temporaryFolder()
  ;({ ctx, close } = openDomain(home))
})

afterEach(() => {
  close()
  removeFolder(home)
})

const dayMs = 24 * 60 * 60 * 1000

const at = (time: number): Context => ({ ...ctx, clock: { ...ctx.clock, now: () => time } })

describe('the estimate of time', () => {
  it('comes from trainings that ran through, not from one that lay overnight', async () => {
    await launchExperiment(ctx, { draft: smallDraft({ methods: [], seeds: 1 }) })
    await claimJobs(ctx, { free: 1, busy: 0 })
    await recoverJobs(ctx, 'The server was stopped.')
    const nextDay = Date.now() + dayMs
    const tomorrow = at(nextDay)
    const [again, through] = (await claimJobs(tomorrow, { free: 2, busy: 0 })).map(asTraining)
    if (again === undefined || through === undefined) throw new Error('Two were asked for.')
    await endTrained(tomorrow, again)
    await endTrained(at(nextDay + 10_000), through)
    const speed = await speedModel(ctx)
    expect(speed?.basis).toBe('from 1 finished run on this machine')
    expect(speed?.durationMs(through.request.spec)).toBeGreaterThan(9_000)
    expect(speed?.durationMs(through.request.spec)).toBeLessThan(60_000)
  })
})

it('knows how many steps a training made that stopped early: a whole one takes longer', async () => {
  await launchExperiment(ctx, { draft: smallDraft({ methods: [], seeds: 1 }) })
  const startsAt = Date.now()
  const [claimed] = (await claimJobs(at(startsAt), { free: 1, busy: 0 })).map(asTraining)
  if (claimed === undefined) throw new Error('One was asked for.')
  const { spec } = claimed.request
  const outcome = trained({}, spec.training.steps / 4)
  expect(await finishAttempt(at(startsAt + 10_000), { attemptId: claimed.attemptId, outcome })).toEqual({
    accepted: true,
  })
  const durationMs = (await speedModel(ctx))?.durationMs(spec) ?? 0
  expect(durationMs).toBeGreaterThan(39_000)
  expect(durationMs).toBeLessThan(80_000)
})

it('counts what early stopping looks at: the whole validation set, as often as it does', async () => {
  await launchExperiment(ctx, { draft: smallDraft({ methods: [], seeds: 1 }) })
  const startsAt = Date.now()
  const [claimed] = (await claimJobs(at(startsAt), { free: 1, busy: 0 })).map(asTraining)
  if (claimed === undefined) throw new Error('One was asked for.')
  const { attemptId, request } = claimed
  const outcome = trained({}, request.spec.training.steps)
  await finishAttempt(at(startsAt + 10_000), { attemptId, outcome })
  const speed = await speedModel(ctx)
  const { spec } = request
  const earlyStop = { metric: 'nll', everySteps: 1, patience: 5 } as const
  const watched = { ...spec, training: { ...spec.training, earlyStop } }
  // 200 validation examples, a forward pass each, beside a batch of 32 forward and back.
  const ratio = (speed?.durationMs(watched) ?? 0) / (speed?.durationMs(spec) ?? 1)
  expect(ratio).toBeCloseTo(1 + 200 / 3 / spec.training.batchSize, 6)
})

describe('what a training takes besides its steps', () => {
  const run = (work: number, durationMs: number) => ({ work, durationMs })

  it('is told by runs of different work', () => {
    expect(fixedCost([run(1_000, 1_400), run(50_000, 50_400)])).toBeCloseTo(400, 9)
  })

  it('is not told by runs of like work, nor by one', () => {
    expect(fixedCost([run(1_000, 1_400), run(2_000, 1_500)])).toBe(0)
    expect(fixedCost([run(1_000, 1_400)])).toBe(0)
  })

  it('is never negative, and never more than the shortest run', () => {
    expect(fixedCost([run(1_000, 100), run(10_000, 10_000)])).toBe(0)
    expect(fixedCost([run(1_000, 900), run(10_000, 300)])).toBe(300)
  })
})

describe('the demonstration', () => {
  it('is launched once, also when two ask for it at the same time', async () => {
    const both = await Promise.all([openDemo(ctx, { again: false }), openDemo(ctx, { again: false })])
    expect(both[0]?.id).toBe(both[1]?.id)
    expect(both.filter((one) => one.launched)).toHaveLength(1)
    expect((await openDemo(ctx, { again: false })).id).toBe(both[0]?.id)
    expect((await openDemo(ctx, { again: true })).id).not.toBe(both[0]?.id)
  })
})
