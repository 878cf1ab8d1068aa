import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { experiments, jobs, protocols, runs } from '../../db/schema.ts'
import type { ExperimentDraftInput } from '../../core/contracts/protocol.ts'
import {
  removeFolder,
  runTrainings,
  smallDraft,
  startTestServer,
  type TestServer,
} from '../support/server.ts'

const soft = { name: 'soft-targets', temperature: 4, hardLabelWeight: 0.1, softTargetWeight: 0.9 } as const
const mlp = (...hidden: number[]) => ({ kind: 'mlp' as const, hidden, dropout: 0 })

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ variables: { STILLHOUSE_CORES: '1' } })
})

afterAll(async () => {
  await server.stop()
  removeFolder(server.home)
})

interface Refusal {
  message: string
  problems: { path: string; message: string }[]
}

/** Launches over HTTP as a page does, with any value at all; the error's words and fields. */
async function refusalOf(draft: unknown): Promise<Refusal> {
  const response = await fetch(`${server.url}/api/trpc/experiments.launch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ json: draft }),
  })
  expect(response.status).toBe(400)
  const text = await response.text()
  expect(text).not.toContain('node_modules')
  const { error } = JSON.parse(text) as {
    error: { json: { message: string; data: { problems: Refusal['problems'] } } }
  }
  return { message: error.json.message, problems: error.json.data.problems }
}

const stored = (): number[] =>
  [experiments, protocols, runs, jobs].map((table) => server.ctx.db.read.select().from(table).all().length)

const training = smallDraft().student.training
const student = (network: object, changes: object = {}) => ({
  student: { network, training: { ...training, ...changes } },
})

const refused: [what: string, changes: Record<string, unknown>, path: string][] = [
  ['unknown data', { data: 'imagenet' }, 'data'],
  ['an unknown method', { methods: [{ name: 'attention' }] }, 'methods.0.name'],
  ['no seed', { seeds: 0 }, 'seeds'],
  ['half a seed', { seeds: 1.5 }, 'seeds'],
  ['margin 0', { margin: 0 }, 'margin'],
  ['a negative margin', { margin: -0.01 }, 'margin'],
  ['a margin that is not a number', { margin: 'NaN' }, 'margin'],
  ['no margin', { margin: null }, 'margin'],
  ['more labels than examples', { labelsPerSeed: 5_000 }, 'labelsPerSeed'],
  ['fewer labels than classes', { labelsPerSeed: 9 }, 'labelsPerSeed'],
  ['no labels', { labelsPerSeed: 0 }, 'labelsPerSeed'],
  ['two equal arms', { methods: [soft, soft] }, 'methods'],
  ['a layer without units', student(mlp(0)), 'student.network.hidden.0'],
  ['a layer of 9,000 units', student(mlp(8, 9_000)), 'student.network.hidden.1'],
  ['nine layers', student(mlp(8, 8, 8, 8, 8, 8, 8, 8, 8)), 'student.network.hidden'],
  ['dropout of everything', student({ ...mlp(8), dropout: 1 }), 'student.network.dropout'],
  ['no steps', student(mlp(8), { steps: 0 }), 'student.training.steps'],
  ['no batch', student(mlp(8), { batchSize: 0 }), 'student.training.batchSize'],
  ['no learning rate', student(mlp(8), { learningRate: 0 }), 'student.training.learningRate'],
  ['alpha 0', { alpha: 0 }, 'alpha'],
  ['alpha 1', { alpha: 1 }, 'alpha'],
  ['a temperature of 0', { methods: [{ ...soft, temperature: 0 }] }, 'methods.0.temperature'],
  ['no question', { question: '  ' }, 'question'],
  ['a field that nobody knows', { colour: 'red' }, ''],
]

describe('a draft that cannot be run', () => {
  it.each(refused)(
    'with %s is refused at its field, in words, and stores nothing',
    async (_, changes, path) => {
      const before = stored()
      const { problems } = await refusalOf({ ...smallDraft(), ...changes })
      expect(problems.map((problem) => problem.path)).toEqual([path])
      expect(problems[0]?.message).toMatch(/^[A-Z].{8,}/)
      expect(stored()).toEqual(before)
    },
  )

  it('with every label beside an arm that wants unlabelled examples is refused', async () => {
    const { train } = (await server.api.datasets.list()).find((one) => one.name === 'digits') ?? {}
    const { problems } = await refusalOf({ ...smallDraft(), labelsPerSeed: train })
    expect(problems).toMatchObject([{ path: 'labelsPerSeed' }])
    expect(problems[0]?.message).toContain('unlabelled')
  })

  it('has the same problems in the preview as at the launch, all of them', async () => {
    const draft = smallDraft({ seeds: 0, margin: 0, labelsPerSeed: 5 })
    const preview = await server.api.experiments.preview(draft)
    expect(preview.protocol).toBeNull()
    expect(preview.problems).toEqual((await refusalOf(draft)).problems)
    expect(preview.problems).toHaveLength(3)
  })

  it('that is not even a draft is refused', async () => {
    for (const nonsense of [null, 5, 'draft', [], {}]) {
      expect((await refusalOf(nonsense)).message).not.toBe('')
    }
  })
})

describe('a draft that is allowed with a note', () => {
  const notes = async (changes: Partial<ExperimentDraftInput>): Promise<string> =>
    (await server.api.experiments.preview(smallDraft(changes))).notes.join('\n')

  it('of one or two seeds says before the launch that no word will come', async () => {
    for (const seeds of [1, 2]) expect(await notes({ seeds })).toContain('no verdict word')
    expect(await notes({ seeds: 3 })).not.toContain('no verdict word')
  })

  it('with a student larger than its teacher says so', async () => {
    const large = { student: { network: mlp(40), training } }
    expect(await notes(large)).toContain('The student is larger than its teacher.')
    expect(await notes({})).not.toContain('larger')
  })

  it('with a batch larger than its labels trains on smaller batches, and its epochs say so', async () => {
    const draft = smallDraft({ labelsPerSeed: 20, seeds: 1, methods: [soft] })
    draft.student.training = { ...training, batchSize: 64, steps: 30 }
    draft.student.network = mlp(4)
    expect((await server.api.experiments.preview(draft)).notes.join()).toContain('batches of 20')
    const { id } = await runTrainings(server, draft)
    const document = await server.api.experiments.document({ id })
    const rows = await server.api.experiments.runs({ id })
    for (const arm of document.arms.filter((one) => one.role !== 'teacher')) {
      expect(arm.epochs).toBe(30)
      expect(rows.find((row) => row.armId === arm.id)?.epochs).toBe(arm.epochs)
    }
  })
})

describe('seeds that cannot decide', () => {
  it('two give every figure and no word, and again the same arms and protocol', async () => {
    const draft = smallDraft({ methods: [soft], seeds: 2 })
    const first = await runTrainings(server, draft)
    const second = await runTrainings(server, { ...draft, question: 'Once more?' })
    const [one, two] = [
      await server.api.experiments.document({ id: first.id }),
      await server.api.experiments.document({ id: second.id }),
    ]
    for (const comparison of one.comparisons) {
      const { seedVariance, exampleVariance, degreesOfFreedom, estimate } = comparison
      for (const figure of [seedVariance, exampleVariance, degreesOfFreedom, estimate]) {
        expect(figure).toEqual(expect.any(Number))
      }
      expect(comparison.word).toBeNull()
      expect(comparison.reason).toMatch(/seed/)
      expect(comparison.individual).toHaveLength(2)
      expect(comparison.simultaneous).toHaveLength(2)
    }
    expect(two.experiment.protocolHash).toBe(one.experiment.protocolHash)
    expect(two.experiment.id).not.toBe(one.experiment.id)
    expect(two.arms.map((arm) => arm.id)).toEqual(one.arms.map((arm) => arm.id))
    expect(two.arms.map((arm) => arm.id)).toContain('soft-targets-t4')
    const weights = (document: typeof one) =>
      document.arms.map((arm) => arm.runs.map((run) => run.weightsSha256))
    expect(weights(two)).toEqual(weights(one))
  })
})
