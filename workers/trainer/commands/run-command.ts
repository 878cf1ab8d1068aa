import type { TrainerCommand, TrainerEvent } from '../../protocol/trainer-messages.ts'
import type { DatasetReader } from '../data/dataset.ts'
import type { Engine } from '../engine/engine.ts'
import { Cancelled, Diverged, classifyFailure } from '../failure.ts'
import { measureFidelity } from './fidelity.ts'
import { createPacer } from '../loop/pacer.ts'
import type { PreparedRun } from '../data/prepare-run.ts'
import { profile } from './profile.ts'
import { timeSteps } from './time-steps.ts'
import { epochsOf, train } from './train.ts'

export type WorkCommand = Extract<TrainerCommand, { request: unknown }>

export interface WorkContext {
  engine: Engine
  readDataset: DatasetReader
  send: (event: TrainerEvent) => void
  isCancelled: () => boolean
  checkpointMs: number
}

/** Does one command and returns its end, whatever happens; what comes before the end is sent. */
export async function runCommand(command: WorkCommand, context: WorkContext): Promise<TrainerEvent> {
  const { engine, readDataset, send, isCancelled, checkpointMs } = context
  let run: PreparedRun | null = null
  const pacer = createPacer({
    steps: command.type === 'train' ? command.request.spec.training.steps : 0,
    send,
    isCancelled,
    countTensors: () => engine.tf.memory().numTensors,
  })
  const work = async (): Promise<TrainerEvent> => {
    await pacer.breathe()
    switch (command.type) {
      case 'train': {
        const remember = (prepared: PreparedRun): void => void (run = prepared)
        return {
          type: 'trained',
          result: await train(command.request, { engine, send, pacer, readDataset, checkpointMs }, remember),
        }
      }
      case 'fidelity':
        return {
          type: 'fidelity-measured',
          runs: await measureFidelity(command.request, engine, readDataset, pacer),
        }
      case 'profile':
        return { type: 'profiled', latency: await profile(command.request, engine, pacer) }
      case 'time-steps':
        return { type: 'steps-timed', sizes: await timeSteps(command.request, engine, pacer) }
    }
  }
  return await work().catch((error: unknown): TrainerEvent => {
    if (error instanceof Cancelled) return { type: 'cancelled' }
    if (error instanceof Diverged)
      return {
        type: 'diverged',
        step: error.step,
        epochs: run ? epochsOf(run, error.step) : 0,
        text: error.message,
      }
    return { type: 'failed', ...classifyFailure(error) }
  })
}
