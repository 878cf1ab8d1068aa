import type { NetworkSpec } from '../contracts/network.ts'
import type { DataSpec, EngineName } from '../contracts/protocol.ts'
import type { RunSpec } from '../contracts/run.ts'
import { batchShape } from '../planning/batch-shape.ts'
import { latencyBatchSize, latencyPlan } from '../evaluation/latency.ts'
import { networkFacts, networkOutline } from '../networks/registry.ts'
import { planMeasurements, sampleSize } from '../evaluation/plan-measurements.ts'
import { rowsAtOnce } from '../evaluation/prediction-pieces.ts'
import type { Sizes } from '../networks/architecture.ts'
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
  const { classes } = spec.data
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
    networkOutline(network, spec.data),
    batch.size,
    networkFacts(network, spec.data).draws > 0 ? 'dropout' : 'whole',
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

/** One gradient step on `batch` examples. */
export function stepWork(network: NetworkSpec, sizes: Sizes, batch: number): Work {
  const { depth, macs, parameters, cells, draws } = networkFacts(network, sizes)
  return {
    layer: depth,
    mac: passesAStep * macs * batch,
    weight: parameters,
    cell: cells * batch,
    output: sizes.classes * batch,
    ...(draws > 0 ? { draw: draws * batch } : {}),
  }
}

/** Predictions of so many examples, in as many calls as the trainer makes of them. */
export function predictWork(network: NetworkSpec, sizes: Sizes, examples: number, atOnce?: number): Work {
  const { depth, macs, cells } = networkFacts(network, sizes)
  const rows = rowsAtOnce(macs, atOnce)
  return {
    call: depth * Math.ceil(examples / rows),
    passMac: macs * examples,
    passCell: cells * examples,
  }
}

/** What a new process costs whoever trains in it first: its start, and steps before its code is compiled for speed. */
export const coldStart: Work = { process: 2 }

/** A process of the latency job is also ended: in starts of a process. */
const startAndEnd = 1.05

/** The latency job: each architecture in so many blocks, each block in a process of its own. */
export function profileWork(networks: readonly NetworkSpec[], sizes: Sizes): Work {
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
        draw: sizes.inputSize * (single + many) + blocks * networkFacts(network, sizes).parameters,
      },
    ]),
  )
}
