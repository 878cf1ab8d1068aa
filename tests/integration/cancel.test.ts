import fs from 'node:fs'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DemoDocument } from '../../core/contracts/demo-document.ts'
import { experiments, jobs, runs } from '../../db/schema.ts'
import type { Context } from '../../server/domain/context.ts'
import { cancelExperiment } from '../../server/domain/experiments/cancel-experiment.ts'
import { launchExperiment } from '../../server/domain/experiments/launch-experiment.ts'
import { readDocument } from '../../server/domain/experiments/read-document.ts'
import { claimJobs } from '../../server/domain/jobs/claim-jobs.ts'
import { finishAttempt } from '../../server/domain/jobs/finish-attempt.ts'
import { heartbeat } from '../../server/domain/jobs/heartbeat.ts'
import { recoverJobs } from '../../server/domain/jobs/recover-jobs.ts'
import { reportAttempt } from '../../server/domain/jobs/report-attempt.ts'
import { cancelRun } from '../../server/domain/runs/cancel-run.ts'
import { readVerdict } from '../../server/domain/verdicts/read-verdict.ts'
import { asTraining, endTrained, jobOf, openDomain, runOf } from '../support/domain-room.ts'
import { removeFolder, smallDraft, temporaryFolder } from '../support/server.ts'

const soft = { name: 'soft-targets', temperature: 4, hardLabelWeight: 0.1, softTargetWeight: 0.9 } as const

let home: string
let ctx: Context
let close: () => void
let id: string

beforeEach(async () => {
  home = temporaryFolder()
  ;({ ctx, close } = openDomain(home))
  ;({ id } = await launchExperiment(ctx, { draft: smallDraft({ methods: [soft], seeds: 1 }) }))
})

afterEach(() => {
  close()
  removeFolder(home)
})

const runIdOf = (armId: string): string =>
  ctx.db.read.select().from(runs).where(eq(runs.armId, armId)).get()?.id ?? ''

const experiment = () => ctx.db.read.select().from(experiments).where(eq(experiments.id, id)).get()

const statusOf = (armId: string): string => runOf(ctx, runIdOf(armId)).status

describe('cancelling a run', () => {
  it('that waits or is queued ends it at once', async () => {
    for (const arm of ['soft-targets-t4', 'scratch']) {
      await cancelRun(ctx, { runId: runIdOf(arm) })
      expect(statusOf(arm)).toBe('cancelled')
      expect(jobOf(ctx, runIdOf(arm)).state).toBe('cancelled')
    }
    const claimed = await claimJobs(ctx, { free: 9, busy: 0 })
    expect(claimed.map((one) => asTraining(one).request.spec.armId)).toEqual(['teacher', 'label-smoothing'])
  })

  it('that runs asks its worker to stop, by heartbeat and by report, and ends with its answer', async () => {
    const [teacher] = (await claimJobs(ctx, { free: 1, busy: 0 })).map(asTraining)
    const { attemptId = '' } = teacher ?? {}
    await cancelRun(ctx, { runId: runIdOf('teacher') })
    expect(statusOf('teacher')).toBe('running')
    const slot = { attemptId, step: 1, steps: 2, stepMs: null, tensors: 0, residentBytes: 0 }
    expect(await heartbeat(ctx, { slots: [slot] })).toEqual({ stop: [attemptId] })
    const line = { type: 'log', level: 'info', text: 'still here' } as const
    expect(await reportAttempt(ctx, { attemptId, items: [{ sequence: 1, at: 1, event: line }] })).toEqual({
      acknowledged: 1,
      stop: true,
    })
    await finishAttempt(ctx, { attemptId, outcome: { type: 'cancelled' } })
    expect(statusOf('teacher')).toBe('cancelled')
    expect(runOf(ctx, runIdOf('soft-targets-t4'))).toMatchObject({
      status: 'blocked',
      reason: 'Its teacher was cancelled.',
    })
    expect(statusOf('scratch')).toBe('queued')
  })

  it('that has ended, or that does not exist, is refused in words', async () => {
    await cancelRun(ctx, { runId: runIdOf('scratch') })
    await expect(cancelRun(ctx, { runId: runIdOf('scratch') })).rejects.toMatchObject({
      code: 'conflict',
      message: 'This run has already ended (cancelled).',
    })
    await expect(cancelRun(ctx, { runId: 'nobody' })).rejects.toMatchObject({
      code: 'not-found',
      message: 'There is no run nobody.',
    })
  })

  it('that was interrupted before removes its checkpoints', async () => {
    const [teacher] = (await claimJobs(ctx, { free: 1, busy: 0 })).map(asTraining)
    fs.writeFileSync(`${teacher?.request.scratch}/checkpoint.bin`, 'state')
    await recoverJobs(ctx, 'The server was stopped.')
    await cancelRun(ctx, { runId: runIdOf('teacher') })
    expect(fs.readdirSync(ctx.folder.scratch)).toEqual([])
  })
})

describe('cancelling an experiment', () => {
  it('drops what is queued, stops what runs, and keeps what was finished', async () => {
    const [teacher, scratch] = (await claimJobs(ctx, { free: 2, busy: 0 })).map(asTraining)
    if (teacher === undefined || scratch === undefined) throw new Error('Two were asked for.')
    await endTrained(ctx, scratch)
    await cancelExperiment(ctx, { id })
    expect(experiment()?.status).toBe('cancelled')
    expect(statusOf('scratch')).toBe('finished')
    expect(statusOf('label-smoothing')).toBe('cancelled')
    expect(statusOf('soft-targets-t4')).toBe('cancelled')
    expect(statusOf('teacher')).toBe('running')
    expect(await claimJobs(ctx, { free: 9, busy: 1 })).toEqual([])
    await finishAttempt(ctx, { attemptId: teacher.attemptId, outcome: { type: 'cancelled' } })
    expect(statusOf('teacher')).toBe('cancelled')
    expect(experiment()?.status).toBe('cancelled')
    expect(experiment()?.decidedAt).not.toBeNull()
    expect(await claimJobs(ctx, { free: 9, busy: 0 })).toEqual([])
  })

  it('before anything ran has a page, a verdict without words and a document', async () => {
    await cancelExperiment(ctx, { id })
    const verdict = readVerdict(ctx, { id })
    expect(verdict.state).toBe('stopped')
    for (const comparison of verdict.comparisons) {
      expect(comparison.word).toBeNull()
      expect(comparison.reason).not.toBeNull()
    }
    const { comparisons } = DemoDocument.parse(readDocument(ctx, { id }))
    expect(comparisons.filter((one) => one.family === 'primary')).toHaveLength(2)
  })

  it('and then losing the server still ends its runs and its verdict', async () => {
    await claimJobs(ctx, { free: 1, busy: 0 })
    await cancelExperiment(ctx, { id })
    await recoverJobs(ctx, 'The server was stopped.')
    expect(statusOf('teacher')).toBe('cancelled')
    expect(readVerdict(ctx, { id }).state).toBe('stopped')
    const open = ctx.db.read.select().from(jobs).all()
    expect(open.filter((job) => !['cancelled', 'done'].includes(job.state))).toEqual([])
  })

  it('whose last training ends well all the same leaves it cancelled, and starts nothing after it', async () => {
    const claimed = (await claimJobs(ctx, { free: 9, busy: 0 })).map(asTraining)
    await cancelExperiment(ctx, { id })
    for (const one of claimed) await endTrained(ctx, one)
    expect(statusOf('teacher')).toBe('finished')
    expect(statusOf('soft-targets-t4')).toBe('cancelled')
    expect(experiment()?.status).toBe('cancelled')
    expect(await claimJobs(ctx, { free: 9, busy: 0 })).toEqual([])
  })

  it('that has ended, or that does not exist, is refused in words', async () => {
    await cancelExperiment(ctx, { id })
    await expect(cancelExperiment(ctx, { id })).rejects.toMatchObject({ code: 'conflict' })
    await expect(cancelExperiment(ctx, { id: 'nobody' })).rejects.toMatchObject({ code: 'not-found' })
  })
})
