import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RunPage } from '../../core/contracts/views.ts'
import { logLines, metrics } from '../../db/schema.ts'
import type { Context } from '../../server/domain/context.ts'
import { launchExperiment } from '../../server/domain/experiments/launch-experiment.ts'
import { claimJobs } from '../../server/domain/jobs/claim-jobs.ts'
import { reportAttempt } from '../../server/domain/jobs/report-attempt.ts'
import { readRun } from '../../server/domain/runs/read-run.ts'
import { asTraining, loss, openDomain } from '../support/domain-room.ts'
import { removeFolder, smallDraft, temporaryFolder } from '../support/server.ts'
import { faultsOf } from './disturbed.ts'
import { emptyRow } from './event-row.ts'
import { createLedger, doubledPoints } from './ledger.ts'
import { planEvents } from './plan-events.ts'
import { isMet, type TortureResult } from './run-torture.ts'
import { differences, type Table } from './table.ts'
import { createTimeWatch } from './time-watch.ts'

let home: string
let ctx: Context
let close: () => void
let runId: string

beforeEach(async () => {
  home = temporaryFolder()
  ;({ ctx, close } = openDomain(home))
  await launchExperiment(ctx, { draft: smallDraft({ methods: [], seeds: 1 }) })
  const training = asTraining((await claimJobs(ctx, { free: 1, busy: 0 }))[0])
  runId = training.request.runId
  const line = { sequence: 3, at: 1, event: { type: 'log', level: 'info', text: 'begins' } } as const
  await reportAttempt(ctx, {
    attemptId: training.attemptId,
    items: [loss(1, 5, 0.5), loss(2, 10, 0.25), line],
  })
})

afterEach(() => {
  close()
  removeFolder(home)
})

const change = (work: (db: Context['db']['read']) => void): Promise<void> =>
  ctx.db.withTransaction((tx) => work(tx.db))

describe('the ledger', () => {
  it('finds what it was told, and names each point or line that is gone', async () => {
    const ledger = createLedger()
    ledger.point(runId, 'train/loss', 5, 0.5)
    ledger.client(runId, 'train/loss', 10, 0.25)
    const [line] = ctx.db.read.select().from(logLines).all()
    ledger.line(runId, line?.at ?? 0, 'begins')
    expect(ledger.lost(ctx.db.read)).toEqual([])
    expect(ledger.unread(ctx.db.read)).toEqual([])
    await change((db) => {
      db.delete(metrics).where(eq(metrics.step, 5)).run()
      db.delete(logLines).run()
    })
    expect(ledger.lost(ctx.db.read)).toEqual([`${runId} train/loss 5 0.5`, `${runId} ${line?.at} begins`])
    expect(ledger.unread(ctx.db.read)).toEqual([`${runId} train/loss 5 0.5`])
  })

  it('takes a point with another value for a lost one', () => {
    const ledger = createLedger()
    ledger.point(runId, 'train/loss', 5, 0.75)
    expect(ledger.lost(ctx.db.read)).toHaveLength(1)
  })
})

describe('points that are read twice', () => {
  it('are found, and those of an attempt that is superseded are none', async () => {
    expect(doubledPoints(ctx.db.read)).toEqual([])
    const [point] = ctx.db.read.select().from(metrics).where(eq(metrics.step, 5)).all()
    if (point === undefined) throw new Error('The point is gone.')
    const sendAgain = () =>
      change(
        (db) =>
          void db
            .insert(metrics)
            .values({ ...point, attempt: point.attempt + 1 })
            .run(),
      )
    await sendAgain()
    expect(doubledPoints(ctx.db.read)).toEqual([])
    await sendAgain()
    expect(doubledPoints(ctx.db.read)).toEqual([`${runId} train/loss 5`])
  })
})

describe('the watch on times', () => {
  it('finds an attempt that begins before the one before it ended, and a start that moved', () => {
    const page: RunPage = readRun(ctx, { runId })
    const watch = createTimeWatch()
    watch.run(page)
    expect(watch.backward()).toEqual([])
    const attempt = { number: 1, state: 'lost', reason: null, resumedFromStep: null } as const
    watch.run({
      ...page,
      startedAt: (page.startedAt ?? 0) + 1,
      attempts: [
        { ...attempt, startedAt: 10, endedAt: 20 },
        { ...attempt, number: 2, startedAt: 15, endedAt: null },
      ],
    })
    expect(watch.backward()).toHaveLength(2)
  })
})

describe('two tables', () => {
  it('differ by the names of the facts that are not the same, also where one is missing', () => {
    const one: Table = new Map<string, unknown>([
      ['a', [1, 2]],
      ['b', null],
    ])
    expect(differences(one, new Map(one))).toEqual([])
    expect(differences(one, new Map<string, unknown>([['a', [1, 2.5]]]))).toEqual(['a', 'b'])
  })
})

describe('the goals', () => {
  const good = { ...emptyRow('k', 1), lost: 0, doubled: 0, orphans: 0, backward: 0, sameTable: true }
  const result = (...events: TortureResult['events']): TortureResult => ({
    seed: 1,
    kills: 1,
    experiments: 1,
    acknowledged: { points: 1, lines: 1, client: 1 },
    seconds: 1,
    events,
  })

  it('are met by good events and those that could not be tried, and by nothing else', () => {
    expect(isMet(result(good, emptyRow('not tried', 1)))).toBe(true)
    expect(isMet(result())).toBe(false)
    for (const bad of [{ lost: 1 }, { doubled: 1 }, { orphans: 1 }, { backward: 1 }, { sameTable: false }]) {
      expect(isMet(result(good, { ...good, ...bad }))).toBe(false)
    }
  })
})

describe('an experiment that nothing disturbed', () => {
  it('is judged by what it loses, doubles, shows backward, does not read or leaves', () => {
    const sound = { worse: { lost: 0, doubled: 0, backward: 0 }, back: [], unread: [], left: [] }
    expect(faultsOf(sound)).toEqual([])
    expect(faultsOf({ ...sound, worse: { lost: 2, doubled: 1, backward: 0 } })).toEqual([
      'lost: 2',
      'doubled: 1',
    ])
    expect(faultsOf({ ...sound, back: ['a start moved'] })).toEqual(['backward: a start moved'])
    expect(faultsOf({ ...sound, unread: ['a point'] })).toEqual(['not read: a point'])
    expect(faultsOf({ ...sound, left: ['a lease is left'] })).toEqual(['a lease is left'])
  })
})

describe('a plan', () => {
  it('is the same for the same seed, has as many kills as asked for, and tries everything else once', () => {
    const kinds = (seed: number): string[] => planEvents(30, seed).map(({ kind }) => kind)
    expect(kinds(3)).toEqual(kinds(3))
    expect(kinds(3)).not.toEqual(kinds(4))
    expect(planEvents(30, 3).filter(({ kill }) => kill === true)).toHaveLength(30)
    const others = planEvents(30, 3).filter(({ kill }) => kill !== true)
    expect(new Set(others.map(({ kind }) => kind)).size).toBe(others.length)
  })
})
