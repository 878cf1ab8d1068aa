import type { MetricPoint } from '../../../core/contracts/work-report.ts'
import { counted } from '../../../core/text/grammar.ts'
import type { TrainerEvent } from '../../protocol/trainer-messages.ts'
import type { PreparedRun } from '../data/prepare-run.ts'
import type { Engine } from '../engine/engine.ts'
import { allFinite } from '../evaluate/predict.ts'
import { Diverged } from '../failure.ts'
import type { Network } from '../network/build.ts'
import { createCurves } from './curves.ts'
import { describeEnd, describeStart } from './describe-training.ts'
import { createLearner } from './learner.ts'
import type { Pacer } from './pacer.ts'
import { createSaver, takeUp } from './resume.ts'
import { createWatch } from './watch.ts'

export interface LoopOptions {
  engine: Engine
  network: Network
  run: PreparedRun
  /** Folder for the checkpoint. */
  scratch: string
  resumeFrom: string | null
  checkpointMs: number
  send: (event: TrainerEvent) => void
  pacer: Pacer
}

/** How a training ended. */
export interface Trained {
  /** Weights of `evaluatedStep`, in the network's order. */
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
  const { engine, network, run, scratch, send, pacer } = options
  const { spec } = run
  const { steps } = spec.training
  const checkpoint = await takeUp(options.resumeFrom, spec, network.facts.weights, send)
  if (!checkpoint) send({ type: 'log', level: 'info', text: describeStart(run, network.facts.parameters) })
  const curves = createCurves(spec.training, send, checkpoint)
  const watch = createWatch(network, run, pacer, checkpoint?.earlyStop ?? null)
  const save = createSaver(scratch, spec, options.checkpointMs, send)
  const learner = createLearner(engine, network, run, checkpoint)
  try {
    let done = checkpoint?.step ?? 0
    let stopped = false
    while (done < steps && !stopped) {
      const startedAt = performance.now()
      const result = learner.step(done++)
      const now = performance.now()
      pacer.stepDone(done, now - startedAt)
      const look = await watch.look(learner.weights(), done)
      stopped = look.stopped
      curves.add(result, done, look)
      const state = () => ({
        ...curves.sums(),
        step: done,
        points: curves.points,
        earlyStop: watch.earlyStop(),
        ...learner.read(),
      })
      if (done < steps && !stopped) await save(now, state)
      if (pacer.isDue()) await pacer.breathe()
    }
    const best = watch.earlyStop()?.best ?? null
    if (best) send({ type: 'log', level: 'info', text: describeEnd(run, { done, stopped, best: best.step }) })
    const values = best?.weights ?? learner.read().weights
    if (!values.every(allFinite))
      throw new Diverged(
        done,
        `The weights are not finite after ${counted(done, 'step')}. Try a lower learning rate.`,
      )
    return { values, steps: done, evaluatedStep: best?.step ?? done, curves: curves.points }
  } finally {
    learner.dispose()
  }
}
