import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Method } from '../../../core/contracts/arm.ts'
import type { RunSpec } from '../../../core/contracts/run.ts'
import { decodeNpy } from '../../../core/data/npy.ts'
import { summariseQuality, qualityColumns } from '../../../core/evaluation/quality.ts'
import type { TrainRequest, TrainerEvent } from '../../../workers/protocol/trainer-messages.ts'
import { writeSyntheticDataset } from '../../support/dataset.ts'
import type { SyntheticDataset } from '../../support/dataset.ts'
import { makeRunSpec } from '../../support/run-spec.ts'
import { startTrainer } from '../../support/trainer.ts'
import type { TestTrainer } from '../../support/trainer.ts'

let home: string
let dataset: SyntheticDataset
let scratchCount = 0
const trainers: TestTrainer[] = []

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'stillhouse-trainer-'))
  dataset = await writeSyntheticDataset(join(home, 'data'))
})
afterEach(async () => {
  await Promise.all(trainers.splice(0).map((trainer) => trainer.stop()))
})
afterAll(async () => {
  await rm(home, { recursive: true, force: true })
})

const start = async (options: Parameters<typeof startTrainer>[0] = {}): Promise<TestTrainer> => {
  const trainer = await startTrainer(options)
  trainers.push(trainer)
  return trainer
}

const requestFor = (spec: RunSpec, changes: Partial<TrainRequest> = {}): TrainRequest => ({
  runId: 'run',
  spec,
  dataset: dataset.folder,
  scratch: join(home, `scratch-${++scratchCount}`),
  resumeFrom: null,
  teacherLogits: null,
  ...changes,
})

type Trained = Extract<TrainerEvent, { type: 'trained' }>['result']

async function trainOn(
  trainer: TestTrainer,
  request: TrainRequest,
): Promise<{ result: Trained; events: TrainerEvent[] }> {
  const { end, events } = await trainer.run({ type: 'train', request })
  if (end.type !== 'trained') throw new Error(JSON.stringify(end))
  return { result: end.result, events }
}

const pointsOf = (events: readonly TrainerEvent[]): { key: string; step: number; value: number }[] =>
  events.flatMap((event) => (event.type === 'metrics' ? event.points : []))

const readLogits = async (request: TrainRequest, split: string): Promise<Float32Array> => {
  const array = decodeNpy(await readFile(join(request.scratch, 'predictions', `${split}.npy`)))
  if (array.dtype !== 'float32') throw new Error(array.dtype)
  return array.data
}

const teacherSpec = (): RunSpec =>
  makeRunSpec(dataset, {
    armId: 'teacher',
    method: null,
    labels: null,
    seed: 1001,
    network: { kind: 'mlp', hidden: [48, 48], dropout: 0.5 },
  })

const logitsOf = ({ scratch }: TrainRequest): NonNullable<TrainRequest['teacherLogits']> => ({
  train: join(scratch, 'predictions', 'train.npy'),
  validation: join(scratch, 'predictions', 'validation.npy'),
  test: join(scratch, 'predictions', 'test.npy'),
})

const soft = { temperature: 4, hardLabelWeight: 0.1, softTargetWeight: 0.9 }

describe('equal specs', () => {
  test('give equal weights in a fresh process, in a used one, and without AVX and FMA', async () => {
    const spec = teacherSpec()
    const [plain, withoutVectors] = await Promise.all([
      start(),
      start({ nodeFlags: ['--no-enable-avx', '--no-enable-avx2', '--no-enable-fma3'] }),
    ])
    const first = await trainOn(plain, requestFor(spec))
    const other = await trainOn(plain, requestFor({ ...spec, seed: 1002 }))
    const again = await trainOn(plain, requestFor(spec))
    const elsewhere = await trainOn(withoutVectors, requestFor(spec))
    expect(other.result.weightsSha256).not.toBe(first.result.weightsSha256)
    expect(again.result).toEqual(first.result)
    expect(pointsOf(again.events)).toEqual(pointsOf(first.events))
    expect(elsewhere.result.weightsSha256).toBe(first.result.weightsSha256)
    expect(elsewhere.result.figures).toEqual(first.result.figures)
  })
})

describe('a run that was killed', () => {
  test('goes on from its checkpoint to the same weights, figures and points', async () => {
    const spec = makeRunSpec(dataset, {
      network: { kind: 'mlp', hidden: [96, 64], dropout: 0.3 },
      training: { ...makeRunSpec(dataset).training, steps: 1200 },
    })
    const whole = await trainOn(await start(), requestFor(spec))

    const killed = await start({ env: { STILLHOUSE_CHECKPOINT_MS: '30' } })
    const request = requestFor(spec)
    killed.send({ type: 'train', request })
    const { path, step } = await killed.waitFor('checkpoint')
    await killed.stop()
    expect(killed.events.some((event) => event.type === 'trained')).toBe(false)
    expect(step).toBeGreaterThan(0)

    const resumed = await trainOn(await start(), requestFor(spec, { resumeFrom: path }))
    const from = resumed.events.find((event) => event.type === 'resumed')?.step ?? -1
    // The file may be a later checkpoint than the one that was heard of.
    expect(from).toBeGreaterThanOrEqual(step)
    expect(from).toBeLessThan(1200)
    expect(resumed.result).toEqual(whole.result)
    expect(pointsOf(resumed.events)).toEqual(pointsOf(whole.events).filter((point) => point.step > from))
  })

  test('begins anew, with the same result, where the checkpoint is damaged', async () => {
    const spec = makeRunSpec(dataset)
    const trainer = await start()
    const whole = await trainOn(trainer, requestFor(spec))
    const resumed = await trainOn(
      trainer,
      requestFor(spec, { resumeFrom: join(dataset.folder, 'meta.json') }),
    )
    expect(resumed.result).toEqual(whole.result)
    expect(
      resumed.events.some(
        (event) => event.type === 'log' && event.level === 'warn' && event.text.includes('checkpoint'),
      ),
    ).toBe(true)
  })

  test('does not take the checkpoint of another run', async () => {
    const trainer = await start({ env: { STILLHOUSE_CHECKPOINT_MS: '0' } })
    const { events } = await trainOn(trainer, requestFor(makeRunSpec(dataset)))
    const resumeFrom = events.find((event) => event.type === 'checkpoint')?.path ?? ''
    const { end } = await trainer.run({
      type: 'train',
      request: requestFor(makeRunSpec(dataset, { seed: 2 }), { resumeFrom }),
    })
    expect(end).toMatchObject({
      type: 'failed',
      reason: 'bad-input',
      text: expect.stringContaining('another run'),
    })
  })
})

describe('a finished run', () => {
  test('leaves artifacts that agree with its figures', async () => {
    const trainer = await start()
    const spec = makeRunSpec(dataset)
    const request = requestFor(spec)
    const { result, events } = await trainOn(trainer, request)
    const artifacts = events.flatMap((event) => (event.type === 'artifact' ? [event.artifact] : []))
    expect(artifacts.map(({ name }) => name).sort()).toEqual([
      'predictions/test.npy',
      'predictions/validation.npy',
      'topology.json',
      'train/examples.npy',
      'weights.bin',
    ])
    const sizes = new Map<string, number>()
    for (const { name, path, sizeBytes, sha256 } of artifacts) {
      const bytes = await readFile(path)
      expect(bytes.length).toBe(sizeBytes)
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256)
      sizes.set(name, bytes.length)
      if (name === 'weights.bin') expect(sha256).toBe(result.weightsSha256)
    }
    expect(result.parameters).toBe(20 * 24 + 24 + 24 * 17 + 17 + 17 * 4 + 4)
    expect(result.macs).toBe(20 * 24 + 24 * 17 + 17 * 4)
    expect(sizes.get('weights.bin')).toBe(result.parameters * 4)
    expect(result.sizeBytes).toBe((sizes.get('weights.bin') ?? 0) + (sizes.get('topology.json') ?? 0))
    expect(result.epochs).toBe((150 * 32) / 100)

    const labels = decodeNpy(await readFile(join(dataset.folder, 'test.labels.npy')))
    const quality = summariseQuality(
      qualityColumns(await readLogits(request, 'test'), Int32Array.from(labels.data), dataset.classes),
    )
    expect(result.figures['test/accuracy']).toBe(quality.accuracy)
    expect(result.figures['test/nll']).toBe(quality.nll)
    expect(result.figures['test/brier']).toBe(quality.brier)
    expect(result.figures['test/ece']).toBe(quality.ece)

    const examples = decodeNpy(await readFile(join(request.scratch, 'train', 'examples.npy')))
    expect(examples.shape).toEqual([100, 3])
    const mean = (column: number): number =>
      Array.from({ length: 100 }, (_, i) => examples.data[i * 3 + column] ?? Number.NaN).reduce(
        (a, b) => a + b,
      ) / 100
    expect(mean(0)).toBeCloseTo(result.figures['train/accuracy'] ?? Number.NaN, 12)
    expect(mean(1)).toBeCloseTo(result.figures['train/nll'] ?? Number.NaN, 12)
    expect(mean(2)).toBeCloseTo(result.figures['train/brier'] ?? Number.NaN, 12)
    expect(result.figures['gap/accuracy']).toBeCloseTo(mean(0) - quality.accuracy, 12)
    expect(result.figures['gap/nll']).toBeCloseTo(quality.nll - mean(1), 12)
  })

  test('is reproduced from weights.bin and topology.json in plain float64', async () => {
    const request = requestFor(makeRunSpec(dataset))
    await trainOn(await start(), request)
    const file = await readFile(join(request.scratch, 'weights.bin'))
    const topology = JSON.parse(await readFile(join(request.scratch, 'topology.json'), 'utf8')) as {
      weights: { shape: number[]; offsetBytes: number }[]
    }
    const examples = decodeNpy(await readFile(join(dataset.folder, 'test.examples.npy'))).data
    let x = Array.from(
      { length: dataset.inputSize },
      (_, j) => (examples[3 * dataset.inputSize + j] ?? 0) / 255,
    )
    const at = (layer: number): { offset: number; shape: number[] } => {
      const { shape = [], offsetBytes = 0 } = topology.weights[layer] ?? {}
      return { offset: offsetBytes, shape }
    }
    for (let layer = 0; layer < topology.weights.length; layer += 2) {
      const [kernel, bias] = [at(layer), at(layer + 1)]
      const out = kernel.shape[1] ?? 0
      x = Array.from({ length: out }, (_, j) => {
        const z = x.reduce(
          (sum, value, i) => sum + value * file.readFloatLE(kernel.offset + (i * out + j) * 4),
          file.readFloatLE(bias.offset + j * 4),
        )
        return layer + 2 < topology.weights.length ? Math.max(z, 0) : z
      })
    }
    const logits = await readLogits(request, 'test')
    x.forEach((z, k) => expect(logits[3 * dataset.classes + k]).toBeCloseTo(z, 4))
  })

  test('has curves that end in its figures, and says nothing of the test set before', async () => {
    const { result, events } = await trainOn(await start(), requestFor(makeRunSpec(dataset)))
    const points = pointsOf(events)
    expect(new Set(points.map(({ key }) => key))).toEqual(
      new Set([
        'train/loss',
        'learning-rate',
        'train/accuracy',
        'train/nll',
        'validation/accuracy',
        'validation/nll',
      ]),
    )
    for (const key of ['train/accuracy', 'validation/nll'])
      expect(points.findLast((point) => point.key === key)).toEqual({
        key,
        step: 150,
        value: result.figures[key],
      })
    const losses = points.filter(({ key }) => key === 'train/loss')
    expect(losses).toHaveLength(48)
    expect(losses.at(-1)?.value).toBeLessThan((losses[0]?.value ?? 0) / 2)
    expect(result.figures['test/accuracy']).toBeGreaterThan(0.5)
  })
})

describe('students', () => {
  test('of all methods learn from stored teacher logits, and those without a teacher do not depend on it', async () => {
    const trainer = await start()
    const teacher = requestFor(teacherSpec())
    const { result: teacherResult, events } = await trainOn(trainer, teacher)
    expect(
      events.some((event) => event.type === 'artifact' && event.artifact.name === 'predictions/train.npy'),
    ).toBe(true)
    expect(teacherResult.figures['test/agreement']).toBeUndefined()
    const teacherLogits = logitsOf(teacher)
    const methods: Method[] = [
      { name: 'scratch' },
      { name: 'label-smoothing', smoothing: 0.1 },
      { name: 'soft-targets', ...soft },
      { name: 'soft-targets-unlabelled', ...soft, unlabelledShare: 0.5 },
      { name: 'hard-labels-unlabelled', ...soft, unlabelledShare: 0.5 },
    ]
    const results: Trained[] = []
    for (const method of methods)
      results.push(
        (
          await trainOn(
            trainer,
            requestFor(makeRunSpec(dataset, { armId: method.name, method }), { teacherLogits }),
          )
        ).result,
      )
    expect(new Set(results.map(({ weightsSha256 }) => weightsSha256)).size).toBe(methods.length)
    for (const { figures } of results) {
      expect(figures['test/agreement']).toBeGreaterThan(0.5)
      expect(figures['train/kl']).toBeGreaterThan(0)
    }
    const alone = await trainOn(trainer, requestFor(makeRunSpec(dataset)))
    expect(alone.result.weightsSha256).toBe(results[0]?.weightsSha256)
    expect(alone.result.figures['test/agreement']).toBeUndefined()
  })

  test('follow their teacher closely when they learn from nothing else', async () => {
    const trainer = await start()
    const teacher = requestFor(teacherSpec())
    await trainOn(trainer, teacher)
    const method: Method = { name: 'soft-targets', temperature: 2, hardLabelWeight: 0, softTargetWeight: 1 }
    const optimizer = { name: 'sgd', momentum: 0.9, weightDecay: 0 } as const
    const training = { ...makeRunSpec(dataset).training, optimizer, learningRate: 0.05, steps: 2500 }
    const network = { ...makeRunSpec(dataset).network, hidden: [96, 96] }
    const spec = makeRunSpec(dataset, {
      armId: 'copy',
      method,
      network,
      training,
      labels: { perSeed: 400, subset: 'fixed' },
    })
    const { result } = await trainOn(trainer, requestFor(spec, { teacherLogits: logitsOf(teacher) }))
    expect(result.figures['train/agreement']).toBeGreaterThan(0.97)
    expect(result.figures['train/kl']).toBeLessThan(0.02)
  })

  test('that finished before the teacher get the same agreement and KL afterwards', async () => {
    const trainer = await start()
    const spec = makeRunSpec(dataset)
    const early = requestFor(spec)
    await trainOn(trainer, early)
    const teacher = requestFor(teacherSpec())
    await trainOn(trainer, teacher)
    const teacherLogits = logitsOf(teacher)
    const late = await trainOn(trainer, requestFor(spec, { teacherLogits }))
    const { end } = await trainer.run({
      type: 'fidelity',
      request: {
        dataset: dataset.folder,
        teacherLogits: { train: teacherLogits.train, test: teacherLogits.test },
        runs: [
          {
            runId: 'early',
            spec,
            weights: join(early.scratch, 'weights.bin'),
            testLogits: join(early.scratch, 'predictions', 'test.npy'),
          },
        ],
      },
    })
    if (end.type !== 'fidelity-measured') throw new Error(JSON.stringify(end))
    expect(end.runs).toHaveLength(1)
    for (const key of ['train/agreement', 'train/kl', 'test/agreement', 'test/kl']) {
      expect(end.runs[0]?.figures[key]).toBeDefined()
      expect(end.runs[0]?.figures[key]).toBe(late.result.figures[key])
    }
  })
})
