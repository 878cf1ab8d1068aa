import type { Method } from '../../core/contracts/arm.ts'
import type { NetworkSpec, TrainingSpec } from '../../core/contracts/network.ts'
import type { EngineName } from '../../core/contracts/protocol.ts'
import { batchShape } from '../../core/planning/batch-shape.ts'
import { networkGraph } from '../../core/networks/registry.ts'
import { createRandom } from '../../core/random/create-random.ts'
import { seedOf } from '../../core/random/seed-of.ts'
import type { SplitData } from '../../workers/trainer/data/dataset.ts'
import { allIndices } from '../../workers/trainer/evaluate/predict.ts'
import type { PreparedRun } from '../../workers/trainer/data/prepare-run.ts'
import { uniform } from './tensors.ts'

export interface SmallRunOptions {
  seed: number
  inputSize: number
  classes: number
  hidden: readonly number[]
  dropout?: number
  method: Method | null
  training: TrainingSpec
  examples?: number
  labelled?: number
}

/** A run in memory with random inputs, labels and teacher, for what takes a `PreparedRun` and an engine. */
export function makeSmallRun(options: SmallRunOptions): PreparedRun {
  const { seed, inputSize, classes, hidden, dropout = 0, method, training } = options
  const { examples = 24, labelled = 16 } = options
  const random = createRandom(seedOf('small-run', seed))
  const split = (name: string): SplitData => ({
    examples: { dtype: 'float32', values: uniform(examples * inputSize, 'small-run', name, seed) },
    labels: Int32Array.from({ length: examples }, () => random.nextInt(classes)),
    count: examples,
  })
  const network: NetworkSpec = { kind: 'mlp', hidden: [...hidden], dropout }
  const hash = 'a'.repeat(64)
  const counts = { train: examples, validation: examples, test: examples }
  const logits = uniform(examples * classes, 'small-run', 'teacher', seed).map((value) => value * 6)
  const shape = batchShape(method, training.batchSize, labelled)
  return {
    spec: {
      schemaVersion: 1,
      armId: method?.name ?? 'teacher',
      method,
      seed,
      network,
      training,
      data: { hash, classes, inputSize },
      labels: { perSeed: labelled, subset: 'fixed' },
      teacherSpecHash: null,
      engine: { name: 'wasm' satisfies EngineName, version: 'test' },
    },
    dataset: {
      meta: { hash, name: 'random', classes, inputSize, ...counts, dtype: 'float32' },
      train: split('train'),
      validation: split('validation'),
      test: split('test'),
    },
    labelled: allIndices(examples).subarray(0, labelled),
    unlabelled: allIndices(examples).subarray(labelled),
    shape,
    teacherLogits: { train: logits, validation: logits, test: logits },
    graph: networkGraph(network, { inputSize, classes }),
  }
}
