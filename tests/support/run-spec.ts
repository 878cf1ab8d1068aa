import type { RunSpec } from '../../core/contracts/run.ts'
import type { SyntheticDataset } from './dataset.ts'
import { testEngine } from './engines.ts'

/** A small run on a synthetic data set; tests change what they are about. */
export function makeRunSpec(dataset: SyntheticDataset, changes: Partial<RunSpec> = {}): RunSpec {
  const { hash, classes, inputSize } = dataset
  return {
    schemaVersion: 1,
    armId: 'scratch',
    method: { name: 'scratch' },
    seed: 1,
    network: { kind: 'mlp', hidden: [24, 17], dropout: 0 },
    training: {
      steps: 150,
      batchSize: 32,
      optimizer: { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 1e-4 },
      learningRate: 0.005,
      schedule: 'cosine',
    },
    data: { hash, classes, inputSize },
    labels: { perSeed: 100, subset: 'per-seed' },
    teacherSpecHash: null,
    engine: { name: testEngine, version: 'test' },
    ...changes,
  }
}
