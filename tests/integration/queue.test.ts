import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { and, eq, sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { attempts, runs } from '../../db/schema.ts'
import { readMetrics } from '../../db/read-metrics.ts'
import type { Context } from '../../server/domain/context.ts'
import { launchExperiment } from '../../server/domain/experiments/launch-experiment.ts'
import { readExperiment } from '../../server/domain/experiments/read-experiment.ts'
import { claimJobs } from '../../server/domain/jobs/claim-jobs.ts'
import { finishAttempt } from '../../server/domain/jobs/finish-attempt.ts'
import { heartbeat } from '../../server/domain/jobs/heartbeat.ts'
import { recoverJobs } from '../../server/domain/jobs/recover-jobs.ts'
import { reportAttempt } from '../../server/domain/jobs/report-attempt.ts'
import {
  asTraining,
  endTrained,
  jobOf,
  loss,
  named,
  openDomain,
  runOf,
  trained,
} from '../support/domain-room.ts'
import { removeFolder, smallDraft, temporaryFolder } from '../support/server.ts'

const soft = { name: 'soft-targets', temperature: 4, hardLabelWeight: 0.1, softTargetWeight: 0.9 } as const
const draft = smallDraft({ methods: [soft], seeds: 2 })

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

const points = (runId: string): [number, number][] =>
  readMetrics(ctx.db.read, [runId], ['train/loss'])[0]?.points ?? []

describe('claiming', () => {
  it('hands out the teacher, then what needs none in the order of the seeds, then its dependants', async () => {
    await launch()
    const claimed = await claimJobs(ctx, { free: 9, busy: 0 })
    expect(named(claimed)).toEqual([
      'teacher 1001',
      'scratch 1',
      'label-smoothing 1',
      'scratch 2',
      'label-smoothing 2',
    ])
    expect(await claimJobs(ctx, { free: 4, busy: 5 })).toEqual([])
    await endTrained(ctx, asTraining(claimed[0]))
    const next = await claimJobs(ctx, { free: 9, busy: 4 })
    expect(named(next)).toEqual(['soft-targets-t4 1', 'soft-targets-t4 2'])
    for (const one of next) {
      for (const file of Object.values(asTraining(one).request.teacherLogits ?? {})) {
        expect(fs.existsSync(file)).toBe(true)
      }
      expect(Object.keys(asTraining(one).request.teacherLogits ?? {})).toHaveLength(3)
      const { teacherNetwork, spec } = asTraining(one).request
      expect(teacherNetwork?.network).toEqual(asTraining(claimed[0]).request.spec.network)
      expect(teacherNetwork?.network).not.toEqual(spec.network)
      const file = fs.readFileSync(teacherNetwork?.weights ?? '')
      expect(createHash('sha256').update(file).digest('hex')).toBe(teacherNetwork?.sha256)
    }
  })

  it('gives as many as are asked for, on lanes of their own, and none twice when two ask at once', async () => {
    await launch()
    const both = await Promise.all([
      claimJobs(ctx, { free: 2, busy: 0 }),
      claimJobs(ctx, { free: 2, busy: 0 }),
    ])
    expect(both.map((claimed) => claimed.length)).toEqual([2, 2])
    const ids = both.flat().map((one) => asTraining(one).request.runId)
    expect(new Set(ids).size).toBe(4)
    const lanes = ctx.db.read.select({ slot: attempts.slot }).from(attempts).all()
    expect(lanes.map((row) => row.slot).sort()).toEqual([0, 1, 2, 3])
    for (const runId of ids) expect(runOf(ctx, runId).status).toBe('running')
  })

  it('hands nothing to who has ended before the jobs are leased', async () => {
    await launch()
    let gone = false
    const claim = claimJobs(ctx, { free: 2, busy: 0 }, () => gone)
    gone = true
    expect(await claim).toEqual([])
    expect(ctx.db.read.select().from(attempts).all()).toEqual([])
  })

  it('serves the older experiment first', async () => {
    await launch({ methods: [], seeds: 1 })
    await launch({ methods: [], seeds: 1, labelsPerSeed: 50 })
    const claimed = await claimJobs(ctx, { free: 4, busy: 0 })
    expect(named(claimed)).toEqual(['teacher 1001', 'scratch 1', 'label-smoothing 1', 'teacher 1001'])
  })

  it('holds everything back once the latency job is first, and hands it out alone', async () => {
    const id = await launch({ methods: [], seeds: 1 })
    const claimed = await claimJobs(ctx, { free: 3, busy: 0 })
    for (const one of claimed) await endTrained(ctx, asTraining(one))
    const fidelity = await claimJobs(ctx, { free: 3, busy: 0 })
    expect(named(fidelity)).toEqual(['fidelity'])
    await launch({ methods: [], seeds: 1, labelsPerSeed: 60 })
    const beside = await claimJobs(ctx, { free: 2, busy: 1 })
    expect(named(beside)).toEqual(['scratch 1', 'label-smoothing 1'])
    await finishAttempt(ctx, {
      attemptId: fidelity[0]?.attemptId ?? '',
      outcome: { type: 'fidelity-measured', runs: [] },
    })
    await launch({ methods: [], seeds: 1, labelsPerSeed: 70 })
    expect(await claimJobs(ctx, { free: 1, busy: 2 })).toEqual([])
    await endTrained(ctx, asTraining(beside[0]))
    expect(await claimJobs(ctx, { free: 2, busy: 1 })).toEqual([])
    await endTrained(ctx, asTraining(beside[1]))
    const alone = await claimJobs(ctx, { free: 3, busy: 0 })
    expect(named(alone)).toEqual(['profile'])
    expect(await claimJobs(ctx, { free: 2, busy: 1 })).toEqual([])
    await finishAttempt(ctx, { attemptId: alone[0]?.attemptId ?? '', outcome: { type: 'profiled' } })
    expect((await readExperiment(ctx, { id })).status).toBe('finished')
    // The second experiment's students are compared with its teacher before the third one's trainings begin.
    expect(named(await claimJobs(ctx, { free: 3, busy: 0 }))).toEqual([
      'fidelity',
      'scratch 1',
      'label-smoothing 1',
    ])
  })

  it('fails a job that cannot be described, with the reason, and hands out the rest', async () => {
    const id = await launch()
    await endTrained(ctx, asTraining((await claimJobs(ctx, { free: 1, busy: 0 }))[0]))
    await ctx.db.withTransaction(({ db }) =>
      db
        .update(runs)
        .set({ spec: sql`'{"schemaVersion":9}'` })
        .where(eq(runs.armId, 'soft-targets-t4'))
        .run(),
    )
    const claimed = await claimJobs(ctx, { free: 9, busy: 0 })
    expect(named(claimed)).toEqual(['scratch 1', 'label-smoothing 1', 'scratch 2', 'label-smoothing 2'])
    const failed = ctx.db.read
      .select()
      .from(runs)
      .where(and(eq(runs.experimentId, id), eq(runs.armId, 'soft-targets-t4')))
      .all()
    for (const run of failed) {
      expect(run.status).toBe('failed')
      expect(run.reason).toContain('schemaVersion')
    }
    expect(failed).toHaveLength(2)
  })
})

describe('reports', () => {
  it('are stored once although they were sent twice', async () => {
    await launch()
    const [one] = (await claimJobs(ctx, { free: 1, busy: 0 })).map(asTraining)
    const { attemptId = '', request } = one ?? {}
    const items = [loss(1, 5, 0.5), loss(2, 10, 0.25)]
    expect(await reportAttempt(ctx, { attemptId, items })).toEqual({ acknowledged: 2, stop: false })
    expect(await reportAttempt(ctx, { attemptId, items })).toEqual({ acknowledged: 2, stop: false })
    expect(await reportAttempt(ctx, { attemptId, items: [...items, loss(3, 15, 0.125)] })).toEqual({
      acknowledged: 3,
      stop: false,
    })
    expect(points(request?.runId ?? '')).toEqual([
      [5, 0.5],
      [10, 0.25],
      [15, 0.125],
    ])
  })

  it('sent twice at the same time are stored once', async () => {
    await launch()
    const [one] = (await claimJobs(ctx, { free: 1, busy: 0 })).map(asTraining)
    const { attemptId = '', request } = one ?? {}
    await Promise.all([1, 2, 3].map(() => reportAttempt(ctx, { attemptId, items: [loss(1, 5)] })))
    expect(points(request?.runId ?? '')).toEqual([[5, 1]])
  })

  it('of an older attempt are refused with stop, as is its end, and nothing of them is stored', async () => {
    await launch()
    const [first] = (await claimJobs(ctx, { free: 1, busy: 0 })).map(asTraining)
    await recoverJobs(ctx, 'The supervisor ended under it.')
    const [second] = (await claimJobs(ctx, { free: 1, busy: 0 })).map(asTraining)
    expect(second?.request.runId).toBe(first?.request.runId)
    const old = first?.attemptId ?? ''
    expect(await reportAttempt(ctx, { attemptId: old, items: [loss(1, 5)] })).toEqual({
      acknowledged: 1,
      stop: true,
    })
    expect(await finishAttempt(ctx, { attemptId: old, outcome: trained() })).toEqual({ accepted: false })
    expect(points(first?.request.runId ?? '')).toEqual([])
    expect(runOf(ctx, first?.request.runId ?? '').status).toBe('running')
    const slot = { step: 1, steps: 2, stepMs: null, tensors: 0, residentBytes: 0 }
    expect(
      await heartbeat(ctx, {
        slots: [
          { attemptId: old, ...slot },
          { attemptId: second?.attemptId ?? '', ...slot },
        ],
      }),
    ).toEqual({ stop: [old] })
    expect(jobOf(ctx, first?.request.runId ?? '').attempts).toBe(2)
  })

  it('of the newest attempt that sent any are the curve: it sends what came before its checkpoint again', async () => {
    await launch()
    const [first] = (await claimJobs(ctx, { free: 1, busy: 0 })).map(asTraining)
    const runId = first?.request.runId ?? ''
    const items = [loss(1, 5, 1), loss(2, 10, 2), loss(3, 15, 3)]
    await reportAttempt(ctx, { attemptId: first?.attemptId ?? '', items })
    await recoverJobs(ctx, 'The server was stopped.')
    const [second] = (await claimJobs(ctx, { free: 1, busy: 0 })).map(asTraining)
    expect(points(runId)).toHaveLength(3)
    const again = [loss(2, 5, 1), loss(3, 10, 2), loss(4, 15, 30)]
    await reportAttempt(ctx, {
      attemptId: second?.attemptId ?? '',
      items: [{ sequence: 1, at: 1, event: { type: 'resumed', step: 10 } }, ...again],
    })
    expect(points(runId)).toEqual([
      [5, 1],
      [10, 2],
      [15, 30],
    ])
  })
})
