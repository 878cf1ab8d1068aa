import { EngineName } from '../../core/contracts/protocol.ts'
import type { RunSpec } from '../../core/contracts/run.ts'
import { createRandom } from '../../core/random/create-random.ts'
import { loadEngine } from '../../workers/trainer/engine/load-engine.ts'
import type { PreparedRun } from '../../workers/trainer/data/prepare-run.ts'
import { createOptimizer } from '../../workers/trainer/loop/optimizer.ts'
import { networkGraph } from '../../core/networks/registry.ts'
import { buildNetwork } from '../../workers/trainer/network/build.ts'
import { initialWeights, tensorsOf } from '../../workers/trainer/network/initialise.ts'
import { allIndices } from '../../workers/trainer/evaluate/predict.ts'
import { createTrainStep } from '../../workers/trainer/loop/train-step.ts'
import type { StepConfig } from './step-config.ts'

/**
 * A child process that times the trainer's own step (batch, forward, loss, backward, update): argv[2] a StepConfig, argv[3]
 * an engine. Says { version } when it is ready or { reason } when the engine does not work, then answers each number of
 * steps with their durations in ms.
 */
const classes = 10
const inputSize = 784
const count = 4000

const random = createRandom('step bench')
const bytes = Uint8Array.from({ length: count * inputSize }, () =>
  random.nextInt(5) === 0 ? random.nextInt(256) : 0,
)
const scale = 1 / 255
const split = {
  examples: { dtype: 'uint8' as const, values: bytes, scale },
  labels: Int32Array.from({ length: count }, () => random.nextInt(classes)),
  count,
}

function prepare({ hidden, batchSize, dropout, distilled }: StepConfig): PreparedRun {
  const hash = '0'.repeat(64)
  const meta = {
    hash,
    name: 'mnist',
    classes,
    inputSize,
    dtype: 'uint8' as const,
    scale,
    train: count,
    validation: count,
    test: count,
  }
  const spec: RunSpec = {
    schemaVersion: 1,
    armId: 'bench',
    method: distilled
      ? { name: 'soft-targets', temperature: 4, hardLabelWeight: 0.1, softTargetWeight: 0.9 }
      : { name: 'scratch' },
    seed: 1,
    network: { kind: 'mlp', hidden, dropout },
    training: {
      steps: 1_000_000,
      batchSize,
      optimizer: { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0 },
      learningRate: 1e-3,
      schedule: 'cosine',
    },
    data: { hash, classes, inputSize },
    labels: null,
    teacherSpecHash: null,
    engine: { name: 'wasm', version: 'bench' },
  }
  const logits = new Float32Array(count * classes)
  random.fillUniform(logits, -4, 4)
  return {
    spec,
    dataset: { meta, train: split, validation: split, test: split },
    labelled: allIndices(count),
    unlabelled: new Int32Array(0),
    shape: { size: batchSize, labelled: batchSize },
    teacherLogits: { train: logits, validation: logits, test: logits },
    graph: networkGraph(spec.network, meta),
  }
}

const config = JSON.parse(process.argv[2] ?? '') as StepConfig
const engine = await loadEngine(EngineName.parse(process.argv[3]), undefined).catch((error: unknown) => {
  process.send?.({ reason: error instanceof Error ? error.message : String(error) }, () => process.exit(0))
  return new Promise<never>(() => undefined)
})
const run = prepare(config)
const network = buildNetwork(engine, run.graph)
const { facts } = network
const optimizer = createOptimizer(engine, run.spec.training.optimizer, facts.weights, null)
const trainStep = createTrainStep(engine, network, run, optimizer)
let weights = tensorsOf(engine, facts, initialWeights(facts, 1))
let step = 0

process.on('message', (steps: number) => {
  const durationsMs: number[] = []
  for (let i = 0; i < steps; i++) {
    const startedAt = performance.now()
    weights = trainStep(weights, step++).weights
    durationsMs.push(performance.now() - startedAt)
  }
  process.send?.(durationsMs)
})
process.on('disconnect', () => process.exit(0))
process.send?.({ version: engine.version })
