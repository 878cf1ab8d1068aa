import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodeNpy } from '../../core/data/npy.ts'
import { DemoDocument } from '../../core/contracts/demo-document.ts'
import type { ExperimentPage } from '../../core/contracts/views.ts'
import { runScript, scipyNote, withoutScipy } from '../support/python.ts'
import { removeFolder, smallDraft, startTestServer, untilEnded, type TestServer } from '../support/server.ts'

let server: TestServer
let page: ExperimentPage

beforeAll(async () => {
  server = await startTestServer()
  const { id } = await server.api.experiments.launch(smallDraft())
  page = await untilEnded(server, id)
})

afterAll(async () => {
  await server.stop()
  removeFolder(server.home)
})

describe('an experiment from launch to verdict', () => {
  it('finishes every planned run and then its fidelity and latency jobs', () => {
    expect(page.status).toBe('finished')
    expect(page.runsEnded).toBe(1 + 4 * 3)
    expect(page.progress.flatMap((arm) => arm.cells.map((cell) => cell.status))).toEqual(
      Array.from({ length: 13 }, () => 'finished'),
    )
    expect(page.after.find((job) => job.kind === 'profile')?.state).toBe('done')
  })

  it('always has the control and label smoothing among its arms', () => {
    expect(page.arms.map((arm) => arm.role)).toEqual([
      'teacher',
      'control',
      'distillation',
      'distillation',
      'regularisation',
    ])
  })

  it('ends with a word for every arm, corrected for all comparisons', async () => {
    const verdict = await server.api.experiments.verdict({ id: page.id })
    expect(verdict.state).toBe('decided')
    expect(verdict.corrected).toBe(3)
    for (const comparison of verdict.comparisons) {
      expect(comparison.word).not.toBeNull()
      expect(comparison.reason).toBeNull()
      expect(comparison.perSeed).toHaveLength(3)
    }
  })

  it('has agreement with the teacher for every student, also those that ended before it', async () => {
    const rows = await server.api.experiments.runs({ id: page.id })
    for (const row of rows.filter((one) => one.armId !== 'teacher')) {
      for (const key of ['test/agreement', 'train/agreement', 'test/kl', 'train/kl']) {
        expect(row.metrics[key], `${row.armId} ${row.seed} ${key}`).toBeGreaterThanOrEqual(0)
      }
    }
  })

  it.skipIf(withoutScipy)(
    `has the figures and intervals that numpy and scipy compute from its stored predictions${scipyNote}`,
    async () => {
      const file = path.join(server.home, 'document.json')
      fs.writeFileSync(file, JSON.stringify(await server.api.experiments.document({ id: page.id })))
      const { status, stdout, stderr } = runScript('scripts/recompute-verdict.py', file, server.home)
      expect(stderr).toBe('')
      expect(stdout).toMatch(/^13 runs and \d+ comparisons recomputed; largest difference /)
      expect(status).toBe(0)
    },
  )

  it('is one document that obeys its contract and whose accuracies follow from the stored predictions', async () => {
    const document = DemoDocument.parse(await server.api.experiments.document({ id: page.id }))
    const read = (relative: string) => decodeNpy(fs.readFileSync(path.join(server.home, relative)))
    const labels = read(document.labels.test).data
    expect(labels).toHaveLength(document.data.test)
    for (const arm of document.arms) {
      expect(arm.latencyMs?.p50).toBeGreaterThan(0)
      for (const run of arm.runs) {
        const logits = read(run.predictions?.test ?? '').data
        let correct = 0
        for (let example = 0; example < labels.length; example += 1) {
          const row = logits.slice(example * 10, example * 10 + 10)
          if (row.indexOf(Math.max(...row)) === labels[example]) correct += 1
        }
        expect(run.metrics['test/accuracy']).toBeCloseTo(correct / labels.length, 12)
      }
    }
  })

  it('keeps no test figure in the curves of a training', async () => {
    const rows = await server.api.experiments.runs({ id: page.id })
    const run = await server.api.runs.page({ runId: rows[0]?.runId ?? '' })
    expect(Object.keys(run.curves).filter((key) => key.startsWith('test/'))).toEqual([])
    expect(run.curves['validation/accuracy']?.length).toBeGreaterThan(1)
  })

  it('uses its teacher again in an experiment that differs in its students only', async () => {
    const { id } = await server.api.experiments.launch(smallDraft({ seeds: 1, question: 'Again?' }))
    const again = await untilEnded(server, id)
    expect(again.teacherReusedFrom?.experimentId).toBe(page.id)
    const [first, second] = await Promise.all([
      server.api.experiments.document({ id: page.id }),
      server.api.experiments.document({ id }),
    ])
    expect(second.arms[0]?.runs[0]?.weightsSha256).toBe(first.arms[0]?.runs[0]?.weightsSha256)
    const seedOne = (document: DemoDocument) =>
      document.arms.map(
        (arm) => arm.runs.find((run) => arm.role !== 'teacher' && run.seed === 1)?.weightsSha256,
      )
    expect(seedOne(second)).toEqual(seedOne(first))
    const [comparison] = second.comparisons
    expect(comparison?.word).toBeNull()
    expect(comparison?.seedVariance).toBeNull()
    expect(comparison?.degreesOfFreedom).toBeNull()
    expect(comparison?.individual).not.toBeNull()
  })

  it('cleans its scratch folder up', () => {
    expect(fs.readdirSync(path.join(server.home, 'scratch'))).toEqual([])
  })
})
