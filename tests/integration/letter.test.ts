import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ClaimsPage } from '../../core/contracts/claims.ts'
import type { DemoDocument } from '../../core/contracts/demo-document.ts'
import type { VerdictPage } from '../../core/contracts/verdict-page.ts'
import type { VerdictResult } from '../../core/contracts/verdict-problem.ts'
import { decodeNpy } from '../../core/data/npy.ts'
import {
  removeFolder,
  runTrainings,
  smallDraft,
  startTestServer,
  type TestServer,
} from '../support/server.ts'

const program = path.join(import.meta.dirname, '..', '..', 'bin', 'stillhouse.js')

let server: TestServer
let document: DemoDocument
let verdict: VerdictPage
let claims: ClaimsPage

/** A teacher that has learnt, and students of eight units that have not. */
const draft = () => {
  const { teacher, student } = smallDraft()
  return smallDraft({
    question: 'Does a teacher of letters help?',
    data: 'letter',
    labelsPerSeed: 1_000,
    teacher: {
      network: { kind: 'mlp', hidden: [64], dropout: 0 },
      training: { ...teacher.training, steps: 1_500, learningRate: 0.01 },
    },
    student: { network: student.network, training: { ...student.training, steps: 300, learningRate: 0.01 } },
    seeds: 5,
  })
}

beforeAll(async () => {
  server = await startTestServer()
  const { id } = await runTrainings(server, draft())
  ;[document, verdict, claims] = await Promise.all([
    server.api.experiments.document({ id }),
    server.api.experiments.verdict({ id }),
    server.api.experiments.claims({ id }),
  ])
})

afterAll(async () => {
  await server.stop()
  removeFolder(server.home)
})

const read = (name: string) => decodeNpy(fs.readFileSync(path.join(server.home, name)))

/** 1 where the largest logit is that of the label, an arm's runs in the order of their seeds. */
function correctness(armId: string): number[][] {
  const labels = read(document.labels.test).data
  const runs = document.arms.find(({ id }) => id === armId)?.runs ?? []
  return [...runs]
    .sort((a, b) => a.seed - b.seed)
    .map(({ predictions }) => {
      const { data } = read(predictions?.test ?? '')
      return Array.from(labels, (label, row) => {
        const logits = Array.from(data.subarray(row * 26, (row + 1) * 26))
        return logits.indexOf(Math.max(...logits)) === label ? 1 : 0
      })
    })
}

const students = (): string[] =>
  document.arms.map(({ id }) => id).filter((id) => id !== 'teacher' && id !== 'scratch')

/** What `stillhouse verdict` prints of the stored predictions. */
function judgedByCommand(groups: number[] | undefined): VerdictResult {
  const { alpha, margin, paired } = document
  const problem = {
    alpha,
    margin,
    paired,
    higherIsBetter: true,
    control: correctness('scratch'),
    methods: Object.fromEntries(students().map((id) => [id, correctness(id)])),
    teacher: correctness('teacher')[0],
    groups,
  }
  const found = spawnSync(process.execPath, [program, 'verdict', '-'], {
    cwd: server.home,
    input: JSON.stringify(problem),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (found.status !== 0) throw new Error(found.stderr)
  return JSON.parse(found.stdout) as VerdictResult
}

describe('an experiment on the letters', () => {
  it('has a teacher that is far better than its students', () => {
    const accuracy = (armId: string): number =>
      verdict.figures.find((one) => one.armId === armId)?.metrics['test/accuracy']?.mean ?? NaN
    expect(accuracy('teacher')).toBeGreaterThan(0.8)
    for (const arm of ['scratch', ...students()])
      expect(accuracy('teacher') - accuracy(arm)).toBeGreaterThan(0.1)
  })

  it('says that copies among the test examples count as one', () => {
    expect(verdict.scope).toContain('4,000 test examples in 3,762 groups of equal inputs')
    const questions = [verdict.comparisons, verdict.secondary, verdict.smoothing?.comparisons ?? []].flat()
    const sentences = [...questions, ...(verdict.teacher?.comparisons ?? [])].map(({ sentence }) => sentence)
    expect(sentences).toHaveLength(3 + 3 * 3 + 2 + 2)
    for (const sentence of sentences) expect(sentence).toContain('4,000 test examples in 3,762 groups')
  })

  it('has the verdict that the command line gives for the stored predictions and groups', () => {
    const groups = Array.from(read(document.groups?.test ?? '').data)
    expect(groups).toHaveLength(4_000)
    const own = judgedByCommand(groups)
    const ungrouped = judgedByCommand(undefined)
    for (const arm of students()) {
      const onPage = verdict.comparisons.find((one) => one.arm === arm)
      const printed = own.comparisons.find((one) => one.arm === arm)
      const { sensitivity } = onPage ?? {}
      expect(printed).toMatchObject({
        estimate: onPage?.estimate,
        seedVariance: onPage?.seedVariance,
        exampleVariance: onPage?.exampleVariance,
        individual: onPage?.individual,
        simultaneous: onPage?.simultaneous,
        word: onPage?.word,
        p: sensitivity?.p,
      })
      const toTeacher = verdict.teacher?.comparisons.find((one) => one.arm === arm)
      if (toTeacher !== undefined)
        expect(printed?.teacher?.estimate).toBeCloseTo(toTeacher.estimate ?? NaN, 12)
      // Copies that pass for new examples change what chance is thought to do.
      const blind = ungrouped.comparisons.find((one) => one.arm === arm)
      expect(blind?.estimate).toBeCloseTo(onPage?.estimate ?? NaN, 12)
      expect(blind?.simultaneous).not.toEqual(onPage?.simultaneous)
    }
  })

  it('has figures of calibration and of every letter', () => {
    expect(verdict.calibration).toHaveLength(3)
    expect(claims.classes?.map(({ name }) => name).join('')).toBe('ABCDEFGHIJKLMNOPQRSTUVWXYZ')
    const weighted = claims.classes?.reduce((sum, one) => sum + one.estimate * one.examples, 0) ?? NaN
    const compared = verdict.comparisons.find(({ arm }) => arm === claims.arm.id)
    expect(weighted / 4_000).toBeCloseTo(compared?.estimate ?? NaN, 12)
  })
})
