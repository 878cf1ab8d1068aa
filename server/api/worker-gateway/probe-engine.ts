import { TrainerEvent, type TrainerCommand } from '../../../workers/protocol/trainer-messages.ts'
import type { EngineName } from '../../../core/contracts/protocol.ts'
import { macs } from '../../../core/evaluation/model-size.ts'
import { forkWorker, stderrTail } from './fork-worker.ts'

/** A trainer that takes longer to load its engine will not. */
const answersWithinMs = 60_000

/** Asks a trainer process one thing and ends it. */
async function askTrainer<T>(
  env: NodeJS.ProcessEnv,
  command: TrainerCommand | null,
  read: (event: TrainerEvent) => T | undefined,
): Promise<T> {
  const trainer = forkWorker('trainer', env)
  const tail = stderrTail(trainer, 10)
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise<T>((resolve, reject) => {
      timer = setTimeout(
        () =>
          reject(
            new Error(`The training engine does not answer within ${answersWithinMs / 1000} s.\n${tail()}`),
          ),
        answersWithinMs,
      )
      trainer.on('message', (raw) => {
        const parsed = TrainerEvent.safeParse(raw)
        if (!parsed.success)
          return reject(new Error('The trainer said what is not understood.', { cause: parsed.error }))
        const event = parsed.data
        if (event.type === 'failed') reject(new Error(event.text))
        const answer = read(event)
        if (answer !== undefined) resolve(answer)
        else if (event.type === 'ready' && command !== null) trainer.send(command)
      })
      trainer.on('error', reject)
      trainer.on('exit', (code, signal) =>
        reject(new Error(`The training engine does not start (${signal ?? `exit ${code}`}).\n${tail()}`)),
      )
    })
  } finally {
    clearTimeout(timer)
    trainer.removeAllListeners('exit')
    trainer.kill()
  }
}

/** Name and version of the engine that a trainer of this machine loads. */
export const probeEngine = (env: NodeJS.ProcessEnv): Promise<{ name: EngineName; version: string }> =>
  askTrainer(env, null, (event) => (event.type === 'ready' ? event.engine : undefined))

/** Multiply-accumulates a second of a forward pass at batch 32, timed in a fresh trainer. */
export async function probeForwardSpeed(env: NodeJS.ProcessEnv): Promise<number> {
  const [inputSize, hidden, classes] = [784, [256], 10]
  const throughput = await askTrainer(
    env,
    {
      type: 'profile',
      request: {
        network: { kind: 'mlp', hidden, dropout: 0 },
        inputSize,
        classes,
        seed: 1,
        warmUp: 20,
        requests: 30,
        batches: 100,
      },
    },
    (event) => (event.type === 'profiled' ? event.latency.throughput : undefined),
  )
  return throughput * macs(inputSize, hidden, classes)
}
