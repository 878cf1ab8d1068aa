import { asc, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { logLines, runs } from '../../db/schema.ts'
import type { Context } from '../../server/domain/context.ts'
import { endWordlessRuns } from '../../server/domain/experiments/end-wordless-runs.ts'
import { launchExperiment } from '../../server/domain/experiments/launch-experiment.ts'
import { claimJobs } from '../../server/domain/jobs/claim-jobs.ts'
import { finishAttempt } from '../../server/domain/jobs/finish-attempt.ts'
import { recoverJobs } from '../../server/domain/jobs/recover-jobs.ts'
import { reportAttempt } from '../../server/domain/jobs/report-attempt.ts'
import { cancelRun } from '../../server/domain/runs/cancel-run.ts'
import { listRuns } from '../../server/domain/runs/list-runs.ts'
import { readRun } from '../../server/domain/runs/read-run.ts'
import { readVerdict } from '../../server/domain/verdicts/read-verdict.ts'
import { readVerdictPage } from '../../server/domain/verdicts/read-verdict-page.ts'
import { endAnswered } from '../support/designed-answers.ts'
import { asTraining, loss, lost, openDomain, runOf } from '../support/domain-room.ts'
import { removeFolder, smallDraft, temporaryFolder } from '../support/server.ts'

const soft = { name: 'soft-targets', temperature: 4, hardLabelWeight: 0.1, softTargetWeight: 0.9 } as const

let home: string
let ctx: Context
let close: () => void
let id: string

beforeEach(async () => {
  home = temporaryFolder()
  ;({ ctx, close } = openDomain(home))
  ;({ id } = await launchExperiment(ctx, { draft: smallDraft({ methods: [soft], seeds: 3 }) }))
})

afterEach(() => {
  close()
  removeFolder(home)
})

const runsOf = (armId: string): (typeof runs.$inferSelect)[] =>
  ctx.db.read.select().from(runs).where(eq(runs.armId, armId)).orderBy(asc(runs.seed)).all()
const runIdOf = (armId: string): string => runsOf(armId)[0]?.id ?? ''
const statuses = (): Set<string> =>
  new Set(
    ctx.db.read
      .select({ status: runs.status })
      .from(runs)
      .all()
      .map(({ status }) => status),
  )
const logOf = (runId: string): string[] =>
  ctx.db.read
    .select({ text: logLines.text })
    .from(logLines)
    .where(eq(logLines.runId, runId))
    .orderBy(asc(logLines.id))
    .all()
    .map(({ text }) => text)

describe('cancelling a run of the control', () => {
  it('is said beforehand to take the word of every arm', () => {
    expect(readRun(ctx, { runId: runIdOf('scratch') }).cancelling).toEqual({
      arms: ['Soft targets', 'Label smoothing'],
      all: true,
      decidedBefore: false,
      runs: 9,
    })
  })

  it('leaves runs that can only add figures, which can be ended together', async () => {
    expect(await cancelRun(ctx, { runId: runIdOf('scratch') })).toEqual({ runs: 1 })
    const verdict = readVerdict(ctx, { id })
    expect(verdict.headline).toMatch(/^No verdict will come: a run of the control was cancelled/)
    expect(verdict.outlook).toMatchObject({ all: true, runs: 9 })
    expect(await endWordlessRuns(ctx, { id })).toEqual({ runs: 9 })
    expect(statuses()).toEqual(new Set(['cancelled']))
    const after = readVerdict(ctx, { id })
    expect(after.outlook).toBeNull()
    expect(after.headline).toMatch(/^No verdict: a run of the control was cancelled/)
    expect(after.looks.map(({ state }) => state)).toEqual(['cut short'])
    expect(`${after.headline} ${after.text}`).not.toContain('experiment was cancelled')
  })

  it('ends them with it where that is asked for, what runs among them by its worker', async () => {
    const [teacher] = (await claimJobs(ctx, { free: 1, busy: 0 })).map(asTraining)
    expect(await cancelRun(ctx, { runId: runIdOf('scratch'), wordless: 'end' })).toEqual({ runs: 10 })
    expect(statuses()).toEqual(new Set(['cancelled', 'running']))
    expect(readVerdict(ctx, { id }).outlook).toMatchObject({ runs: 0 })
    await finishAttempt(ctx, { attemptId: teacher?.attemptId ?? '', outcome: { type: 'cancelled' } })
    expect(statuses()).toEqual(new Set(['cancelled']))
  })
})

describe('cancelling another run', () => {
  it('of a method takes the word of its arm alone, and the control goes on', async () => {
    expect(readRun(ctx, { runId: runIdOf('soft-targets-t4') }).cancelling).toMatchObject({
      arms: ['Soft targets'],
      all: false,
    })
    await cancelRun(ctx, { runId: runIdOf('soft-targets-t4'), wordless: 'end' })
    expect(new Set(runsOf('soft-targets-t4').map(({ status }) => status))).toEqual(new Set(['cancelled']))
    expect(new Set(runsOf('scratch').map(({ status }) => status))).toEqual(new Set(['queued']))
    expect(readVerdict(ctx, { id }).text).toContain('No verdict will come for soft targets')
    expect(readVerdict(ctx, { id }).looks.map(({ state }) => state)).toEqual(['under way'])
  })

  it('of the teacher blocks what learns from it, so that nothing of that is offered to go on', () => {
    expect(readRun(ctx, { runId: runIdOf('teacher') }).cancelling).toMatchObject({
      arms: ['Soft targets'],
      runs: 0,
    })
  })

  it('is refused where every run can still give a word', async () => {
    await expect(endWordlessRuns(ctx, { id })).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('a run that is ended before its time', () => {
  it('keeps the step where it stopped, on its page and in the list of runs', async () => {
    const [teacher] = (await claimJobs(ctx, { free: 1, busy: 0 })).map(asTraining)
    const { attemptId = '' } = teacher ?? {}
    await reportAttempt(ctx, { attemptId, items: [loss(1, 20)] })
    await cancelRun(ctx, { runId: runIdOf('teacher') })
    await finishAttempt(ctx, { attemptId, outcome: { type: 'cancelled', step: 37 } })
    expect(readRun(ctx, { runId: runIdOf('teacher') })).toMatchObject({ step: 37, steps: 120 })
    const row = listRuns(ctx, { id }).find(({ armId }) => armId === 'teacher')
    expect(row?.steps).toBe(37)
    const blocked = listRuns(ctx, { id }).filter(({ status }) => status === 'blocked')
    expect(blocked.map(({ steps }) => steps)).toEqual([null, null, null])
    expect(row?.epochs).toBeGreaterThan(0)
  })

  it('of an older version, or unheard of at its end, knows its newest point', async () => {
    const [teacher] = (await claimJobs(ctx, { free: 1, busy: 0 })).map(asTraining)
    const { attemptId = '' } = teacher ?? {}
    await reportAttempt(ctx, { attemptId, items: [loss(1, 20)] })
    await cancelRun(ctx, { runId: runIdOf('teacher') })
    await recoverJobs(ctx, 'The server ended under it.')
    expect(readRun(ctx, { runId: runIdOf('teacher') }).step).toBe(20)
  })
})

describe('the log of a run that is tried again', () => {
  it('says why, and that it begins anew or goes on', async () => {
    const [first] = (await claimJobs(ctx, { free: 1, busy: 0 })).map(asTraining)
    await finishAttempt(ctx, { attemptId: first?.attemptId ?? '', outcome: lost })
    const [second] = (await claimJobs(ctx, { free: 1, busy: 0 })).map(asTraining)
    expect(logOf(runIdOf('teacher'))).toEqual([
      'Attempt 1 ended early. The trainer was ended by SIGKILL.',
      'Attempt 2 begins at the first step: there is no checkpoint to go on from.',
    ])
    const path = `${second?.request.scratch}/checkpoint.bin`
    await reportAttempt(ctx, {
      attemptId: second?.attemptId ?? '',
      items: [{ sequence: 1, at: 1, event: { type: 'checkpoint', path, step: 1500 } }],
    })
    await recoverJobs(ctx, 'The server ended under it.')
    const [third] = (await claimJobs(ctx, { free: 1, busy: 0 })).map(asTraining)
    await reportAttempt(ctx, {
      attemptId: third?.attemptId ?? '',
      items: [{ sequence: 1, at: 1, event: { type: 'resumed', step: 1500 } }],
    })
    expect(logOf(runIdOf('teacher')).slice(2)).toEqual([
      'Attempt 2 ended early. The server ended under it.',
      'Attempt 3 goes on from step 1,500, where its last checkpoint was.',
    ])
  })
})

describe('what to do next follows the cause', () => {
  const endAll = async (failing: string, end: (attemptId: string) => Promise<unknown>): Promise<void> => {
    for (;;) {
      const claimed = await claimJobs(ctx, { free: 9, busy: 0 })
      if (claimed.length === 0 || claimed.some((one) => one.kind !== 'train')) return
      for (const one of claimed.map(asTraining)) {
        if (one.request.spec.armId === failing) await end(one.attemptId)
        else await endAnswered(ctx, one, () => true)
      }
    }
  }

  it('where runs ended at the memory limit', async () => {
    const outcome = {
      type: 'failed',
      reason: 'out-of-memory',
      text: 'It held too much. Less is more.',
    } as const
    await endAll('scratch', (attemptId) => finishAttempt(ctx, { attemptId, outcome }))
    expect(runOf(ctx, runIdOf('scratch')).failure).toBe('out-of-memory')
    const { comparisons, next } = await readVerdictPage(ctx, { id })
    expect(comparisons[0]?.reason).toBe(
      '3 of 3 planned seeds of the control are missing (it ran out of memory)',
    )
    expect(next.map(({ title }) => title)).toEqual(['Make room in memory first'])
  })

  it('where the teacher diverged', async () => {
    const outcome = { type: 'diverged', step: 3, epochs: 0.1, text: 'The loss is not finite.' } as const
    await endAll('teacher', (attemptId) => finishAttempt(ctx, { attemptId, outcome }))
    const { comparisons, next } = await readVerdictPage(ctx, { id })
    const distilled = comparisons.find(({ arm }) => arm === 'soft-targets-t4')
    expect(distilled?.reason).toBe('3 of 3 planned seeds are missing (its teacher diverged)')
    expect(next[0]?.title).toBe('Make the training steady first')
  })
})
