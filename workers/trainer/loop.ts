import { join } from 'node:path'
import type { Tensor } from '@tensorflow/tfjs-core'
import { trainingLabel } from '../../core/planning/describe-arms.ts'
import { formatCount } from '../../core/text/format-number.ts'
import { counted } from '../../core/text/grammar.ts'
import { everySteps } from '../../core/wording/phrases.ts'
import type { MetricPoint } from '../../core/contracts/work-report.ts'
import type { TrainerEvent } from '../protocol/trainer-messages.ts'
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { afterMeasurement, isMeasured, isReported, startEarlyStop } from './early-stop.ts'
import type { Engine } from './engine.ts'
import { Diverged } from './failure.ts'
import { evaluationSamples, measure } from './measure.ts'
import type { Samples } from './measure.ts'
import { initialWeights, weightShapes } from './network/initialise.ts'
import { createOptimizer } from './optimizer.ts'
import type { Pacer } from './pacer.ts'
import { planMeasurements, sampleSize } from '../../core/evaluation/plan-measurements.ts'
import { allFinite } from './predict.ts'
import type { PreparedRun } from './prepare-run.ts'
import { learningRateAt } from './schedule.ts'
import { addStep, noSteps, stepPoints } from './step-means.ts'
import type { StepSums } from './step-means.ts'
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

/** How a training ended. */
export interface Trained {
  /** Weights of `evaluatedStep`, [kernel, bias, …]. */
  values: Float32Array[]
  /** Gradient steps made. */
  steps: number
  /** Where those weights stood: the last step, or with early stopping the best measured one. */
  evaluatedStep: number
  /** All points that were sent. */
  curves: MetricPoint[]
}

/**
 * Trains from the start or from a checkpoint to the last step, or to where it stops early. Sends points of the curves,
 * progress, and checkpoints. A resumed run ends in the same bits as an undisturbed one.
 * @throws Diverged, Cancelled, TrainerFailure
 */
export async function trainLoop(options: LoopOptions): Promise<Trained> {
  const { engine, run, scratch, resumeFrom, checkpointMs, send, pacer } = options
  const { spec, dataset, shape, labelled } = run
  const { steps, earlyStop } = spec.training
  const { inputSize, classes } = dataset.meta

  const shapes = weightShapes(spec.network, inputSize, classes)
  const found = resumeFrom === null ? null : await readCheckpoint(resumeFrom, spec, shapes)
  const checkpoint = found?.fits === true ? found.checkpoint : null
  const curves: MetricPoint[] = checkpoint?.points ?? []
  if (checkpoint) {
    send({ type: 'resumed', step: checkpoint.step })
    // Sent anew as a whole: the server reads the points of the newest attempt alone.
    if (curves.length > 0) send({ type: 'metrics', points: [...curves] })
  } else if (found?.fits === false)
    send({
      type: 'log',
      level: 'warn',
      text: `The checkpoint ${resumeFrom} ${found.why}: training from the start.`,
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

  const initial = checkpoint?.weights ?? initialWeights(spec.network, inputSize, classes, spec.seed)
  const optimizer = createOptimizer(engine, spec.training.optimizer, shapes, checkpoint?.moments ?? null)
  const trainStep = createTrainStep(engine, run, optimizer)
  let weights: Tensor[] = initial.map((values, i) => engine.tf.tensor(values, shapes[i]))
  let sums: StepSums = checkpoint ?? noSteps
  let watched = checkpoint?.earlyStop ?? startEarlyStop()
  let savedAt = performance.now()
  const look = (name: keyof Samples, step: number): Promise<MetricPoint[]> =>
    measure(engine, weights, run, name, samples, step, pacer)

  try {
    let done = checkpoint?.step ?? 0
    let stopped = false
    while (done < steps && !stopped) {
      const startedAt = performance.now()
      const result = trainStep(weights, done)
      if (!Number.isFinite(result.loss) || !Number.isFinite(result.gradientNorm ?? 0))
        throw new Diverged(
          done,
          `The ${Number.isFinite(result.loss) ? 'gradient' : 'loss'} is not finite after ${formatCount(done)} of ${counted(steps, 'step')}. Try a lower learning rate.`,
        )
      weights = result.weights
      sums = addStep(sums, result)
      done++
      const now = performance.now()
      pacer.stepDone(done, now - startedAt)

      const measured: MetricPoint[] = []
      if (earlyStop && isMeasured(earlyStop, steps, done)) {
        const validation = await look('validation', done)
        const value =
          validation.find(({ key }) => key === `validation/${earlyStop.metric}`)?.value ?? Number.NaN
        watched = afterMeasurement(earlyStop, watched, { step: done, value }, () => readWeights(weights))
        stopped = watched.withoutGain >= earlyStop.patience
        if (stopped || isReported(earlyStop, steps, done))
          measured.push(...(await look('train', done)), ...validation)
      }
      // Without early stopping the last step is evaluated on all examples, by the caller.
      if (!earlyStop && done < steps && plan.evaluates(done))
        measured.push(...(await look('train', done)), ...(await look('validation', done)))

      const points: MetricPoint[] = []
      if (stopped || plan.reportsLoss(done)) {
        const learningRate = learningRateAt(spec.training, done - 1)
        const clipped = result.gradientNorm !== null
        points.push(...stepPoints(sums, { step: done, learningRate, clipped }))
        sums = noSteps
      }
      points.push(...measured)
      if (points.length > 0) {
        send({ type: 'metrics', points })
        curves.push(...points)
      }
      if (done < steps && !stopped && now - savedAt >= checkpointMs) {
        const path = join(scratch, 'checkpoint.bin')
        await writeCheckpoint(path, spec, {
          ...sums,
          step: done,
          points: curves,
          earlyStop: earlyStop ? watched : null,
          weights: readWeights(weights),
          moments: optimizer.readMoments(),
        })
        send({ type: 'checkpoint', path, step: done })
        savedAt = performance.now()
      }
      if (pacer.isDue()) await pacer.breathe()
    }
    const { best } = watched
    if (best) send({ type: 'log', level: 'info', text: describeEnd(run, { done, stopped, best: best.step }) })
    const values = best?.weights ?? readWeights(weights)
    if (!values.every(allFinite))
      throw new Diverged(
        done,
        `The weights are not finite after ${counted(done, 'step')}. Try a lower learning rate.`,
      )
    return { values, steps: done, evaluatedStep: best?.step ?? done, curves }
  } finally {
    for (const tensor of weights) tensor.dispose()
    optimizer.dispose()
  }
}

const metricNames = { accuracy: 'accuracy', nll: 'NLL' } as const

function describeEnd(
  { spec }: PreparedRun,
  { done, stopped, best }: { done: number; stopped: boolean; best: number },
): string {
  const { steps, earlyStop } = spec.training
  const name = `validation ${metricNames[earlyStop?.metric ?? 'nll']}`
  const end = stopped
    ? `Stopped at step ${formatCount(done)} of ${formatCount(steps)}: ${name} was not better in ${counted(earlyStop?.patience ?? 0, 'measurement')} in a row.`
    : `${steps === 1 ? 'Its one step was' : `All ${formatCount(steps)} steps were`} made.`
  return `${end} Evaluated are the weights of step ${formatCount(best)}, where ${name} was best.`
}

function describe({ spec, shape, labelled, unlabelled, dataset, parameters }: PreparedRun): string {
  const parts = [
    `${trainingLabel(spec.method)}, seed ${spec.seed}: ${counted(parameters, 'parameter')}, ${counted(spec.training.steps, 'step')} of ${counted(shape.size, 'example')}`,
    `${formatCount(labelled.length)} labelled`,
  ]
  if (unlabelled.length > 0)
    parts.push(
      `${formatCount(unlabelled.length)} unlabelled (${formatCount(shape.size - shape.labelled)} in each batch)`,
    )
  if (shape.size < spec.training.batchSize)
    parts.push(
      `batches of ${formatCount(spec.training.batchSize)} were cut to the number of labelled examples`,
    )
  if (spec.training.earlyStop)
    parts.push(
      `all ${counted(dataset.validation.count, 'validation example')} ${everySteps(spec.training.earlyStop.everySteps)}`,
    )
  else if (labelled.length > sampleSize || dataset.validation.count > sampleSize)
    parts.push(
      `curves are measured on at most ${formatCount(sampleSize)} labelled and ${formatCount(sampleSize)} validation examples, drawn once; the last point on all`,
    )
  return `${parts.join('; ')}.`
}
