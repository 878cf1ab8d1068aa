import { spawn, type ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import type { DataSpec } from '../../core/contracts/protocol.ts'
import { sha256 } from '../../server/platform/hash.ts'
import { trainerEnvironment } from '../../workers/protocol/trainer-environment.ts'
import { TrainerEvent, type TrainerCommand } from '../../workers/protocol/trainer-messages.ts'
import { whenOver } from '../torture/when-over.ts'
import { planTrainings } from './plan-trainings.ts'
import { NotHere, type Training } from './row.ts'

const trainer = path.join(import.meta.dirname, '..', '..', 'dist', 'trainer.js')

/** An emulated processor takes most of a minute to load the engine. */
const silenceMs = 300_000

export interface TrainOn {
  /** Node, or an emulator with one, and flags. */
  command: readonly string[]
  dataset: string
  data: DataSpec
  /** Empty folder for what is trained. */
  scratch: string
  progress: (text: string) => void
}

/** Trains the plan in the bundled trainer under one Node, the teacher first. Rejects with NotHere for an unknown flag. */
export async function trainOn({ command, dataset, data, scratch, progress }: TrainOn): Promise<Training[]> {
  const [program, ...args] = command
  // No native module may be loaded: the trainer is JavaScript and WebAssembly alone.
  const child = spawn(program ?? '', [...args, '--no-addons', trainer], {
    env: trainerEnvironment(process.env, 'wasm'),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const end = whenOver(() => void child.kill('SIGKILL'))
  try {
    const ask = listenTo(child)
    const ready = await ask(null, () => undefined)
    if (ready.type !== 'ready') throw new Error(`The trainer did not get ready: ${JSON.stringify(ready)}`)
    const trainings: Training[] = []
    const logits = (part: string): string => path.join(scratch, 'teacher', 'predictions', `${part}.npy`)
    for (const { armId, seed, spec } of planTrainings(data, ready.engine.version)) {
      const folder = path.join(scratch, armId)
      const teacherLogits =
        armId === 'teacher'
          ? null
          : { train: logits('train'), validation: logits('validation'), test: logits('test') }
      const request = {
        runId: armId,
        spec,
        dataset,
        scratch: folder,
        resumeFrom: null,
        teacherLogits,
        teacherNetwork: null,
      }
      const last = await ask({ type: 'train', request }, (step) =>
        progress(`${armId}: step ${step} of ${spec.training.steps}`),
      )
      if (last.type !== 'trained') throw new Error(`${armId}: ${JSON.stringify(last)}`)
      trainings.push({
        arm: armId,
        seed,
        weights: sha256(fs.readFileSync(path.join(folder, 'weights.bin'))),
        testLogits: sha256(fs.readFileSync(path.join(folder, 'predictions', 'test.npy'))),
      })
    }
    return trainings
  } finally {
    end()
  }
}

const ends: readonly TrainerEvent['type'][] = ['ready', 'trained', 'diverged', 'cancelled', 'failed']

/** Sends a command and resolves with what ends it. */
function listenTo(child: ChildProcess) {
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2_000)))
  return (command: TrainerCommand | null, onStep: (step: number) => void): Promise<TrainerEvent> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => settle(() => reject(new Error(`It said nothing for ${silenceMs / 1000} s.`))),
        silenceMs,
      )
      const onMessage = (raw: unknown): void => {
        timer.refresh()
        const event = TrainerEvent.parse(raw)
        if (event.type === 'progress') onStep(event.step)
        if (ends.includes(event.type)) settle(() => resolve(event))
      }
      const onError = (error: Error): void => settle(() => reject(new NotHere(error.message)))
      const onClose = (code: number | null): void =>
        settle(() => {
          // Exit code 9 is an invalid argument.
          const text = said.trim().split('\n').at(-1) ?? ''
          reject(code === 9 ? new NotHere(text) : new Error(`The trainer ended with ${code}. ${said}`))
        })
      const settle = (then: () => void): void => {
        clearTimeout(timer)
        child.off('message', onMessage).off('error', onError).off('close', onClose)
        then()
      }
      child.on('message', onMessage).on('error', onError).on('close', onClose)
      if (command !== null) child.send(command, () => undefined)
    })
}
