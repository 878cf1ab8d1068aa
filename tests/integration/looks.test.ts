import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DemoDocument } from '../../core/contracts/demo-document.ts'
import type { ExperimentPage } from '../../core/contracts/views.ts'
import type { JudgedComparison } from '../../core/judging/comparison.ts'
import { loadExperiment } from '../../server/domain/experiments/load-experiment.ts'
import { judgeExperiment } from '../../server/domain/verdicts/judge-experiment.ts'
import { removeFolder, smallDraft, startTestServer, untilEnded, type TestServer } from '../support/server.ts'

// At 3 seeds this margin decides two of the arms and leaves the one with unlabelled examples open.
const draft = smallDraft({ seeds: 3, moreLooks: [4], margin: 0.25 })
const openArm = 'soft-targets-unlabelled-t4'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})

afterAll(async () => {
  await server.stop()
  removeFolder(server.home)
})

const judged = (id: string): JudgedComparison[] => judgeExperiment(server.ctx, loadExperiment(server.ctx, id))

const seedsOf = (page: ExperimentPage): Record<string, number[]> =>
  Object.fromEntries(page.progress.map((arm) => [arm.armId, arm.cells.map((cell) => cell.seed)]))

const expectedSeeds = {
  teacher: [1001],
  scratch: [1, 2, 3, 4],
  'soft-targets-t4': [1, 2, 3],
  [openArm]: [1, 2, 3, 4],
  'label-smoothing': [1, 2, 3],
}

const latencyAttempts = (id: string): number[] =>
  loadExperiment(server.ctx, id)
    .jobs.filter((job) => job.kind === 'profile')
    .map((job) => job.attempts)

describe('an experiment whose next look is taken on request', () => {
  let id = ''
  let first: ExperimentPage
  let words: Map<string, string | null>

  beforeAll(async () => {
    ;({ id } = await server.api.experiments.launch(draft))
    await expect(server.api.experiments.extend({ id })).rejects.toMatchObject({ code: 'CONFLICT' })
    first = await untilEnded(server, id)
    words = new Map(judged(id).map((one) => [one.arm, one.word]))
  })

  it('trains the seeds of its first look and ends with its words', async () => {
    expect(first.status).toBe('finished')
    expect(first.runsTotal).toBe(1 + 4 * 3)
    expect(words.get(openArm)).toBe('inconclusive')
    expect(judged(id).filter((one) => one.open)).toHaveLength(1)
    const [summary] = await server.api.experiments.list({ limit: 1 })
    expect(summary).toMatchObject({ id, seedsPerArm: 3, seedsIn: 3, noWord: null })
  })

  it('goes on once, however often it is asked, with the control and the arms that are open', async () => {
    const asked = await Promise.allSettled([
      server.api.experiments.extend({ id }),
      server.api.experiments.extend({ id }),
    ])
    expect(asked.filter((one) => one.status === 'fulfilled')).toMatchObject([{ value: { runs: 2 } }])
    expect(asked.filter((one) => one.status === 'rejected')).toMatchObject([{ reason: { code: 'CONFLICT' } }])
    const running = await server.api.experiments.page({ id })
    expect(running.status).toBe('running')
    expect(running.endedAt).toBeNull()
    expect(seedsOf(running)).toEqual(expectedSeeds)
    const [summary] = await server.api.experiments.list({ limit: 1 })
    expect(summary?.seedsPerArm).toBe(4)
    // What was decided at the first look stays while the second runs.
    expect(summary?.words.flatMap((group) => group.arms)).toHaveLength(2)
  })

  it('and ends with a word at the second look, while the words of the first stand', async () => {
    const page = await untilEnded(server, id)
    expect(page.status).toBe('finished')
    expect(page.runsTotal).toBe(1 + 4 * 3 + 2)
    expect(page.runsEnded).toBe(page.runsTotal)
    for (const one of judged(id)) {
      expect(one.word).not.toBeNull()
      expect(one.open).toBe(false)
      expect(one.look.index).toBe(one.arm === openArm ? 1 : 0)
      expect(one.perSeed).toHaveLength(one.arm === openArm ? 4 : 3)
      if (one.arm !== openArm) expect(one.word).toBe(words.get(one.arm))
    }
    const [summary] = await server.api.experiments.list({ limit: 1 })
    expect(summary).toMatchObject({ seedsPerArm: 4, seedsIn: 4, noWord: null, left: null })
  })

  it('measures latency once, and agreement with the teacher in the added runs as well', async () => {
    expect(latencyAttempts(id)).toEqual([1])
    const rows = await server.api.experiments.runs({ id })
    for (const row of rows.filter((one) => one.seed === 4)) {
      expect(row.metrics['train/agreement'], row.armId).toBeGreaterThanOrEqual(0)
    }
  })

  it('is one document with the seeds that were trained', async () => {
    const document = DemoDocument.parse(await server.api.experiments.document({ id }))
    expect(Object.fromEntries(document.arms.map((arm) => [arm.id, arm.runs.map((run) => run.seed)]))).toEqual(
      expectedSeeds,
    )
  })

  it('has no third look', async () => {
    await expect(server.api.experiments.extend({ id })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'All planned looks were taken. Start a new experiment with new seeds.',
    })
  })
})

describe('an experiment that goes on until its arms are decided', () => {
  const launch = async (changes: Parameters<typeof smallDraft>[0]): Promise<ExperimentPage> => {
    const { id } = await server.api.experiments.launch({
      ...draft,
      continuation: 'until-decided',
      ...changes,
    })
    return await untilEnded(server, id)
  }

  it('adds the seeds of the next look by itself, for the open arms alone, and measures latency after the last', async () => {
    const page = await launch({})
    expect(page.status).toBe('finished')
    expect(seedsOf(page)).toEqual(expectedSeeds)
    expect(judged(page.id).map((one) => [one.arm, one.look.index])).toEqual([
      ['soft-targets-t4', 0],
      [openArm, 1],
      ['label-smoothing', 0],
    ])
    expect(latencyAttempts(page.id)).toEqual([1])
    const rows = await server.api.experiments.runs({ id: page.id })
    const trained = rows.filter((row) => row.seed === 4).map((row) => row.runId)
    const { jobs } = loadExperiment(server.ctx, page.id)
    const position = (kind: string, runId: string | null): number =>
      jobs.find((job) => job.kind === kind && job.runId === runId)?.position ?? 0
    for (const runId of trained) {
      expect(position('profile', null)).toBeGreaterThan(position('train', runId))
    }
  })

  it('ends at the first look where every arm is decided then', async () => {
    const page = await launch({ margin: 0.5 })
    expect(page.status).toBe('finished')
    expect(page.runsTotal).toBe(1 + 4 * 3)
    expect(judged(page.id).map((one) => one.word)).toEqual([
      'no practical difference',
      'no practical difference',
      'no practical difference',
    ])
    await expect(server.api.experiments.extend({ id: page.id })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'This experiment adds its seeds by itself.',
    })
  })
})

describe('an experiment with one look', () => {
  it('cannot be extended, and says what to do instead', async () => {
    const { id } = await server.api.experiments.launch(smallDraft({ methods: [], margin: 0.25 }))
    await untilEnded(server, id)
    await expect(server.api.experiments.extend({ id })).rejects.toMatchObject({
      code: 'CONFLICT',
      message:
        'No further look was planned, so that seeds added now would give no word. Start a new experiment with new seeds.',
    })
    await expect(server.api.experiments.extend({ id: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
