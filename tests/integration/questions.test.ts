import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ExperimentDraftInput } from '../../core/contracts/protocol.ts'
import type { VerdictPage } from '../../core/contracts/verdict-page.ts'
import { attempts, experiments, jobs, latencyBlocks, protocols } from '../../db/schema.ts'
import type { Context } from '../../server/domain/context.ts'
import { extendExperiment } from '../../server/domain/experiments/extend-experiment.ts'
import { launchExperiment } from '../../server/domain/experiments/launch-experiment.ts'
import { readDocument } from '../../server/domain/experiments/read-document.ts'
import { claimJobs } from '../../server/domain/jobs/claim-jobs.ts'
import { finishAttempt } from '../../server/domain/jobs/finish-attempt.ts'
import { readVerdictPage } from '../../server/domain/verdicts/read-verdict-page.ts'
import { sha256 } from '../../server/platform/hash.ts'
import { scattered, trainAnswered, type Answers } from '../support/designed-answers.ts'
import { openDomain } from '../support/domain-room.ts'
import { removeFolder, smallDraft, temporaryFolder } from '../support/server.ts'

const soft = { name: 'soft-targets', temperature: 4, hardLabelWeight: 0.1, softTargetWeight: 0.9 } as const
const softArm = 'soft-targets-t4'

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

/** Networks that are right on one nested set of examples, with a little luck of their own. */
const answers =
  (accuracy: Record<string, number>, luck = 0.01): Answers =>
  (armId, seed, example) =>
    scattered(1, example) < (accuracy[armId] ?? 0.97) + luck * (scattered(armId.length, seed, example) - 0.5)

const run = async (changes: Partial<ExperimentDraftInput>, given: Answers): Promise<string> => {
  const draft = smallDraft({ methods: [soft], seeds: 5, margin: 0.05, ...changes })
  const { id } = await launchExperiment(ctx, { draft })
  await trainAnswered(ctx, given)
  return id
}

const page = (id: string): Promise<VerdictPage> => readVerdictPage(ctx, { id })

const wordOf = ({ secondary }: VerdictPage, family: string, arm = softArm): string | null | undefined =>
  secondary.find((one) => one.family === family && one.arm === arm)?.word

/** Ends the jobs after the trainings, the latency job with blocks that were measured elsewhere. */
async function measured(id: string, teacherMs: number, studentMs: number): Promise<void> {
  for (;;) {
    await claimJobs(ctx, { free: 1, busy: 0 })
    const leased = ctx.db.read
      .select({ attemptId: attempts.id, kind: jobs.kind })
      .from(attempts)
      .innerJoin(jobs, eq(jobs.id, attempts.jobId))
      .where(eq(attempts.state, 'running'))
      .get()
    if (leased === undefined) return
    if (leased.kind === 'profile') await storeBlocks(id, { teacher: teacherMs, student: studentMs })
    await finishAttempt(ctx, {
      attemptId: leased.attemptId,
      outcome: leased.kind === 'profile' ? { type: 'profiled' } : { type: 'fidelity-measured', runs: [] },
    })
  }
}

const storeBlocks = (experimentId: string, times: Record<string, number>): Promise<void> =>
  ctx.db.withTransaction(({ db }) => {
    for (const [itemId, time] of Object.entries(times)) {
      for (let block = 0; block < 10; block++) {
        const p50Ms = time * (1 + 0.02 * scattered(time, block))
        const figures = { p50Ms, p90Ms: p50Ms * 1.2, throughput: 1000 / p50Ms }
        db.insert(latencyBlocks)
          .values({ experimentId, itemId, block, attempt: 1, ...figures })
          .run()
      }
    }
  })

describe('the questions of an experiment', () => {
  it('are all answered where a teacher helps and smoothing does not', async () => {
    const id = await run(
      {},
      answers({ scratch: 0.6, 'label-smoothing': 0.6, [softArm]: 0.85, teacher: 0.85 }),
    )
    const found = await page(id)
    expect(found.comparisons.find(({ arm }) => arm === softArm)?.word).toBe('helped')
    expect(wordOf(found, 'nll')).toBe('helped')
    expect(wordOf(found, 'brier')).toBe('helped')
    expect(wordOf(found, 'gap')).toBe('smaller')
    expect(found.smoothing?.comparisons.map(({ word, against }) => [word, against])).toEqual([
      ['helped', 'label-smoothing'],
    ])
    expect(found.teacher?.comparisons.map(({ word }) => word)).toEqual(['as good'])
    expect(found.teacher?.comparisons[0]?.recovered.estimate).toBeCloseTo(1, 1)
    expect(found.calibration.map(({ arm }) => arm)).toEqual([softArm, 'label-smoothing'])
    expect(found.comparisons.find(({ arm }) => arm === softArm)?.sentence).toContain(
      'points to what label smoothing gives',
    )
    expect(found.next.map(({ action }) => action?.kind)).toContain('fewer-labels')
  })

  it('stand in the document, each with its own family', async () => {
    const id = await run({}, answers({ scratch: 0.6, 'label-smoothing': 0.6, [softArm]: 0.85 }))
    const { comparisons } = readDocument(ctx, { id })
    const families = [...new Set(comparisons.map(({ family }) => family))]
    expect(families).toEqual(['primary', 'nll', 'brier', 'gap', 'teacher-or-smoothing'])
    expect(comparisons.filter(({ family }) => family === 'primary').length).toBe(2)
    expect(comparisons.filter(({ family }) => family === 'teacher-or-smoothing').length).toBe(1)
  })

  it('have accuracy among the secondary ones where NLL is the primary one', async () => {
    const id = await run(
      { primaryMetric: 'nll', margin: 0.02 },
      answers({ scratch: 0.6, 'label-smoothing': 0.6, [softArm]: 0.85 }),
    )
    const found = await page(id)
    expect([...new Set(found.secondary.map(({ family }) => family))]).toEqual(['accuracy', 'brier', 'gap'])
    expect(wordOf(found, 'accuracy')).toBe('helped')
  })

  it('have no secondary word where the primary question has none', async () => {
    const id = await run({ seeds: 2 }, answers({ scratch: 0.6, 'label-smoothing': 0.6, [softArm]: 0.85 }))
    const found = await page(id)
    expect(found.secondary.every(({ word }) => word === null)).toBe(true)
    expect(found.smoothing?.comparisons[0]?.reason).toBe('2 seeds cannot decide')
    expect(found.teacher?.comparisons[0]?.word).toBeNull()
    expect(found.next[0]?.action).toMatchObject({ kind: 'plan', seeds: 5, firstSeed: 3 })
    await measured(id, 4, 1)
    const { speed } = await page(id)
    expect(speed.map(({ word, reason }) => [word, reason])).toEqual([
      [null, 'the primary question has no word'],
      [null, 'the primary question has no word'],
    ])
    expect(speed[0]?.interval).not.toBeNull()
  })

  it('are exploratory where the protocol declared no margins for them', async () => {
    const id = await run({}, answers({ scratch: 0.6, 'label-smoothing': 0.6, [softArm]: 0.85 }))
    await measured(id, 4, 1)
    const hash =
      ctx.db.read.select().from(experiments).where(eq(experiments.id, id)).get()?.protocolHash ?? ''
    const { canonical } = ctx.db.read.select().from(protocols).where(eq(protocols.hash, hash)).get() ?? {}
    const { continuation, margins, looks, ...first } = JSON.parse(canonical ?? '{}') as Record<
      string,
      unknown
    >
    expect([continuation, typeof margins, Array.isArray(looks)]).toEqual(['none', 'object', true])
    const old = JSON.stringify({ ...first, schemaVersion: 1, looks: [5] })
    await ctx.db.withTransaction(({ db }) => {
      db.insert(protocols)
        .values({ hash: sha256(old), canonical: old, frozenAt: 0 })
        .run()
      db.update(experiments)
        .set({ protocolHash: sha256(old) })
        .where(eq(experiments.id, id))
        .run()
    })
    close()
    ;({ ctx, close } = openDomain(home))
    const found = await page(id)
    expect(found.comparisons.find(({ arm }) => arm === softArm)?.word).toBe('helped')
    expect(found.secondary[0]?.reason).toBe('exploratory: the protocol declared no margin for it')
    expect(found.speed.map(({ word }) => word)).toEqual([null, null])
    expect(found.speed[0]?.ratio).toBeCloseTo(4, 0)
    expect(found.speed[0]?.sentence).toContain('no word, exploratory: the protocol declared no margin for it')
  })

  it('say how much faster the student is, over the blocks that measured both', async () => {
    const id = await run({}, answers({ scratch: 0.6, 'label-smoothing': 0.6, [softArm]: 0.85 }))
    expect((await page(id)).speed).toEqual([])
    await measured(id, 4, 1)
    const { speed } = await page(id)
    expect(speed.map(({ quantile, word }) => [quantile, word])).toEqual([
      ['p50', 'faster'],
      ['p90', 'faster'],
    ])
    expect(speed[0]?.ratio).toBeCloseTo(4, 0)
    // Two quantiles, one family.
    expect(speed[0]?.sentence).toContain('97.5 % interval')
  })

  it('offer the planned extension with its runs, and go on from it', async () => {
    const unsettled = answers({ scratch: 0.6, 'label-smoothing': 0.6, [softArm]: 0.64 }, 0.5)
    const id = await run({ seeds: 3, moreLooks: [6], margin: 0.05 }, unsettled)
    await measured(id, 4, 1)
    const first = await page(id)
    const open = first.comparisons.filter((one) => one.open).map(({ arm }) => arm)
    expect(open).toContain(softArm)
    expect(first.extension).toMatchObject({ look: 1, seeds: 6, runs: 3 * (open.length + 1), arms: open })
    expect(first.next[0]?.action).toEqual({ kind: 'extend' })
    expect(first.looks.map(({ state }) => state)).toEqual(['taken', 'planned'])
    const { runs } = await extendExperiment(ctx, { id })
    expect(runs).toBe(first.extension?.runs)
    const under = await page(id)
    expect([under.state, under.extension, under.next]).toEqual(['provisional', null, []])
    expect(under.looks.map(({ state }) => state)).toEqual(['taken', 'under way'])
    await trainAnswered(ctx, unsettled)
    const last = await page(id)
    expect(last.state).toBe('decided')
    const { look } = last.comparisons.find(({ arm }) => arm === softArm) ?? {}
    expect([look?.index, look?.of, look?.seeds]).toEqual([1, 2, 6])
    expect(look?.alpha).toBeCloseTo(0.03, 12)
  })
})
