import fs from 'node:fs'
import { and, asc, eq, ne } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSteadyClock } from '../../core/time/steady-clock.ts'
import { attempts, jobs, logLines, runs } from '../../db/schema.ts'
import { readMetrics } from '../../db/read-metrics.ts'
import type { Context } from '../../server/domain/context.ts'
import { launchExperiment } from '../../server/domain/experiments/launch-experiment.ts'
import { claimJobs } from '../../server/domain/jobs/claim-jobs.ts'
import { finishAttempt } from '../../server/domain/jobs/finish-attempt.ts'
import { heartbeat } from '../../server/domain/jobs/heartbeat.ts'
import { recoverJobs } from '../../server/domain/jobs/recover-jobs.ts'
import { trainedTime } from '../../server/domain/jobs/trained-time.ts'
import { reportAttempt } from '../../server/domain/jobs/report-attempt.ts'
import { cancelRun } from '../../server/domain/runs/cancel-run.ts'
import type { Assignment } from '../../core/contracts/work-request.ts'
import type { ReportItem } from '../../core/contracts/work-report.ts'
import { asTraining, endTrained, loss, lost, named, openDomain, runOf } from '../support/domain-room.ts'
import { removeFolder, smallDraft, temporaryFolder } from '../support/server.ts'

const soft = { name: 'soft-targets', temperature: 4, hardLabelWeight: 0.1, softTargetWeight: 0.9 } as const
const draft = smallDraft({ methods: [soft], seeds: 2 })

const dayMs = 86_400_000

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

const launch = async (changes: Partial<typeof draft> = {}): Promise<string> =>
  (await launchExperiment(ctx, { draft: { ...draft, ...changes } })).id

const statuses = (id: string): Record<string, string> =>
  Object.fromEntries(
    ctx.db.read
      .select()
      .from(runs)
      .where(eq(runs.experimentId, id))
      .orderBy(asc(runs.armId), asc(runs.seed))
      .all()
      .map((run) => [run.armId === 'teacher' ? 'teacher' : `${run.armId} ${run.seed}`, run.status]),
  )

const points = (runId: string): [number, number][] =>
  readMetrics(ctx.db.read, [runId], ['train/loss'])[0]?.points ?? []

/** Claims and ends everything that can be claimed; returns the last claim that was not a training. */
async function trainAll(): Promise<Assignment[]> {
  for (;;) {
    const claimed = await claimJobs(ctx, { free: 2, busy: 0 })
    if (claimed.some((one) => one.kind !== 'train') || claimed.length === 0) return claimed
    for (const one of claimed) await endTrained(ctx, asTraining(one))
  }
}

describe('a lost worker', () => {
  it('gets its job a second try in the same place, and no third', async () => {
    const id = await launch()
    const [first] = (await claimJobs(ctx, { free: 1, busy: 0 })).map(asTraining)
    const runId = first?.request.runId ?? ''
    await finishAttempt(ctx, { attemptId: first?.attemptId ?? '', outcome: lost })
    expect(runOf(ctx, runId).status).toBe('queued')
    const [second] = (await claimJobs(ctx, { free: 1, busy: 0 })).map(asTraining)
    expect(second?.request.runId).toBe(runId)
    expect(second?.request.scratch).not.toBe(first?.request.scratch)
    await finishAttempt(ctx, { attemptId: second?.attemptId ?? '', outcome: lost })
    expect(runOf(ctx, runId)).toMatchObject({
      status: 'failed',
      reason: 'The trainer was ended by SIGKILL.',
    })
    expect(statuses(id)).toMatchObject({
      teacher: 'failed',
      'soft-targets-t4 1': 'blocked',
      'soft-targets-t4 2': 'blocked',
      'scratch 1': 'queued',
    })
    const blocked = ctx.db.read.select().from(runs).where(eq(runs.status, 'blocked')).all()
    for (const run of blocked) expect(run.reason).toBe('Its teacher failed.')
    // Control and label smoothing finish, and the experiment ends.
    expect(named(await trainAll())).toEqual(['profile'])
  })

  it('whose training gets on is tried again however often', async () => {
    await launch()
    for (const step of [5, 9, 12]) {
      const next = asTraining((await claimJobs(ctx, { free: 1, busy: 0 }))[0])
      const path = `${next.request.scratch}/checkpoint.bin`
      fs.writeFileSync(path, 'state')
      const events: ReportItem['event'][] = [
        { type: 'resumed', step: step - 4 },
        { type: 'checkpoint', path, step },
      ]
      await reportAttempt(ctx, {
        attemptId: next.attemptId,
        items: events.map((event, index) => ({ sequence: index + 1, at: 1, event })),
      })
      await finishAttempt(ctx, { attemptId: next.attemptId, outcome: lost })
      expect(runOf(ctx, next.request.runId).status).toBe('queued')
    }
  })

  it('whose run was cancelled meanwhile leaves it cancelled, not failed', async () => {
    await launch()
    const [first] = (await claimJobs(ctx, { free: 1, busy: 0 })).map(asTraining)
    const runId = first?.request.runId ?? ''
    await cancelRun(ctx, { runId })
    await finishAttempt(ctx, { attemptId: first?.attemptId ?? '', outcome: lost })
    expect(runOf(ctx, runId).status).toBe('cancelled')
  })

  it.each(['bad-input', 'out-of-memory', 'error'] as const)(
    'is another thing than %s, which is not tried again',
    async (reason) => {
      await launch()
      const [first] = (await claimJobs(ctx, { free: 1, busy: 0 })).map(asTraining)
      const outcome = { type: 'failed', reason, text: 'Why.' } as const
      await finishAttempt(ctx, { attemptId: first?.attemptId ?? '', outcome })
      expect(runOf(ctx, first?.request.runId ?? '')).toMatchObject({ status: 'failed', reason: 'Why.' })
    },
  )
})

describe('recovery', () => {
  it('voids the leases and queues their jobs again with the last checkpoint', async () => {
    await launch()
    const [teacher, student] = (await claimJobs(ctx, { free: 2, busy: 0 })).map(asTraining)
    const checkpoint = `${teacher?.request.scratch}/checkpoint.bin`
    fs.writeFileSync(checkpoint, 'state')
    await reportAttempt(ctx, {
      attemptId: teacher?.attemptId ?? '',
      items: [{ sequence: 1, at: 1, event: { type: 'checkpoint', path: checkpoint, step: 7 } }],
    })
    expect(await recoverJobs(ctx, 'The server was stopped.')).toEqual({ requeued: 2 })
    const voided = ctx.db.read.select().from(attempts).all()
    expect(voided.map((one) => one.state)).toEqual(['interrupted', 'interrupted'])
    const again = (await claimJobs(ctx, { free: 2, busy: 0 })).map(asTraining)
    expect(again.map((one) => one.request.runId)).toEqual([teacher?.request.runId, student?.request.runId])
    expect(again.map((one) => one.request.resumeFrom)).toEqual([checkpoint, null])
    expect(await recoverJobs(ctx, 'Again.')).toEqual({ requeued: 2 })
    expect(ctx.db.read.select().from(jobs).where(eq(jobs.state, 'leased')).all()).toEqual([])
  })

  it('removes what ended runs left in the scratch folder, and does without the folder', async () => {
    await launch()
    const [teacher] = (await claimJobs(ctx, { free: 1, busy: 0 })).map(asTraining)
    const own = teacher?.request.runId ?? ''
    fs.mkdirSync(`${ctx.folder.scratch}/unknown`)
    await recoverJobs(ctx, 'The server was stopped.')
    expect(fs.readdirSync(ctx.folder.scratch)).toEqual([own])
    fs.rmSync(ctx.folder.scratch, { recursive: true })
    expect(await recoverJobs(ctx, 'The server was stopped.')).toEqual({ requeued: 0 })
    const [again] = (await claimJobs(ctx, { free: 1, busy: 0 })).map(asTraining)
    expect(fs.existsSync(again?.request.scratch ?? '')).toBe(true)
  })

  it('does not use up the second try of a lost worker', async () => {
    await launch()
    const claim = async () => asTraining((await claimJobs(ctx, { free: 1, busy: 0 }))[0])
    await claim()
    await recoverJobs(ctx, 'The server was stopped.')
    await finishAttempt(ctx, { attemptId: (await claim()).attemptId, outcome: lost })
    const third = await claim()
    expect(runOf(ctx, third.request.runId).status).toBe('running')
    await finishAttempt(ctx, { attemptId: third.attemptId, outcome: lost })
    expect(runOf(ctx, third.request.runId).status).toBe('failed')
  })
})

describe('a lease whose worker never heard of it', () => {
  it('is given out again after a while, and not before', async () => {
    await launch()
    const [first] = (await claimJobs(ctx, { free: 1, busy: 0 })).map(asTraining)
    const runId = first?.request.runId ?? ''
    await heartbeat(ctx, { slots: [] })
    expect(runOf(ctx, runId).status).toBe('running')
    const later = { ...ctx, clock: { ...ctx.clock, elapsed: () => ctx.clock.elapsed() + 60_000 } }
    const slot = { step: 1, steps: 2, stepMs: null, tensors: 0, residentBytes: 0 }
    await heartbeat(later, { slots: [{ attemptId: first?.attemptId ?? '', ...slot }] })
    expect(runOf(ctx, runId).status).toBe('running')
    await heartbeat(later, { slots: [] })
    expect(runOf(ctx, runId).status).toBe('queued')
    const [second] = (await claimJobs(ctx, { free: 1, busy: 0 })).map(asTraining)
    expect(second?.request.runId).toBe(runId)
  })
})

describe('a clock that is set', () => {
  it('three days forward takes no lease from a worker that has not yet heard of it', async () => {
    await launch()
    const [first] = (await claimJobs(ctx, { free: 1, busy: 0 })).map(asTraining)
    const ahead = { ...ctx, clock: { ...ctx.clock, now: () => Date.now() + 3 * dayMs } }
    await heartbeat(ahead, { slots: [] })
    expect(runOf(ctx, first?.request.runId ?? '').status).toBe('running')
  })

  it('to another time for the worker alone dates nothing before its attempt or after now', async () => {
    let now = 50_000
    const timed: Context = { ...ctx, clock: { ...ctx.clock, now: () => now } }
    await launch()
    const first = asTraining((await claimJobs(timed, { free: 1, busy: 0 }))[0])
    now = 60_000
    const line: ReportItem['event'] = { type: 'log', level: 'info', text: 'x' }
    await reportAttempt(timed, {
      attemptId: first.attemptId,
      items: [10_000, 55_000, 3 * dayMs].map((at, index) => ({ sequence: index + 1, at, event: line })),
    })
    const log = ctx.db.read.select().from(logLines).orderBy(asc(logLines.id)).all()
    expect(log.map(({ at }) => at)).toEqual([50_000, 55_000, 60_000])
  })

  it('back for the worker alone dates nothing of a further attempt before its beginning was noted', async () => {
    let now = 50_000
    // A moment passes whenever the time is asked for.
    const timed: Context = { ...ctx, clock: { ...ctx.clock, now: () => (now += 1) } }
    await launch()
    const first = asTraining((await claimJobs(timed, { free: 1, busy: 0 }))[0])
    await finishAttempt(timed, { attemptId: first.attemptId, outcome: lost })
    const second = asTraining((await claimJobs(timed, { free: 1, busy: 0 }))[0])
    await reportAttempt(timed, {
      attemptId: second.attemptId,
      items: [{ sequence: 1, at: 10_000, event: { type: 'log', level: 'info', text: 'x' } }],
    })
    const log = ctx.db.read.select().from(logLines).orderBy(asc(logLines.id)).all()
    const times = log.map(({ at }) => at)
    expect(log.map(({ text }) => text.slice(0, 9))).toEqual(['Attempt 1', 'Attempt 2', 'x'])
    expect(times).toEqual(times.toSorted((a, b) => a - b))
  })

  it('right again after a restart dates nothing of what goes on before what was', async () => {
    const later = Date.now() + 3 * dayMs
    let wall = later
    const started = (): Context => ({
      ...ctx,
      clock: createSteadyClock(
        () => wall,
        () => 0,
      ),
    })
    await launch()
    await claimJobs(started(), { free: 1, busy: 0 })
    wall = Date.now()
    const right = started()
    await recoverJobs(right, 'The server was stopped.')
    await claimJobs(right, { free: 1, busy: 0 })
    const [first, second] = ctx.db.read.select().from(attempts).orderBy(asc(attempts.number)).all()
    expect(first).toMatchObject({ startedAt: later, endedAt: later })
    expect(second?.startedAt).toBe(later)
  })

  it('right again where nothing goes on is believed', async () => {
    const clock = createSteadyClock(
      () => 1_000,
      () => 0,
    )
    await recoverJobs({ ...ctx, clock }, 'The server was stopped.')
    expect(clock.now()).toBe(1_000)
  })
})

describe('the time between two attempts', () => {
  it('is not counted as training, and an attempt ends when it was last heard of', async () => {
    let now = 1_000
    const timed: Context = { ...ctx, clock: { ...ctx.clock, now: () => now } }
    await launch()
    const first = asTraining((await claimJobs(timed, { free: 1, busy: 0 }))[0])
    const point: ReportItem['event'] = {
      type: 'metrics',
      points: [{ key: 'train/loss', step: 1, value: 1 }],
    }
    now = 1_400
    await reportAttempt(timed, {
      attemptId: first.attemptId,
      items: [{ sequence: 1, at: 1_400, event: point }],
    })
    now = 90_000
    await recoverJobs(timed, 'The server ended under it.')
    const second = asTraining((await claimJobs(timed, { free: 1, busy: 0 }))[0])
    now = 90_250
    await endTrained(timed, second)
    expect(trainedTime(timed, [first.request.runId]).get(first.request.runId)).toBe(650)
  })
})

describe('a server that is stopped again and again', () => {
  it('does not end a training that gets on in between, and gives up one that does not', async () => {
    await launch()
    let runId = ''
    for (let restart = 1; restart <= 12; restart += 1) {
      const next = asTraining((await claimJobs(ctx, { free: 1, busy: 0 }))[0])
      runId = next.request.runId
      const checkpoint = {
        type: 'checkpoint',
        path: `${next.request.scratch}/checkpoint.bin`,
        step: restart,
      } as const
      await reportAttempt(ctx, {
        attemptId: next.attemptId,
        items: [{ sequence: 1, at: 1, event: checkpoint }],
      })
      await recoverJobs(ctx, 'The server was stopped.')
    }
    expect(runOf(ctx, runId).status).toBe('queued')
    for (let restart = 1; restart <= 10; restart += 1) {
      const claimed = await claimJobs(ctx, { free: 1, busy: 0 })
      expect(claimed).toHaveLength(1)
      await recoverJobs(ctx, 'The server was stopped.')
    }
    expect(runOf(ctx, runId)).toMatchObject({
      status: 'failed',
      reason: expect.stringContaining('got no further'),
    })
  })
})

describe('a full disk', () => {
  it('that stopped a training puts it back in the queue, however often, up to the limit of all tries', async () => {
    await launch()
    const outcome = { type: 'failed', reason: 'disk-full', text: 'The disk is full.' } as const
    let tries = 0
    for (let runId = ''; runId === '' || runOf(ctx, runId).status === 'queued'; tries += 1) {
      const next = asTraining((await claimJobs(ctx, { free: 1, busy: 0 }))[0])
      runId = next.request.runId
      await finishAttempt(ctx, { attemptId: next.attemptId, outcome })
    }
    expect(tries).toBe(10)
  })
})

describe('a teacher that was trained before', () => {
  it('lends its result, with the curve of its attempts that counts', async () => {
    await launch()
    const [first] = (await claimJobs(ctx, { free: 1, busy: 0 })).map(asTraining)
    await reportAttempt(ctx, {
      attemptId: first?.attemptId ?? '',
      items: [loss(1, 5, 1), loss(2, 10, 2), loss(3, 15, 3)],
    })
    await recoverJobs(ctx, 'The server was stopped.')
    const [second] = (await claimJobs(ctx, { free: 1, busy: 0 })).map(asTraining)
    if (second === undefined) throw new Error('Nothing was handed out.')
    await reportAttempt(ctx, {
      attemptId: second.attemptId,
      items: [loss(1, 5, 1), loss(2, 10, 20), loss(3, 15, 30)],
    })
    await endTrained(ctx, second)
    const id = await launch({ labelsPerSeed: 50 })
    const teacher = ctx.db.read
      .select()
      .from(runs)
      .where(and(eq(runs.experimentId, id), eq(runs.armId, 'teacher')))
      .get()
    expect(teacher).toMatchObject({ status: 'finished', reusedFrom: second.request.runId })
    expect(points(teacher?.id ?? '')).toEqual([
      [5, 1],
      [10, 20],
      [15, 30],
    ])
    expect(statuses(id)['soft-targets-t4 1']).toBe('queued')
    const waiting = ctx.db.read
      .select()
      .from(jobs)
      .where(and(eq(jobs.experimentId, id), eq(jobs.kind, 'train'), ne(jobs.state, 'queued')))
      .all()
    expect(waiting).toEqual([])
  })

  it('is trained anew where one of its files is gone', async () => {
    await launch()
    const [first] = (await claimJobs(ctx, { free: 1, busy: 0 })).map(asTraining)
    if (first === undefined) throw new Error('Nothing was handed out.')
    await endTrained(ctx, first)
    fs.rmSync(`${ctx.folder.artifacts}/${first.request.runId}/predictions/test.npy`)
    const id = await launch({ labelsPerSeed: 50 })
    expect(statuses(id)).toMatchObject({ teacher: 'queued', 'soft-targets-t4 1': 'waiting' })
  })
})
