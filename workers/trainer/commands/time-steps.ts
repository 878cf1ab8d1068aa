import type { RunSpec } from '../../../core/contracts/run.ts'
import type { StepTimes } from '../../../core/contracts/work-report.ts'
import type { StepsRequest } from '../../../core/contracts/work-request.ts'
import { adamDefaults } from '../../../core/planning/defaults.ts'
import { quantileSorted } from '../../../core/evaluation/latency.ts'
import { networkGraph } from '../../../core/networks/registry.ts'
import { createRandom } from '../../../core/random/create-random.ts'
import { seedOf } from '../../../core/random/seed-of.ts'
import type { SplitData } from '../data/dataset.ts'
import type { Engine } from '../engine/engine.ts'
import { buildNetwork } from '../network/build.ts'
import { initialWeights, tensorsOf } from '../network/initialise.ts'
import { createOptimizer } from '../loop/optimizer.ts'
import type { Pacer } from '../loop/pacer.ts'
import { allIndices, predictLogits } from '../evaluate/predict.ts'
import type { PreparedRun } from '../data/prepare-run.ts'
import { createTrainStep } from '../loop/train-step.ts'

const passRows = 1000
const warmUpMs = 200
/** Of a step: the cpu engine would keep the machine busy for most of a minute. */
const slowMs = 200
const fewRows = 100
const seed = 1

/** Times the trainer's own step and its prediction of examples, for each size on made-up examples. */
export async function timeSteps(
  { sizes }: StepsRequest,
  engine: Engine,
  pacer: Pacer,
): Promise<StepTimes['sizes']> {
  const last = sizes.at(-1)
  // Code is compiled for speed while it runs: a training is past that after its first moments.
  if (last !== undefined) await timeSize({ ...last, budgetMs: warmUpMs }, engine, pacer)
  const times: StepTimes['sizes'] = []
  for (const size of sizes) times.push(await timeSize(size, engine, pacer))
  return times
}

async function timeSize(
  size: StepsRequest['sizes'][number],
  engine: Engine,
  pacer: Pacer,
): Promise<StepTimes['sizes'][number]> {
  const run = madeUpRun(size, engine)
  const { spec, dataset } = run
  const network = buildNetwork(engine, run.graph)
  const { facts } = network
  const optimizer = createOptimizer(engine, spec.training.optimizer, facts.weights, null)
  const trainStep = createTrainStep(engine, network, run, optimizer)
  let weights = tensorsOf(engine, facts, initialWeights(facts, seed))
  let step = 0
  try {
    const stepMs = await usualTime(size, pacer, async () => {
      weights = trainStep(weights, step++).weights
    })
    const passExamples = stepMs > slowMs ? fewRows : passRows
    const input = {
      examples: dataset.train.examples,
      inputSize: size.inputSize,
      indices: allIndices(passExamples),
    }
    const passMs = await usualTime({ ...size, budgetMs: size.budgetMs / 4 }, pacer, async () => {
      await predictLogits(network, weights, input, pacer)
    })
    return { stepMs, passMs, passExamples }
  } finally {
    for (const tensor of weights) tensor.dispose()
    optimizer.dispose()
  }
}

/**
 * The median: a mean of so few is ruled by the one that was interrupted, or whose code was compiled meanwhile. The first of
 * the time is not counted.
 */
async function usualTime(
  { budgetMs }: { budgetMs: number },
  pacer: Pacer,
  work: () => Promise<void>,
): Promise<number> {
  const repeat = async (forMs: number, atLeast: number): Promise<number[]> => {
    const startedAt = performance.now()
    const times: number[] = []
    for (;;) {
      const before = performance.now()
      await work()
      if (pacer.isDue()) await pacer.breathe()
      const now = performance.now()
      times.push(now - before)
      if (times.length >= atLeast && now - startedAt >= forMs) return times
    }
  }
  await repeat(budgetMs / 2, 1)
  const [second = 0] = await repeat(0, 1)
  // What is so slow is not made to show it four times.
  if (second > slowMs) return second
  return quantileSorted(
    [second, ...(await repeat(budgetMs, 2))].sort((a, b) => a - b),
    0.5,
  )
}

function madeUpRun(size: StepsRequest['sizes'][number], engine: Engine): PreparedRun {
  const { network, inputSize, classes, batchSize } = size
  const hash = '0'.repeat(64)
  const values = new Float32Array(passRows * inputSize)
  createRandom(seedOf('time-steps', seed)).fillUniform(values, 0, 1)
  const split: SplitData = {
    examples: { dtype: 'float32', values },
    labels: Int32Array.from({ length: passRows }, (_, i) => i % classes),
    count: passRows,
  }
  const counts = { train: passRows, validation: passRows, test: passRows }
  const spec: RunSpec = {
    schemaVersion: 1,
    armId: 'teacher',
    method: null,
    seed,
    network,
    training: {
      steps: 1_000_000,
      batchSize,
      optimizer: adamDefaults,
      learningRate: 1e-6,
      schedule: 'constant',
    },
    data: { hash, classes, inputSize },
    labels: null,
    teacherSpecHash: null,
    engine: { name: engine.name, version: engine.version },
  }
  return {
    spec,
    dataset: {
      meta: { hash, name: 'made up', classes, inputSize, ...counts, dtype: 'float32' },
      train: split,
      validation: split,
      test: split,
    },
    labelled: allIndices(passRows),
    unlabelled: new Int32Array(0),
    shape: { size: batchSize, labelled: batchSize },
    teacherLogits: null,
    graph: networkGraph(network, size),
  }
}
