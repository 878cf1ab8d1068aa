import fs from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ExperimentDraftInput } from '../../core/contracts/protocol.ts'
import { ExperimentDraft } from '../../core/contracts/protocol.ts'
import { wholeRun } from '../../core/timing/run-work.ts'
import type { Context, LiveSlot } from '../../server/domain/context.ts'
import { cancelExperiment } from '../../server/domain/experiments/cancel-experiment.ts'
import { openDemo } from '../../server/domain/experiments/demo.ts'
import { launchExperiment } from '../../server/domain/experiments/launch-experiment.ts'
import { listExperiments } from '../../server/domain/experiments/list-experiments.ts'
import { previewPlan } from '../../server/domain/experiments/preview-plan.ts'
import { readExperiment } from '../../server/domain/experiments/read-experiment.ts'
import { claimJobs } from '../../server/domain/jobs/claim-jobs.ts'
import { finishAttempt } from '../../server/domain/jobs/finish-attempt.ts'
import { recoverJobs } from '../../server/domain/jobs/recover-jobs.ts'
import { readRun } from '../../server/domain/runs/read-run.ts'
import { specWork } from '../../server/domain/timing/job-work.ts'
import { measureMachine } from '../../server/domain/timing/measure-machine.ts'
import { timeModel } from '../../server/domain/timing/time-model.ts'
import { readWorkers } from '../../server/domain/workers/read-workers.ts'
import { asTraining, endTrained, openDomain, trained, type TrainAssignment } from '../support/domain-room.ts'
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

const preview = (room: Context, draft: ExperimentDraftInput) =>
  previewPlan(room, { ...ExperimentDraft.parse(draft), spread: undefined })

const claimed = async (room: Context, free: number): Promise<TrainAssignment[]> =>
  (await claimJobs(room, { free, busy: 0 })).map(asTraining)

/** What the model says of a whole training. */
function durationMs(room: Context, { request: { spec } }: TrainAssignment): number {
  const work = specWork(room, spec)
  const model = timeModel(room, spec.engine.name)
  return model.durationMs(wholeRun(work, model.stepsOf(work)), work.shape)
}

describe('the time of a training', () => {
  it('comes from attempts that ran through, not from one that lay overnight', async () => {
    await launchExperiment(ctx, { draft: smallDraft({ methods: [], seeds: 1 }) })
    await claimJobs(ctx, { free: 1, busy: 0 })
    await recoverJobs(ctx, 'The server was stopped.')
    const nextDay = Date.now() + dayMs
    const [again, through] = await claimed(at(nextDay), 2)
    if (again === undefined || through === undefined) throw new Error('Two were asked for.')
    await endTrained(at(nextDay + 10_000), again)
    await endTrained(at(nextDay + 10_000), through)
    const ms = durationMs(at(nextDay + 10_000), through)
    expect(ms).toBeGreaterThan(9_000)
    expect(ms).toBeLessThan(11_000)
  })

  it('knows how many steps a training made that stopped early, and expects as many of the next', async () => {
    const draft = smallDraft({ methods: [], seeds: 1 })
    const earlyStop = { metric: 'nll', everySteps: 10, patience: 5 } as const
    const { student } = draft
    const training = { ...student.training, steps: 8_000, earlyStop }
    await launchExperiment(ctx, { draft: { ...draft, student: { ...student, training } } })
    const startsAt = Date.now()
    const [teacher, control] = await claimed(at(startsAt), 2)
    if (teacher === undefined || control === undefined) throw new Error('Two were asked for.')
    const room = at(startsAt + 10_000)
    await finishAttempt(room, { attemptId: control.attemptId, outcome: trained({}, 2_000) })
    expect(timeModel(room, 'wasm').stepsOf(specWork(room, control.request.spec))).toBe(2_000)
    expect(durationMs(room, control)).toBeGreaterThan(9_000)
    expect(durationMs(room, control)).toBeLessThan(11_000)
  })

  it('counts what early stopping looks at: the whole validation set, as often as it does', async () => {
    await launchExperiment(ctx, { draft: smallDraft({ methods: [], seeds: 1 }) })
    const [teacher] = await claimed(ctx, 1)
    if (teacher === undefined) throw new Error('One was asked for.')
    const { spec } = teacher.request
    const earlyStop = { metric: 'nll', everySteps: 1, patience: 5 } as const
    const watched = specWork(ctx, { ...spec, training: { ...spec.training, earlyStop } })
    const once = specWork(ctx, spec)
    // 200 validation and 797 training examples after every step, and a few of both in between without it.
    expect((watched.step.passMac ?? 0) / (once.ends.passMac ?? 1)).toBeCloseTo((200 + 797) / 1_797, 6)
    expect(once.step.passMac ?? 0).toBeLessThan((watched.step.passMac ?? 0) / 5)
  })
})

describe('the time of an experiment', () => {
  it('is a range before anything was measured, a narrower one after a probe, and a number after a run', async () => {
    const draft = smallDraft()
    const width = async (room: Context): Promise<number> => {
      const { time } = await preview(room, draft)
      return time === null ? 0 : time.highMs / time.lowMs
    }
    const now = Date.now()
    expect(await width(at(now))).toBeCloseTo(6.25)
    await measureMachine(ctx)
    expect(await width(at(now + 1_000))).toBeCloseTo(2.25)
    await launchExperiment(ctx, { draft })
    const [teacher] = await claimed(at(now), 1)
    if (teacher === undefined) throw new Error('One was asked for.')
    await endTrained(at(now + 2_000), teacher)
    // The students are another network, which nothing has trained here.
    expect(await width(at(now + 2_000))).toBeCloseTo(2.25)
    const [student] = await claimed(at(now + 2_000), 1)
    if (student === undefined) throw new Error('One was asked for.')
    await endTrained(at(now + 3_000), student)
    expect(await width(at(now + 3_000))).toBe(1)
  })

  it('holds the latency job, and what is in the queue ahead of it', async () => {
    const now = Date.now()
    const alone = await preview(at(now), smallDraft())
    expect(alone.timeBasis).toMatchObject({ aheadMs: 0 })
    // Twenty processes one after the other take longer than thirteen trainings of eighty steps.
    expect(alone.time?.ms).toBeGreaterThan(20 * timeModel(at(now), 'wasm').durationMs({ process: 1 }, ''))
    const { id } = await launchExperiment(at(now), { draft: smallDraft() })
    const behind = await preview(at(now), smallDraft({ firstSeed: 100 }))
    expect(behind.timeBasis?.aheadMs).toBeCloseTo(readExperiment(at(now), { id }).left?.ms ?? 0, 6)
    expect(behind.time?.ms).toBeGreaterThan(1.5 * (alone.time?.ms ?? 0))
    await cancelExperiment(at(now), { id })
    expect((await preview(at(now), smallDraft({ firstSeed: 100 }))).timeBasis?.aheadMs).toBe(0)
  })

  it('is the same on every page, at its launch as it was promised, and on the way', async () => {
    const now = Date.now()
    const { time } = await preview(at(now), smallDraft())
    const { id } = await launchExperiment(at(now), { draft: smallDraft() })
    expect(readExperiment(at(now), { id }).left?.ms).toBeCloseTo(time?.ms ?? 0, 6)
    const [teacher] = await claimed(at(now), 1)
    if (teacher === undefined) throw new Error('One was asked for.')
    const slots = new Map<string, LiveSlot>([
      [
        teacher.attemptId,
        {
          step: 60,
          steps: 120,
          stepMs: 1,
          tensors: 0,
          residentBytes: 0,
          since: { at: now + 1_000, step: 12 },
        },
      ],
    ])
    const then = now + 5_000
    const room: Context = {
      ...at(then),
      workers: { ...ctx.workers, slots: () => slots, heardAt: () => then },
    }
    const workers = await readWorkers(room)
    const { left } = readExperiment(room, { id })
    expect((await listExperiments(room, { limit: 10 }))[0]?.left).toEqual(left)
    expect(workers.left).toEqual(left)
    expect(workers.slots[0]?.current?.left).toEqual(readRun(room, { runId: teacher.request.runId }).left)
    // Half of its steps took five seconds: the others take about as long.
    expect(workers.slots[0]?.current?.left?.ms).toBeGreaterThan(3_500)
    expect(workers.slots[0]?.current?.left?.ms).toBeLessThan(6_500)
    // What waits learns from it.
    const later = workers.waiting.find(({ kind }) => kind === 'train')
    expect(later?.planned.endMs).toBeGreaterThan(later?.planned.startMs ?? 0)
  })

  it('is that of all of it again where it begins anew, without a checkpoint', async () => {
    const now = Date.now()
    const { id } = await launchExperiment(at(now), { draft: smallDraft({ methods: [], seeds: 1 }) })
    const whole = readExperiment(at(now), { id }).left?.ms ?? 0
    const [teacher] = await claimed(at(now), 1)
    if (teacher === undefined) throw new Error('One was asked for.')
    expect(readExperiment(at(now), { id }).left?.ms).toBeLessThanOrEqual(whole)
    await recoverJobs(at(now), 'The server was stopped.')
    expect(readExperiment(at(now), { id }).left?.ms).toBeCloseTo(whole, 6)
  })
})

describe('the probe', () => {
  it('is made once a folder', async () => {
    let made = 0
    const timeSteps: Context['workers']['timeSteps'] = (engine) => {
      made += 1
      return ctx.workers.timeSteps(engine)
    }
    const counting: Context = { ...ctx, workers: { ...ctx.workers, timeSteps } }
    await measureMachine(counting)
    await measureMachine(counting)
    close()
    ;({ ctx, close } = openDomain(home))
    await measureMachine({ ...counting, db: ctx.db })
    expect(made).toBe(1)
    expect(timeModel(ctx, 'wasm').basis).toBe('probe')
  })
})

it.runIf(fs.existsSync('/proc/self/autogroup'))('leaves the weight of its own session alone', async () => {
  const before = fs.readFileSync('/proc/self/autogroup', 'utf8')
  await measureMachine(ctx)
  expect(fs.readFileSync('/proc/self/autogroup', 'utf8')).toBe(before)
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
