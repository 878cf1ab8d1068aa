import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { ExperimentDraftInput } from '../../core/contracts/protocol.ts'
import type { TrainRequest } from '../../core/contracts/work-request.ts'
import { demoDraft } from '../../server/domain/experiments/demo.ts'
import { launchExperiment } from '../../server/domain/experiments/launch-experiment.ts'
import { claimJobs } from '../../server/domain/jobs/claim-jobs.ts'
import type { TrainerEvent } from '../../workers/protocol/trainer-messages.ts'
import { trainerEnvironment } from '../../workers/protocol/trainer-environment.ts'
import { asTraining, openDomain } from '../support/domain-room.ts'
import { removeFolder, smallDraft, temporaryFolder } from '../support/server.ts'
import { medianOf, type BenchRow } from './row.ts'

const goalSeconds = 0.5
const starts = 7

/**
 * From the fork of a trainer to its first gradient step, against the same in a trainer that is up. As many labels as a
 * batch has: every step ends an epoch and says so.
 */
export async function startBench(): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  for (const { name, draft } of cases()) {
    const home = temporaryFolder()
    const { ctx, close } = openDomain(home)
    try {
      await launchExperiment(ctx, { draft })
      const [, control] = (await claimJobs(ctx, { free: 2, busy: 0 })).map(asTraining)
      if (control === undefined) throw new Error('no training of a student')
      const cold: number[] = []
      const warm: number[] = []
      for (let start = 0; start <= starts; start += 1) {
        const [first, second] = await firstSteps(control.request)
        // The first start reads its files from the disk.
        if (start > 0) {
          cold.push(first)
          warm.push(second)
        }
      }
      const [value, baseline] = [medianOf(cold), medianOf(warm)]
      rows.push({
        group: 'start',
        name: `from the fork of a trainer to its first step, ${name}, against a trainer that is up`,
        value,
        unit: 's',
        baseline,
        ratio: baseline / value,
        goal: goalSeconds,
        goalIs: 'most',
        met: value <= goalSeconds,
      })
    } finally {
      close()
      removeFolder(home)
    }
  }
  return rows
}

function cases(): { name: string; draft: ExperimentDraftInput }[] {
  const everyStep = (draft: ExperimentDraftInput): ExperimentDraftInput => ({
    ...draft,
    labelsPerSeed: draft.student.training.batchSize * 2,
    student: {
      ...draft.student,
      training: { ...draft.student.training, batchSize: draft.student.training.batchSize * 2, steps: 200 },
    },
    methods: [],
    seeds: 2,
  })
  return [
    { name: 'digits, student 64-8-10', draft: everyStep(smallDraft()) },
    { name: 'MNIST, student 784-128-64-10 of the demo', draft: everyStep(demoDraft) },
  ]
}

/** Seconds to the first step of two trainings of one trainer process: from its fork, and from the second command. */
async function firstSteps(request: TrainRequest): Promise<[number, number]> {
  const startedAt = performance.now()
  const child = fork(join(import.meta.dirname, '..', '..', 'dist', 'trainer.js'), [], {
    execArgv: ['--enable-source-maps'],
    env: trainerEnvironment(process.env, 'wasm'),
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const exited = once(child, 'exit')
  const until = (type: TrainerEvent['type']): Promise<number> =>
    new Promise((resolve, reject) => {
      child.on('message', (event: TrainerEvent) => {
        if (event.type === type) resolve(performance.now())
        else if (event.type === 'failed') reject(new Error(event.text))
      })
      child.once('exit', (code) => reject(new Error(`The trainer ended with ${code}.`)))
    })
  const train = async (): Promise<number> => {
    const stepped = until('metrics')
    child.send({ type: 'train', request })
    return await stepped
  }
  const first = (await train()) - startedAt
  const cancelled = until('cancelled')
  child.send({ type: 'cancel' })
  await cancelled
  const againAt = performance.now()
  const second = (await train()) - againAt
  child.kill('SIGTERM')
  await exited
  return [first / 1000, second / 1000]
}
