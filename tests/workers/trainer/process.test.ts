import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { RunSpec } from '../../../core/contracts/run.ts'
import type {
  TrainRequest,
  TrainerCommand,
  TrainerEvent,
} from '../../../workers/protocol/trainer-messages.ts'
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

const trainCommand = (spec: RunSpec, changes: Partial<TrainRequest> = {}): TrainerCommand => ({
  type: 'train',
  request: {
    runId: 'run',
    spec,
    dataset: dataset.folder,
    scratch: join(home, `scratch-${++scratchCount}`),
    resumeFrom: null,
    teacherLogits: null,
    ...changes,
  },
})

const withTraining = (changes: Partial<RunSpec['training']>): RunSpec =>
  makeRunSpec(dataset, { training: { ...makeRunSpec(dataset).training, ...changes } })

const endless = (): RunSpec => withTraining({ steps: 5_000_000 })

const isProgress = (event: TrainerEvent): event is Extract<TrainerEvent, { type: 'progress' }> =>
  event.type === 'progress'

describe('a trainer under way', () => {
  test('ends with `cancelled` within 100 ms and can train again', async () => {
    const trainer = await start()
    const before = await trainer.run(trainCommand(makeRunSpec(dataset)))
    trainer.send(trainCommand(endless()))
    await trainer.waitFor('metrics', trainer.events.length)
    const askedAt = performance.now()
    trainer.send({ type: 'cancel' })
    await trainer.waitFor('cancelled')
    expect(performance.now() - askedAt).toBeLessThan(100)
    const after = await trainer.run(trainCommand(makeRunSpec(dataset)))
    expect(after.end).toEqual(before.end)
  })

  test('says how far it is at least every second, with a tensor count that stays flat', async () => {
    const trainer = await start({ env: { STILLHOUSE_CHECKPOINT_MS: '200' } })
    trainer.send(trainCommand(endless()))
    const first = await trainer.waitFor('progress')
    const progress: Extract<TrainerEvent, { type: 'progress' }>[] = []
    for (let i = 0; i < 4; i++) {
      const askedAt = performance.now()
      progress.push(await trainer.waitFor('progress', trainer.events.length))
      expect(performance.now() - askedAt).toBeLessThan(1000)
    }
    trainer.send({ type: 'cancel' })
    await trainer.waitFor('cancelled')
    expect(new Set(progress.map(({ tensors }) => tensors)).size).toBe(1)
    for (const [i, { step, stepMs, steps }] of progress.entries()) {
      expect(step).toBeGreaterThan(progress[i - 1]?.step ?? 0)
      expect(stepMs).toBeGreaterThan(0)
      expect(steps).toBe(endless().training.steps)
    }
    const again = await trainer.run(trainCommand(makeRunSpec(dataset)))
    // A second run finds no tensors of the first one.
    expect(again.events.find(isProgress)?.tensors).toBe(first.tensors)
  })

  test('exits within a second when its channel to the parent closes', async () => {
    const trainer = await start()
    trainer.send(trainCommand(endless()))
    await trainer.waitFor('metrics')
    const lostAt = performance.now()
    trainer.child.disconnect()
    await trainer.exited
    expect(performance.now() - lostAt).toBeLessThan(1000)
  })

  test('exits within a second when its parent is killed', async () => {
    const commandFile = join(home, 'command.json')
    await writeFile(commandFile, JSON.stringify(trainCommand(endless())))
    const script = join(import.meta.dirname, '..', '..', 'support', 'trainer-parent.ts')
    const parent = spawn(process.execPath, ['--import', 'tsx', script, commandFile], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    await once(parent.stdout, 'data')
    // Closes when the last process that holds it is gone: the trainer.
    const closed = once(parent.stderr, 'close')
    parent.stderr.resume()
    const killedAt = performance.now()
    parent.kill('SIGKILL')
    await closed
    expect(performance.now() - killedAt).toBeLessThan(1000)
  })

  test('exits when it is told to', async () => {
    const trainer = await start()
    trainer.send({ type: 'exit' })
    expect(await trainer.exited).toEqual({ code: 0, signal: null })
  })
})

describe('a run that cannot succeed', () => {
  test('diverges at the first step whose loss is not finite, and the process trains on', async () => {
    const trainer = await start()
    const optimizer = { name: 'sgd', momentum: 0.9, weightDecay: 0 } as const
    const spec = withTraining({ optimizer, learningRate: 1e20, steps: 500 })
    const { end } = await trainer.run(trainCommand(spec))
    if (end.type !== 'diverged') throw new Error(JSON.stringify(end))
    expect(end.step).toBeGreaterThan(0)
    expect(end.step).toBeLessThan(10)
    expect(end.epochs).toBeCloseTo((end.step * 32) / 100, 12)
    expect(end.text).toContain('learning rate')
    // The steps before it all had a finite loss: the step that was reported is the first.
    const constant = { ...spec.training, schedule: 'constant' as const }
    const full = await trainer.run(trainCommand({ ...spec, training: constant }))
    if (full.end.type !== 'diverged') throw new Error(JSON.stringify(full.end))
    const { step } = full.end
    const until = await trainer.run(trainCommand({ ...spec, training: { ...constant, steps: step } }))
    const points = until.events.flatMap((event) => (event.type === 'metrics' ? event.points : []))
    const last = points.find((point) => point.key === 'train/loss' && point.step === step)
    expect(Number.isFinite(last?.value)).toBe(true)
    expect((await trainer.run(trainCommand(makeRunSpec(dataset)))).end.type).toBe('trained')
  })

  const badInputs: [string, () => TrainerCommand, RegExp][] = [
    [
      'a folder that is no data set',
      () => trainCommand(makeRunSpec(dataset), { dataset: home }),
      /not a prepared data set/,
    ],
    [
      'a data set with another hash',
      () =>
        trainCommand(makeRunSpec(dataset, { data: { ...makeRunSpec(dataset).data, hash: '0'.repeat(64) } })),
      /planned for 0000/,
    ],
    [
      'more labels than examples',
      () => trainCommand(makeRunSpec(dataset, { labels: { perSeed: 401, subset: 'per-seed' } })),
      /401 labels.*400 examples/,
    ],
    [
      'a method that needs a teacher without its logits',
      () =>
        trainCommand(
          makeRunSpec(dataset, {
            method: { name: 'soft-targets', temperature: 4, hardLabelWeight: 0.1, softTargetWeight: 0.9 },
          }),
        ),
      /no teacher logits/,
    ],
    [
      'unlabelled examples where all are labelled',
      () =>
        trainCommand(
          makeRunSpec(dataset, {
            labels: null,
            method: {
              name: 'soft-targets-unlabelled',
              temperature: 4,
              hardLabelWeight: 0.1,
              softTargetWeight: 0.9,
              unlabelledShare: 0.5,
            },
          }),
          {
            // Any logits of the right shape will do: the check comes before they are used.
            teacherLogits: {
              train: join(home, 'train.npy'),
              validation: join(home, 'validation.npy'),
              test: join(home, 'test.npy'),
            },
          },
        ),
      /all 400 are labelled/,
    ],
    [
      'another engine than planned',
      () => trainCommand(makeRunSpec(dataset, { engine: { name: 'native', version: 'x' } })),
      /STILLHOUSE_ENGINE=native/,
    ],
    [
      'teacher logits of another shape',
      () => {
        const path = join(dataset.folder, 'test.labels.npy')
        return trainCommand(makeRunSpec(dataset), {
          teacherLogits: { train: path, validation: path, test: path },
        })
      },
      /expected float32 \[400, 4\], found int32 \[150\]/,
    ],
    [
      'a network of width 0',
      () => trainCommand(makeRunSpec(dataset, { network: { kind: 'mlp', hidden: [0], dropout: 0 } })),
      /did not understand/,
    ],
  ]

  test.each(badInputs)('fails with bad-input for %s', async (name, command, text) => {
    if (name.startsWith('unlabelled')) await writeLogits()
    const { end } = await (await start()).run(command())
    expect(end).toMatchObject({ type: 'failed', reason: 'bad-input', text: expect.stringMatching(text) })
  })

  const writeLogits = async (): Promise<void> => {
    const { encodeNpy } = await import('../../../core/data/npy.ts')
    for (const split of ['train', 'validation', 'test'] as const) {
      const shape = [dataset[split], dataset.classes]
      const data = new Float32Array(dataset[split] * dataset.classes)
      await writeFile(join(home, `${split}.npy`), encodeNpy({ dtype: 'float32', shape, data }))
    }
  }

  test('fails with out-of-memory where the wasm memory cannot grow, and the process exits by itself', async () => {
    const trainer = await start({ nodeFlags: ['--wasm-max-mem-pages=600'] })
    const { end } = await trainer.run(
      trainCommand(makeRunSpec(dataset, { network: { kind: 'mlp', hidden: [1500, 1500], dropout: 0 } })),
    )
    expect(end).toMatchObject({ type: 'failed', reason: 'out-of-memory' })
    expect((await trainer.exited).code).toBe(4)
  })
})

describe('a profile', () => {
  test('gives quantiles and throughput, and leaves no tensors', async () => {
    const trainer = await start()
    const request = {
      network: { kind: 'mlp' as const, hidden: [32], dropout: 0.5 },
      inputSize: 20,
      classes: 4,
      seed: 1,
      warmUp: 5,
      requests: 50,
      batches: 10,
    }
    const { end } = await trainer.run({ type: 'profile', request })
    if (end.type !== 'profiled') throw new Error(JSON.stringify(end))
    expect(end.latency.p50Ms).toBeGreaterThan(0)
    expect(end.latency.p90Ms).toBeGreaterThanOrEqual(end.latency.p50Ms)
    expect(end.latency.throughput).toBeGreaterThan(32)
    const { events } = await trainer.run({ type: 'profile', request })
    expect(events.find(isProgress)?.tensors).toBe(0)
  })
})

describe('engines', () => {
  test('the cpu engine trains the same network to nearly the same numbers', async () => {
    const [wasm, cpu] = [await start(), await start({ env: { STILLHOUSE_ENGINE: 'cpu' } })]
    const network = { kind: 'mlp' as const, hidden: [16, 8], dropout: 0.2 }
    for (const optimizer of [
      makeRunSpec(dataset).training.optimizer,
      { name: 'sgd', momentum: 0.9, weightDecay: 1e-3 } as const,
    ]) {
      const spec = { ...withTraining({ steps: 60, optimizer }), network }
      const one = await wasm.run(trainCommand(spec))
      const other = await cpu.run(trainCommand({ ...spec, engine: { name: 'cpu', version: 'test' } }))
      if (one.end.type !== 'trained' || other.end.type !== 'trained')
        throw new Error(JSON.stringify(other.end))
      const [a, b] = [one.end.result.figures, other.end.result.figures]
      for (const key of ['test/nll', 'train/nll', 'test/brier'])
        expect(b[key]).toBeCloseTo(a[key] ?? Number.NaN, 3)
      const counts = other.events.filter(isProgress).map(({ tensors }) => tensors)
      expect(counts.at(-1)).toBeLessThan(40)
    }
  })

  test('auto takes the portable engine where the native one is not installed', async () => {
    const trainer = await start({ env: { STILLHOUSE_ENGINE: 'auto' } })
    const { engine } = await trainer.waitFor('ready')
    expect(['wasm', 'native']).toContain(engine.name)
    if (engine.name === 'wasm') expect(engine.version).toMatch(/^tfjs 4\.22\.0, kernels [0-9a-f]{8}$/)
  })
})
