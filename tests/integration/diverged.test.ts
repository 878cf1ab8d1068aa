import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DemoDocument } from '../../core/contracts/demo-document.ts'
import type { ExperimentPage } from '../../core/contracts/views.ts'
import {
  removeFolder,
  runTrainings,
  smallDraft,
  startTestServer,
  type TestServer,
} from '../support/server.ts'

const soft = { name: 'soft-targets', temperature: 4, hardLabelWeight: 0.1, softTargetWeight: 0.9 } as const
/** The penalty on the weights makes every step a million times as large as the one before. */
const wild = {
  steps: 60,
  batchSize: 32,
  optimizer: { name: 'sgd', momentum: 0, weightDecay: 1 },
  learningRate: 1e6,
  schedule: 'constant',
} as const

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})

afterAll(async () => {
  await server.stop()
  removeFolder(server.home)
})

const statuses = (page: ExperimentPage): Record<string, string[]> =>
  Object.fromEntries(page.progress.map((arm) => [arm.armId, arm.cells.map((cell) => cell.status)]))

/** Every number anywhere in a value. */
function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : []
}

describe('students whose learning rate diverges', () => {
  let page: ExperimentPage
  let document: DemoDocument

  beforeAll(async () => {
    const draft = smallDraft({ methods: [soft], seeds: 3 })
    draft.student.training = wild
    page = await runTrainings(server, draft)
    document = DemoDocument.parse(await server.api.experiments.document({ id: page.id }))
  })

  it('end as diverged while their teacher finishes', () => {
    expect(statuses(page)).toEqual({
      teacher: ['finished'],
      scratch: ['diverged', 'diverged', 'diverged'],
      'soft-targets-t4': ['diverged', 'diverged', 'diverged'],
      'label-smoothing': ['diverged', 'diverged', 'diverged'],
    })
  })

  it('are counted as the even guess', () => {
    for (const arm of document.arms.filter((one) => one.id !== 'teacher')) {
      for (const run of arm.runs) {
        expect(run.metrics['test/accuracy']).toBe(0.1)
        expect(run.metrics['test/nll']).toBeCloseTo(Math.log(10), 12)
        expect(run.weightsSha256).toBeNull()
        expect(run.predictions).toBeNull()
      }
    }
  })

  it('say what happened and what to do', async () => {
    const rows = await server.api.experiments.runs({ id: page.id })
    for (const row of rows.filter((one) => one.armId !== 'teacher')) {
      const run = await server.api.runs.page({ runId: row.runId })
      expect(run.reason).toContain('Try a lower learning rate')
    }
  })

  it('are named by the verdict, whose figures are numbers', async () => {
    const verdict = await server.api.experiments.verdict({ id: page.id })
    expect(verdict.state).toBe('decided')
    for (const comparison of verdict.comparisons) {
      expect(comparison.divergedSeeds).toEqual([1, 2, 3])
      expect(comparison.estimate).toBe(0)
      expect(comparison.sentence + (comparison.note ?? '')).toMatch(/diverged/)
      expect((comparison.word === null) !== (comparison.reason === null)).toBe(true)
    }
    expect(numbersIn(verdict).filter((value) => !Number.isFinite(value))).toEqual([])
    expect(numbersIn(document).filter((value) => !Number.isFinite(value))).toEqual([])
  })
})

describe('a teacher that diverges', () => {
  let page: ExperimentPage

  beforeAll(async () => {
    const draft = smallDraft({ methods: [soft], seeds: 2 })
    draft.teacher.training = wild
    page = await runTrainings(server, draft)
  })

  it('blocks what depends on it with a reason, while control and label smoothing finish', async () => {
    expect(statuses(page)).toEqual({
      teacher: ['diverged'],
      scratch: ['finished', 'finished'],
      'soft-targets-t4': ['blocked', 'blocked'],
      'label-smoothing': ['finished', 'finished'],
    })
    const rows = await server.api.experiments.runs({ id: page.id })
    for (const row of rows.filter((one) => one.armId === 'soft-targets-t4')) {
      const run = await server.api.runs.page({ runId: row.runId })
      expect(run.reason).toBe('Its teacher diverged.')
    }
  })

  it('leaves its arm without a word but with a reason, and no figure that is not a number', async () => {
    const document = DemoDocument.parse(await server.api.experiments.document({ id: page.id }))
    const [blocked, smoothing] = document.comparisons
    expect(blocked).toMatchObject({ arm: 'soft-targets-t4', estimate: null, word: null, individual: null })
    expect(blocked?.reason).toContain('teacher diverged')
    // Two seeds: all figures, no word.
    expect(smoothing?.arm).toBe('label-smoothing')
    expect(smoothing?.word).toBeNull()
    expect(smoothing?.reason).not.toBeNull()
    for (const figure of [smoothing?.seedVariance, smoothing?.exampleVariance, smoothing?.degreesOfFreedom]) {
      expect(figure).toEqual(expect.any(Number))
    }
    expect(smoothing?.individual).toHaveLength(2)
    expect(numbersIn(document).filter((value) => !Number.isFinite(value))).toEqual([])
  })

  it('is no teacher to be used again', async () => {
    const draft = smallDraft({ methods: [], seeds: 1 })
    draft.teacher.training = wild
    const preview = await server.api.experiments.preview(draft)
    expect(preview.notes.join()).not.toContain('used again')
  })
})

describe('a learning rate at the edge', () => {
  it.each([30, 1e6])(
    'of %s, where the loss stays finite or not, ends every run as finished or diverged',
    async (learningRate) => {
      const draft = smallDraft({ methods: [], seeds: 1, labelsPerSeed: 40 })
      const optimizer = { name: 'sgd', momentum: 0, weightDecay: 0 } as const
      draft.student.training = { ...wild, optimizer, learningRate }
      const page = await runTrainings(server, draft)
      for (const status of [
        ...(statuses(page)['scratch'] ?? []),
        ...(statuses(page)['label-smoothing'] ?? []),
      ]) {
        expect(['finished', 'diverged']).toContain(status)
      }
      const document = DemoDocument.parse(await server.api.experiments.document({ id: page.id }))
      expect(document.comparisons.filter((one) => one.family === 'primary')).toHaveLength(1)
    },
  )
})
