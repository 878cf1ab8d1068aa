import { asc, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LogBatch } from '../../core/contracts/log-batch.ts'
import type { LiveEvent } from '../../core/contracts/views.ts'
import { readMetrics } from '../../db/read-metrics.ts'
import { latestMetrics, metricKeys, metrics, params, tags } from '../../db/schema.ts'
import { createCaller } from '../../server/api/trpc/router.ts'
import type { Context } from '../../server/domain/context.ts'
import { launchExperiment } from '../../server/domain/experiments/launch-experiment.ts'
import { claimJobs } from '../../server/domain/jobs/claim-jobs.ts'
import { finishAttempt } from '../../server/domain/jobs/finish-attempt.ts'
import { reportAttempt } from '../../server/domain/jobs/report-attempt.ts'
import { asTraining, endTrained, loss, lost, openDomain, runOf } from '../support/domain-room.ts'
import { removeFolder, smallDraft, temporaryFolder } from '../support/server.ts'

let home: string
let ctx: Context
let close: () => void
let api: ReturnType<typeof createCaller>

beforeEach(async () => {
  home = temporaryFolder()
  ;({ ctx, close } = openDomain(home))
  api = createCaller(ctx)
  await launchExperiment(ctx, { draft: smallDraft({ methods: [], seeds: 1 }) })
})

afterEach(() => {
  close()
  removeFolder(home)
})

/** The teacher's run, at work. */
async function claim(): Promise<{ runId: string; attemptId: string }> {
  const [one] = (await claimJobs(ctx, { free: 1, busy: 0 })).map(asTraining)
  return { runId: one?.request.runId ?? '', attemptId: one?.attemptId ?? '' }
}

const curve = (runId: string, key: string): [number, number][] =>
  readMetrics(ctx.db.read, [runId], [key])[0]?.points ?? []

const latest = (runId: string): Record<string, { step: number; value: number; at: number }> =>
  Object.fromEntries(
    ctx.db.read
      .select()
      .from(latestMetrics)
      .innerJoin(metricKeys, eq(metricKeys.id, latestMetrics.keyId))
      .where(eq(latestMetrics.runId, runId))
      .all()
      .map(({ metric_keys: { key }, latest_metrics: { step, value, at } }) => [key, { step, value, at }]),
  )

describe('a batch of a client', () => {
  it('is stored whole and answered with what was stored', async () => {
    const { runId } = await claim()
    const answer = await api.runs.logBatch({
      runId,
      metrics: [
        { key: 'gpu/power', step: 2, value: 71.5, at: 20 },
        { key: 'gpu/power', step: 1, value: 70, at: 10 },
        { key: 'gpu/heat', step: -3, value: 1e300, at: 5 },
      ],
      params: [{ key: 'note', value: 'a' }],
      tags: [{ key: 'host', value: 'one' }],
    })
    expect(answer).toEqual({ runId, metrics: 3, params: 1, tags: 1 })
    expect(curve(runId, 'gpu/power')).toEqual([
      [1, 70],
      [2, 71.5],
    ])
    expect(curve(runId, 'gpu/heat')).toEqual([[-3, 1e300]])
    const stored = ctx.db.read.select().from(params).where(eq(params.runId, runId)).all()
    expect(stored).toContainEqual({ runId, key: 'note', value: 'a' })
  })

  it('without times is dated when it is stored', async () => {
    const { runId } = await claim()
    const before = ctx.clock.now()
    await api.runs.logBatch({ runId, metrics: [{ key: 'a', step: 0, value: 1 }] })
    expect(latest(runId)['a']?.at).toBeGreaterThanOrEqual(before)
  })

  it('that is sent again with its times is stored once', async () => {
    const { runId } = await claim()
    const points = [3, 1, 2, 2].map((step) => ({ key: 'a', step, value: step / 3, at: 100 + step }))
    const batch = { runId, metrics: points, params: [{ key: 'p', value: '1' }] }
    expect(await api.runs.logBatch(batch)).toMatchObject({ metrics: 3, params: 1 })
    expect(await api.runs.logBatch(batch)).toMatchObject({ metrics: 0, params: 0 })
    expect(curve(runId, 'a')).toEqual([1, 2, 3].map((step) => [step, step / 3]))
    // Another time or another value of the same step is another point.
    const others = [
      { key: 'a', step: 2, value: 2 / 3, at: 7 },
      { key: 'a', step: 2, value: 9, at: 102 },
    ]
    expect(await api.runs.logBatch({ runId, metrics: others })).toMatchObject({ metrics: 2 })
    expect(curve(runId, 'a').filter(([step]) => step === 2)).toHaveLength(3)
  })

  it('is taken at any state of its run', async () => {
    const { runId, attemptId } = await claim()
    await finishAttempt(ctx, { attemptId, outcome: lost })
    expect(runOf(ctx, runId).status).toBe('queued')
    await api.runs.logBatch({ runId, metrics: [{ key: 'a', step: 1, value: 1 }] })
    const [again] = (await claimJobs(ctx, { free: 1, busy: 0 })).map(asTraining)
    if (again !== undefined) await endTrained(ctx, again)
    expect(runOf(ctx, runId).status).toBe('finished')
    await api.runs.logBatch({ runId, metrics: [{ key: 'a', step: 2, value: 2 }] })
    expect(curve(runId, 'a')).toEqual([
      [1, 1],
      [2, 2],
    ])
  })

  it('leaves the highest step, then the newest time, then the highest value as the latest', async () => {
    const { runId } = await claim()
    const log = (step: number, at: number, value: number) =>
      api.runs.logBatch({ runId, metrics: [{ key: 'a', step, at, value }] })
    await log(5, 50, 1)
    await log(4, 90, 2)
    expect(latest(runId)['a']).toEqual({ step: 5, at: 50, value: 1 })
    await log(5, 60, 3)
    await log(5, 55, 4)
    expect(latest(runId)['a']).toEqual({ step: 5, at: 60, value: 3 })
    await log(5, 60, 5)
    await log(5, 60, 2)
    expect(latest(runId)['a']).toEqual({ step: 5, at: 60, value: 5 })
  })

  it('changes tags but no param', async () => {
    const { runId } = await claim()
    const value = { runId, params: [{ key: 'p', value: '1' }], tags: [{ key: 't', value: '1' }] }
    await api.runs.logBatch(value)
    await api.runs.logBatch({ ...value, tags: [{ key: 't', value: '2' }] })
    const stored = ctx.db.read.select().from(tags).where(eq(tags.runId, runId)).orderBy(asc(tags.key)).all()
    expect(stored).toContainEqual({ runId, key: 't', value: '2' })
    await expect(
      api.runs.logBatch({
        runId,
        metrics: [{ key: 'lost', step: 1, value: 1 }],
        params: [{ key: 'p', value: '2' }],
        tags: [{ key: 't', value: '3' }],
      }),
    ).rejects.toMatchObject({ code: 'CONFLICT', message: /^params\.0: the param "p" is "1" and stays so/ })
    // All or nothing.
    expect(curve(runId, 'lost')).toEqual([])
    expect(ctx.db.read.select().from(tags).where(eq(tags.runId, runId)).all()).toEqual(stored)
  })

  it('is told to the pages that look', async () => {
    const { runId } = await claim()
    const events: LiveEvent[] = []
    const leave = ctx.bus.subscribe(({ event }) => events.push(event))
    await api.runs.logBatch({ runId, metrics: [{ key: 'a', step: 1, value: 2, at: 3 }] })
    leave()
    const { experimentId } = runOf(ctx, runId)
    expect(events).toEqual([
      {
        type: 'metrics',
        experimentId,
        runId,
        armId: 'teacher',
        seed: runOf(ctx, runId).seed,
        points: [{ key: 'a', step: 1, value: 2 }],
      },
    ])
  })
})

describe('the page of a run', () => {
  it('shows what clients logged, beside the curves of the training', async () => {
    const { runId, attemptId } = await claim()
    expect((await api.runs.page({ runId })).logged).toEqual({ keys: 0, series: [] })
    await reportAttempt(ctx, { attemptId, items: [loss(1, 1, 9)] })
    await api.runs.logBatch({
      runId,
      metrics: [
        { key: 'gpu/power', step: 2, value: 71, at: 5 },
        { key: 'gpu/power', step: 1, value: 70, at: 5 },
        // Of a step the newest value counts, in whatever order they come.
        { key: 'gpu/power', step: 2, value: 99, at: 4 },
        { key: 'a', step: 0, value: 1 },
      ],
    })
    const page = await api.runs.page({ runId })
    expect(page.logged).toEqual({
      keys: 2,
      series: [
        { key: 'a', steps: 1, points: [[0, 1]] },
        {
          key: 'gpu/power',
          steps: 2,
          points: [
            [1, 70],
            [2, 71],
          ],
        },
      ],
    })
    expect(Object.keys(page.curves)).toEqual(['train/loss'])
  })

  it('counts all of a long series and draws its ends, and names how many metrics there are', async () => {
    const { runId } = await claim()
    for (let from = 0; from < 10_000; from += 1_000) {
      const points = Array.from({ length: 1_000 }, (_, at) => ({
        key: 'long',
        step: from + at,
        value: (from + at) ** 2,
      }))
      await api.runs.logBatch({ runId, metrics: points })
    }
    const keys = Array.from({ length: 40 }, (_, at) => ({ key: `m${at}`, step: 0, value: at }))
    await api.runs.logBatch({ runId, metrics: keys })
    const { logged } = await api.runs.page({ runId })
    expect(logged.keys).toBe(41)
    expect(logged.series).toHaveLength(24)
    const [long] = logged.series
    expect(long?.steps).toBe(10_000)
    expect(long?.points).toHaveLength(400)
    expect(long?.points[0]).toEqual([0, 0])
    expect(long?.points.at(-1)).toEqual([9_999, 9_999 ** 2])
  })
})

describe('beside the points of a training', () => {
  it('those of a client are neither hidden by a new attempt nor hide it', async () => {
    const first = await claim()
    const { runId } = first
    await reportAttempt(ctx, { attemptId: first.attemptId, items: [loss(1, 1, 9), loss(2, 2, 9)] })
    await api.runs.logBatch({ runId, metrics: [{ key: 'mine', step: 1, value: 1 }] })
    await finishAttempt(ctx, { attemptId: first.attemptId, outcome: lost })
    await api.runs.logBatch({ runId, metrics: [{ key: 'mine', step: 2, value: 2 }] })
    // No point of the second attempt yet: those of the first still are the curve.
    const second = await claim()
    expect(second.runId).toBe(runId)
    expect(curve(runId, 'train/loss')).toEqual([
      [1, 9],
      [2, 9],
    ])
    await reportAttempt(ctx, { attemptId: second.attemptId, items: [loss(1, 1, 8)] })
    expect(curve(runId, 'train/loss')).toEqual([[1, 8]])
    expect(curve(runId, 'mine')).toEqual([
      [1, 1],
      [2, 2],
    ])
  })

  it('those of a client stay with their run when its result is used again', async () => {
    const { runId, attemptId } = await claim()
    await reportAttempt(ctx, { attemptId, items: [loss(1, 1, 9)] })
    await api.runs.logBatch({ runId, metrics: [{ key: 'mine', step: 1, value: 1 }] })
    await finishAttempt(ctx, { attemptId, outcome: lost })
    const [again] = (await claimJobs(ctx, { free: 1, busy: 0 })).map(asTraining)
    if (again === undefined) throw new Error('no second attempt')
    await reportAttempt(ctx, { attemptId: again.attemptId, items: [loss(1, 1, 7)] })
    await endTrained(ctx, again)
    const { id } = await launchExperiment(ctx, { draft: smallDraft({ methods: [], seeds: 2 }) })
    const [teacher] = await api.experiments.runs({ id })
    const reused = teacher?.runId ?? ''
    expect(runOf(ctx, reused).reusedFrom).toBe(runId)
    expect(curve(reused, 'train/loss')).toEqual([[1, 7]])
    expect(curve(reused, 'mine')).toEqual([])
    expect(Object.keys(latest(reused)).toSorted()).toEqual(['test/accuracy', 'train/loss'])
    expect(latest(reused)['train/loss']?.value).toBe(7)
  })
})

describe('a batch is refused', () => {
  const point = { key: 'a', step: 1, value: 1 }
  const refusal = async (batch: object): Promise<string> => {
    const parsed = LogBatch.safeParse({ runId: 'r', ...batch })
    const issue = parsed.error?.issues[0]
    return issue === undefined ? 'taken' : `${issue.path.join('.')}: ${issue.message}`
  }

  it.each([Number.NaN, Infinity, null, '1'])('with the value %s, by its place and name', async (value) => {
    expect(await refusal({ metrics: [point, { ...point, key: 'my/loss', value }] })).toBe(
      `metrics.1: The value of "my/loss" at step 1 is ${String(value)}: only finite numbers are stored. Leave this point out, or say in a tag what happened.`,
    )
  })

  it.each([
    [{ step: 1.5 }, 'The step of "a" is 1.5: send a whole number.'],
    [{ at: -1 }, 'The time of "a" is -1: send milliseconds since 1970, or leave it out.'],
    [{ key: '' }, 'A name has 1 to 250 characters, not spaces alone: letters, digits, spaces, and _ / . - :'],
    [
      { key: ' ' },
      'A name has 1 to 250 characters, not spaces alone: letters, digits, spaces, and _ / . - :',
    ],
    [
      { key: '\u3164' },
      'A name has 1 to 250 characters, not spaces alone: letters, digits, spaces, and _ / . - :',
    ],
    [
      { key: 'a*b' },
      'A name has 1 to 250 characters, not spaces alone: letters, digits, spaces, and _ / . - :',
    ],
    [
      { key: 'k'.repeat(251) },
      'A name has 1 to 250 characters, not spaces alone: letters, digits, spaces, and _ / . - :',
    ],
    // Left out of sight, a time under another name would make every repetition a new point.
    [{ timestamp: 5 }, 'A point has key, step, value and perhaps at; "timestamp" is none of them.'],
  ])('with %j in a point', async (change, message) => {
    expect(await refusal({ metrics: [{ ...point, ...change }] })).toBe(`metrics.0: ${message}`)
  })

  it('with a list under a name that is none, instead of storing nothing', async () => {
    expect(await refusal({ metric: [point] })).toMatch(/Unrecognized key: "metric"/)
    expect(await refusal({ tags: [{ key: 'a', value: 'b', at: 1 }] })).toMatch(/^tags\.0: Unrecognized key/)
  })

  it('past the limits of a request, and taken at them', async () => {
    const many = <T>(one: T, count: number): T[] => Array.from({ length: count }, () => one)
    const text = { key: 'k'.repeat(250), value: 'v' }
    const limits = { metrics: many(point, 1_000), params: many(text, 100), tags: many(text, 100) }
    expect(await refusal(limits)).toBe('taken')
    expect(await refusal({ metrics: many(point, 1_001) })).toBe(
      'metrics: At most 1000 metrics a request: send the rest in further requests.',
    )
    expect(await refusal({ params: many(text, 101) })).toMatch(/^params: At most 100 params/)
    expect(await refusal({ tags: many(text, 101) })).toMatch(/^tags: At most 100 tags/)
    expect(await refusal({ tags: [{ key: 'a', value: 'v'.repeat(8_001) }] })).toMatch(/^tags\.0\.value: At/)
  })

  it.each(['train/loss', 'validation/anything', 'test/accuracy', 'learning-rate', 'gap/nll'])(
    'with %s, which the training itself writes',
    async (key) => {
      const { runId } = await claim()
      await expect(api.runs.logBatch({ runId, metrics: [point, { ...point, key }] })).rejects.toMatchObject({
        code: 'BAD_REQUEST',
        message: `metrics.1: "${key}" is a metric that the training itself writes. Log yours under another name, e.g. "client/${key}".`,
      })
      expect(ctx.db.read.select().from(metrics).where(eq(metrics.runId, runId)).all()).toEqual([])
    },
  )

  it('with a tag of the server, or for a run that does not exist', async () => {
    const { runId } = await claim()
    await expect(
      api.runs.logBatch({ runId, tags: [{ key: 'stillhouse.node', value: 'v1' }] }),
    ).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await expect(api.runs.logBatch({ runId: 'nobody', metrics: [point] })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: 'There is no run nobody. Its page shows the id of a run.',
    })
  })
})
