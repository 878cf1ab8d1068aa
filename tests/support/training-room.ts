import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { RunSpec } from '../../core/contracts/run.ts'
import { decodeNpy } from '../../core/data/npy.ts'
import type { MetricPoint } from '../../core/contracts/work-report.ts'
import type { TrainRequest } from '../../core/contracts/work-request.ts'
import type { TrainerEvent } from '../../workers/protocol/trainer-messages.ts'
import type { TrainResult } from '../../core/contracts/work-report.ts'
import { writeSyntheticDataset } from './dataset.ts'
import type { SyntheticDataset } from './dataset.ts'
import { makeRunSpec } from './run-spec.ts'
import { startTrainer } from './trainer.ts'
import type { TestTrainer } from './trainer.ts'

export interface TrainingRoom {
  home(): string
  dataset(): SyntheticDataset
  /** A trainer that is gone when the test ends. */
  start(options?: Parameters<typeof startTrainer>[0]): Promise<TestTrainer>
  /** A small run with the given changes. */
  spec(changes?: Partial<RunSpec>): RunSpec
  withTraining(changes: Partial<RunSpec['training']>): RunSpec
  /** A request with a scratch folder of its own. */
  request(spec: RunSpec, changes?: Partial<TrainRequest>): TrainRequest
  /** Trains to the end; anything but `trained` is an error. */
  train(trainer: TestTrainer, request: TrainRequest): Promise<{ result: TrainResult; events: TrainerEvent[] }>
}

/** A temporary folder with a synthetic data set for one test file, and trainers that never outlive their test. */
export function useTrainingRoom(): TrainingRoom {
  let home = ''
  let dataset: SyntheticDataset | null = null
  let requests = 0
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
  const prepared = (): SyntheticDataset => {
    if (!dataset) throw new Error('The data set is there once the tests run.')
    return dataset
  }
  const spec = (changes: Partial<RunSpec> = {}): RunSpec => makeRunSpec(prepared(), changes)
  return {
    home: () => home,
    dataset: prepared,
    async start(options = {}) {
      const trainer = await startTrainer(options)
      trainers.push(trainer)
      return trainer
    },
    spec,
    withTraining: (changes) => spec({ training: { ...spec().training, ...changes } }),
    request: (runSpec, changes = {}) => ({
      runId: 'run',
      spec: runSpec,
      dataset: prepared().folder,
      scratch: join(home, `scratch-${++requests}`),
      resumeFrom: null,
      teacherLogits: null,
      teacherNetwork: null,
      ...changes,
    }),
    async train(trainer, request) {
      const { end, events } = await trainer.run({ type: 'train', request })
      if (end.type !== 'trained') throw new Error(JSON.stringify(end))
      return { result: end.result, events }
    },
  }
}

export const pointsOf = (events: readonly TrainerEvent[]): MetricPoint[] =>
  events.flatMap((event) => (event.type === 'metrics' ? event.points : []))

/** Stored logits of a finished run, [N, K]. */
export async function readLogits({ scratch }: TrainRequest, split: string): Promise<Float32Array> {
  const array = decodeNpy(await readFile(join(scratch, 'predictions', `${split}.npy`)))
  if (array.dtype !== 'float32') throw new Error(`${split}.npy holds ${array.dtype}`)
  return array.data
}

/** Where a finished teacher left its logits. */
export const logitsOf = ({ scratch }: TrainRequest): NonNullable<TrainRequest['teacherLogits']> => ({
  train: join(scratch, 'predictions', 'train.npy'),
  validation: join(scratch, 'predictions', 'validation.npy'),
  test: join(scratch, 'predictions', 'test.npy'),
})
