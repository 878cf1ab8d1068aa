import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DemoDocument } from '../../core/contracts/demo-document.ts'
import type { ExperimentDraftInput } from '../../core/contracts/protocol.ts'
import type { ExperimentPage, RunRow } from '../../core/contracts/views.ts'
import { bestStepKey } from '../../core/wording/metric-names.ts'
import { readMetrics } from '../../db/read-metrics.ts'
import { params } from '../../db/schema.ts'
import {
  removeFolder,
  runTrainings,
  smallDraft,
  startTestServer,
  type TestServer,
} from '../support/server.ts'

const most = 400
const everySteps = 10
const patience = 3

/** Students that stop by the validation set, with all else that a training may declare; a teacher that stops too. */
function stoppingDraft(): ExperimentDraftInput {
  const draft = smallDraft({ methods: smallDraft().methods.slice(0, 1) })
  const training = {
    steps: most,
    batchSize: 32,
    optimizer: { name: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 1e-4 } as const,
    learningRate: 0.3,
    schedule: { name: 'step' as const, milestones: [100, 300], factor: 0.3 },
    warmUpSteps: 10,
    clipNorm: 1,
    earlyStop: { metric: 'accuracy' as const, everySteps, patience },
  }
  return {
    ...draft,
    teacher: { ...draft.teacher, training },
    student: { network: { kind: 'mlp', hidden: [24], dropout: 0 }, training },
  }
}

let server: TestServer
let page: ExperimentPage
let rows: RunRow[]

beforeAll(async () => {
  server = await startTestServer()
  page = await runTrainings(server, stoppingDraft())
  rows = await server.api.experiments.runs({ id: page.id })
})

afterAll(async () => {
  await server.stop()
  removeFolder(server.home)
})

const bestOf = (row: RunRow): number => row.metrics[bestStepKey] ?? Number.NaN

describe('an experiment whose runs stop early', () => {
  it('says in its protocol and its document what is evaluated and which labels were used', async () => {
    expect(page.protocol.checkpoint).toBe('best-on-validation')
    const document = DemoDocument.parse(await server.api.experiments.document({ id: page.id }))
    expect(document.data.labelsUsed).toBe(100 + page.protocol.data.validation)
  })

  it('finishes every run before its last step, each where its own validation said so', () => {
    expect(rows).toHaveLength(1 + 3 * 3)
    for (const row of rows) {
      expect(row.status).toBe('finished')
      expect(row.progress).toBeNull()
      expect(row.steps).toBe(bestOf(row) + everySteps * patience)
      expect(row.steps).toBeLessThan(most)
    }
    expect(new Set(rows.map((row) => row.steps)).size).toBeGreaterThan(1)
    expect(page.runsEnded).toBe(page.runsTotal)
  })

  it('has a word for every arm', async () => {
    const verdict = await server.api.experiments.verdict({ id: page.id })
    expect(verdict.state).toBe('decided')
    expect(verdict.comparisons.map(({ word }) => word)).not.toContain(null)
    const steps = rows.filter(({ armId }) => armId === 'scratch').flatMap((row) => row.steps ?? [])
    const figures = verdict.figures.find(({ armId }) => armId === 'scratch')
    expect(figures?.steps).toBe(steps.sort((a, b) => a - b)[1])
  })

  it('shows a run to the step it made, with the evaluated one on its curve', async () => {
    const row = rows.find(({ armId }) => armId !== 'teacher')
    const run = await server.api.runs.page({ runId: row?.runId ?? '' })
    expect(run).toMatchObject({ status: 'finished', step: row?.steps, steps: most, left: null })
    const best = run.figures[bestStepKey]
    const curve = run.curves['validation/accuracy'] ?? []
    expect(curve.at(-1)?.[0]).toBe(run.step)
    expect(new Set(curve.map(([step]) => step)).size).toBe(curve.length)
    expect(curve.find(([step]) => step === best)?.[1]).toBe(run.figures['validation/accuracy'])
    expect(Math.max(...curve.map(([, value]) => value))).toBe(run.figures['validation/accuracy'])
    expect(run.curves['train/gradient-norm']?.at(-1)?.[0]).toBe(run.step)
    const [tested] = readMetrics(server.ctx.db.read, [run.runId], ['test/accuracy'])
    expect(tested?.points).toEqual([[best, run.figures['test/accuracy']]])
  })

  it('offers the norm of the gradient among its curves', async () => {
    const { keys } = await server.api.experiments.curves({ id: page.id, key: 'train/gradient-norm' })
    expect(keys).toContain('train/gradient-norm')
  })

  it('keeps the settings as params', () => {
    const kept = server.ctx.db.read.select().from(params).all()
    const of = Object.fromEntries(
      kept.filter((one) => one.runId === rows[1]?.runId).map((one) => [one.key, one.value]),
    )
    expect(of).toMatchObject({
      nesterov: 'true',
      milestones: '100, 300',
      warmUpSteps: '10',
      clipNorm: '1',
      earlyStopMetric: 'accuracy',
    })
  })

  it('uses its teacher again in another experiment with the same one', async () => {
    const again = await runTrainings(server, { ...stoppingDraft(), seeds: 1, firstSeed: 9 })
    const [teacher] = await server.api.experiments.runs({ id: again.id })
    expect(again.teacherReusedFrom?.experimentId).toBe(page.id)
    expect(teacher?.metrics).toEqual(rows[0]?.metrics)
    expect(teacher?.steps).toBe(rows[0]?.steps)
  })
})

it('a draft that contradicts itself is refused at its field before anything is stored', async () => {
  const draft = stoppingDraft()
  const training = { ...draft.student.training, warmUpSteps: most }
  await expect(
    server.api.experiments.launch({ ...draft, student: { ...draft.student, training } }),
  ).rejects.toThrow(/warm-up must end before/)
})
