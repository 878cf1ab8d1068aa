import type { NetworkSpec } from '../contracts/network.ts'
import type { DataSpec, EngineName } from '../contracts/protocol.ts'
import type { RunSpec } from '../contracts/run.ts'
import { batchShape } from '../planning/batch-shape.ts'
import { latencyBatchSize, latencyPlan } from '../evaluation/latency.ts'
import { macs, parameterCount } from '../evaluation/model-size.ts'
import { planMeasurements, sampleSize } from '../evaluation/plan-measurements.ts'
import { rowsAtOnce } from '../evaluation/prediction-pieces.ts'
import { addWork, timesWork, type Work } from './costs.ts'

/** A forward and a backward pass of one example, in forward passes (core/evaluation/training-work.ts). */
const passesAStep = 3

/** What a training holds. Its steps, and what is measured on their way, may turn out fewer: early stopping. */
export interface RunWork {
  steps: number
  /** Before the first step and after the last: data, final predictions, files. */
  ends: Work
  /** A gradient step, with its share of the measurements on the way. */
  step: Work
  /** Equal for trainings that differ in seed, labels drawn and number of steps only. */
  shape: string
  engine: EngineName
  /** The fewest steps that it can end after; all of them where nothing stops it early. */
  fewestSteps: number
  /** Equal for trainings that are expected to stop alike: those of one arm. */
  length: string
}

/** Counts what a training will do, from its spec alone. */
export function runWork(spec: RunSpec, data: Pick<DataSpec, 'train' | 'validation' | 'test'>): RunWork {
  const { network, training, method } = spec
  const { inputSize, classes } = spec.data
  const labelled = spec.labels?.perSeed ?? data.train
  const batch = batchShape(method, training.batchSize, labelled)
  const { steps, earlyStop } = training
  const measured = Math.min(labelled, sampleSize)
  const passes = (examples: number): Work =>
    addWork(predictWork(network, spec.data, examples), { output: classes * examples })
  const alongWay =
    earlyStop === undefined
      ? timesWork(
          passes(measured + Math.min(data.validation, sampleSize)),
          planMeasurements({
            steps,
            batchSize: batch.size,
            labelledPerBatch: batch.labelled,
            labelled,
            evaluatedExamples: measured + Math.min(data.validation, sampleSize),
          }).evaluations - 1,
        )
      : timesWork(passes(data.validation + measured), Math.ceil(steps / earlyStop.everySteps))
  const shape = [
    [inputSize, ...network.hidden, classes].join('-'),
    batch.size,
    network.dropout > 0 ? 'dropout' : 'whole',
    training.optimizer.name,
  ].join(' ')
  return {
    steps,
    ends: addWork({ run: 1 }, passes(labelled + data.validation + data.test)),
    step: addWork(stepWork(network, spec.data, batch.size), timesWork(alongWay, 1 / steps)),
    shape,
    engine: spec.engine.name,
    fewestSteps:
      earlyStop === undefined ? steps : Math.min(steps, earlyStop.everySteps * (earlyStop.patience + 1)),
    length: `${shape} ${spec.armId} ${spec.data.hash}`,
  }
}

/** The work of `steps` of its steps, from its start to its end. */
export const wholeRun = ({ ends, step }: RunWork, steps: number): Work =>
  addWork(ends, timesWork(step, steps))

/** What lies before the first step of `wholeRun`: half of what it takes beside its steps and predictions. */
const before = { run: 0.5 }

/** The part of `wholeRun` that is done when `steps` were made, and what is left until `total` of them. */
export const doneOf = ({ step }: RunWork, steps: number): Work => addWork(before, timesWork(step, steps))
export const leftOf = ({ ends, step }: RunWork, steps: number): Work =>
  addWork(ends, { run: -before.run }, timesWork(step, steps))

interface Sizes {
  inputSize: number
  classes: number
}

const widthsOf = ({ hidden }: Pick<NetworkSpec, 'hidden'>, { inputSize, classes }: Sizes): number[] => [
  inputSize,
  ...hidden,
  classes,
]

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** One gradient step on `batch` examples. */
export function stepWork(
  network: Pick<NetworkSpec, 'hidden' | 'dropout'>,
  sizes: Sizes,
  batch: number,
): Work {
  const { hidden, dropout } = network
  const { inputSize, classes } = sizes
  return {
    layer: hidden.length + 1,
    mac: passesAStep * macs(inputSize, hidden, classes) * batch,
    weight: parameterCount(inputSize, hidden, classes),
    cell: sum(widthsOf(network, sizes)) * batch,
    output: classes * batch,
    ...(dropout > 0 ? { draw: sum(hidden) * batch } : {}),
  }
}

/** Predictions of so many examples, in as many calls as the trainer makes of them. */
export function predictWork(
  network: Pick<NetworkSpec, 'hidden'>,
  sizes: Sizes,
  examples: number,
  atOnce?: number,
): Work {
  const once = macs(sizes.inputSize, network.hidden, sizes.classes)
  const rows = rowsAtOnce(once, atOnce)
  return {
    call: (network.hidden.length + 1) * Math.ceil(examples / rows),
    passMac: once * examples,
    passCell: sum(widthsOf(network, sizes)) * examples,
  }
}

/** What a new process costs whoever trains in it first: its start, and steps before its code is compiled for speed. */
export const coldStart: Work = { process: 2 }

/** A process of the latency job is also ended: in starts of a process. */
const startAndEnd = 1.05

/** The latency job: each architecture in so many blocks, each block in a process of its own. */
export function profileWork(networks: readonly Pick<NetworkSpec, 'hidden'>[], sizes: Sizes): Work {
  const { blocks, warmUp, requests, batches } = latencyPlan
  const single = blocks * (warmUp + requests)
  const many = blocks * (warmUp + batches) * latencyBatchSize
  return addWork(
    { process: blocks * networks.length * startAndEnd },
    ...networks.flatMap((network) => [
      predictWork(network, sizes, single, 1),
      predictWork(network, sizes, many, latencyBatchSize),
      // Weights and inputs are drawn in each process anew.
      {
        draw:
          sizes.inputSize * (single + many) +
          blocks * parameterCount(sizes.inputSize, network.hidden, sizes.classes),
      },
    ]),
  )
}
