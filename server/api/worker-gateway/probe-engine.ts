import { TrainerEvent, type TrainerCommand } from '../../../workers/protocol/trainer-messages.ts'
import type { EngineName } from '../../../core/contracts/protocol.ts'
import type { StepTimes } from '../../../core/contracts/work-report.ts'
import { probeSizes, type ProbeTimes } from '../../../core/timing/probe.ts'
import { lowerPriority } from '../../../workers/protocol/give-way.ts'
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
        else if (event.type === 'ready' && command !== null) {
          // As slow as trainings are beside what else runs here.
          if (trainer.pid !== undefined) lowerPriority(trainer.pid)
          trainer.send(command)
        }
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

/** More at once tell nothing new, and take memory. */
const mostAtOnce = 8

/**
 * Steps and passes of the sizes of `probeSizes`, timed in as many fresh trainers at once as trainings would run: cores
 * that share memory slow each other. Means over them.
 */
export async function probeSteps(env: NodeJS.ProcessEnv, cores: number): Promise<ProbeTimes> {
  const times = await Promise.all(
    Array.from({ length: Math.min(cores, mostAtOnce) }, () => probeStepsOnce(env)),
  )
  const mean = (of: (one: ProbeTimes) => number): number =>
    times.reduce((sum, one) => sum + of(one), 0) / times.length
  return {
    loadMs: mean((one) => one.loadMs),
    sizes: probeSizes.map((_, index) => {
      const passExamples = times[0]?.sizes[index]?.passExamples ?? 0
      const anExample = (one: StepTimes['sizes'][number] | undefined): number =>
        one === undefined ? 0 : one.passMs / one.passExamples
      return {
        stepMs: mean((one) => one.sizes[index]?.stepMs ?? 0),
        passMs: passExamples * mean((one) => anExample(one.sizes[index])),
        passExamples,
      }
    }),
  }
}

async function probeStepsOnce(env: NodeJS.ProcessEnv): Promise<ProbeTimes> {
  const startedAt = performance.now()
  let loadMs = 0
  const sizes = await askTrainer(env, { type: 'time-steps', request: { sizes: probeSizes } }, (event) => {
    if (event.type === 'ready') loadMs = performance.now() - startedAt
    return event.type === 'steps-timed' ? event.sizes : undefined
  })
  return { loadMs, sizes }
}
