import { join } from 'node:path'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { MetricPoint } from '../../core/contracts/work-report.ts'
import type { TrainerEvent } from '../protocol/trainer-messages.ts'
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import type { Engine } from './engine.ts'
import { Diverged } from './failure.ts'
import { evaluationSamples, measure, sampleSize } from './measure.ts'
import { initialWeights, weightShapes } from './network/initialise.ts'
import { createOptimizer } from './optimizer.ts'
import type { Pacer } from './pacer.ts'
import { planMeasurements } from './plan-measurements.ts'
import { allFinite } from './predict.ts'
import type { PreparedRun } from './prepare-run.ts'
import { learningRateAt } from './schedule.ts'
import { createTrainStep } from './train-step.ts'

export interface LoopOptions {
  engine: Engine
  run: PreparedRun
  /** Folder for the checkpoint. */
  scratch: string
  resumeFrom: string | null
  checkpointMs: number
  send: (event: TrainerEvent) => void
  pacer: Pacer
}

export const readWeights = (weights: readonly Tensor[]): Float32Array[] =>
  weights.map((tensor) => Float32Array.from(tensor.dataSync()))

/**
 * Trains from the start or from a checkpoint to the last step and returns the weights, [kernel, bias, …].
 * Sends points of the curves, progress, and checkpoints. A resumed run ends in the same bits as an undisturbed one.
 * @throws Diverged, Cancelled, TrainerFailure
 */
export async function trainLoop(options: LoopOptions): Promise<Float32Array[]> {
  const { engine, run, scratch, resumeFrom, checkpointMs, send, pacer } = options
  const { spec, dataset, shape, labelled } = run
  const { steps } = spec.training
  const { inputSize, classes } = dataset.meta

  const checkpoint = resumeFrom === null ? null : await readCheckpoint(resumeFrom, spec)
  const curves: MetricPoint[] = checkpoint?.points ?? []
  if (checkpoint) {
    send({ type: 'resumed', step: checkpoint.step })
    // Sent anew as a whole: the server reads the points of the newest attempt alone.
    if (curves.length > 0) send({ type: 'metrics', points: [...curves] })
  } else if (resumeFrom !== null)
    send({
      type: 'log',
      level: 'warn',
      text: `No usable checkpoint at ${resumeFrom}: training from the start.`,
    })

  const samples = evaluationSamples(run)
  const plan = planMeasurements({
    steps,
    batchSize: shape.size,
    labelledPerBatch: shape.labelled,
    labelled: labelled.length,
    evaluatedExamples: samples.train.length + samples.validation.length,
  })
  if (!checkpoint) send({ type: 'log', level: 'info', text: describe(run) })

  const shapes = weightShapes(spec.network, inputSize, classes)
  const initial = checkpoint?.weights ?? initialWeights(spec.network, inputSize, classes, spec.seed)
  const optimizer = createOptimizer(engine, spec.training.optimizer, shapes, checkpoint?.moments ?? null)
  const trainStep = createTrainStep(engine, run, optimizer)
  let weights: Tensor[] = initial.map((values, i) => engine.tf.tensor(values, shapes[i]))
  let lossSum = checkpoint?.lossSum ?? 0
  let lossCount = checkpoint?.lossCount ?? 0
  let savedAt = performance.now()

  try {
    for (let step = checkpoint?.step ?? 0; step < steps; step++) {
      const startedAt = performance.now()
      const result = trainStep(weights, step)
      if (!Number.isFinite(result.loss))
        throw new Diverged(
          step,
          `The loss is not finite after ${step} of ${steps} steps. Try a lower learning rate.`,
        )
      weights = result.weights
      lossSum += result.loss
      lossCount++

      const done = step + 1
      const points: MetricPoint[] = []
      if (plan.reportsLoss(done)) {
        points.push({ key: 'train/loss', step: done, value: lossSum / lossCount })
        points.push({ key: 'learning-rate', step: done, value: learningRateAt(spec.training, step) })
        lossSum = 0
        lossCount = 0
      }
      const now = performance.now()
      pacer.stepDone(done, now - startedAt)
      // The last step is evaluated on all examples, by the caller.
      if (done < steps && plan.evaluates(done))
        points.push(...(await measure(engine, weights, run, samples, done, pacer)))
      if (points.length > 0) {
        send({ type: 'metrics', points })
        curves.push(...points)
      }
      if (done < steps && now - savedAt >= checkpointMs) {
        const path = join(scratch, 'checkpoint.bin')
        const state = {
          step: done,
          lossSum,
          lossCount,
          points: curves,
          weights: readWeights(weights),
          moments: optimizer.readMoments(),
        }
        await writeCheckpoint(path, spec, state)
        send({ type: 'checkpoint', path, step: done })
        savedAt = performance.now()
      }
      if (pacer.isDue()) await pacer.breathe()
    }
    const values = readWeights(weights)
    if (!values.every(allFinite))
      throw new Diverged(steps, `The weights are not finite after ${steps} steps.`)
    return values
  } finally {
    for (const tensor of weights) tensor.dispose()
    optimizer.dispose()
  }
}

function describe({ spec, shape, labelled, unlabelled, dataset, parameters }: PreparedRun): string {
  const parts = [
    `${spec.armId}, seed ${spec.seed}: ${parameters} parameters, ${spec.training.steps} steps of ${shape.size} examples`,
    `${labelled.length} labelled`,
  ]
  if (unlabelled.length > 0)
    parts.push(`${unlabelled.length} unlabelled (${shape.size - shape.labelled} in each batch)`)
  if (shape.size < spec.training.batchSize)
    parts.push(`batches of ${spec.training.batchSize} were cut to the number of labelled examples`)
  if (labelled.length > sampleSize || dataset.validation.count > sampleSize)
    parts.push(
      `curves are measured on at most ${sampleSize} labelled and ${sampleSize} validation examples, drawn once; the last point on all`,
    )
  return `${parts.join('; ')}.`
}
