import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { runs } from '../../db/schema.ts'
import type { Context } from '../../server/domain/context.ts'
import { launchExperiment } from '../../server/domain/experiments/launch-experiment.ts'
import { claimJobs } from '../../server/domain/jobs/claim-jobs.ts'
import { finishAttempt } from '../../server/domain/jobs/finish-attempt.ts'
import { reportAttempt } from '../../server/domain/jobs/report-attempt.ts'
import { residentBytes } from '../../workers/supervisor/resident-bytes.ts'
import { endAnswered, scattered } from '../support/designed-answers.ts'
import { asTraining, openDomain, type TrainAssignment } from '../support/domain-room.ts'
import { smallDraft } from '../support/server.ts'
import { startServer, type BenchServer } from './start-server.ts'
import { medianOf, type BenchRow } from './row.ts'

const leastRuns = 1_000
/** Students of an experiment: three arms by so many seeds, and a teacher. */
const seeds = 33
const pointsPerRun = 200
const readRuns = 30

/** Resident memory of the server process: empty, with a thousand finished runs, and after their pages were read. */
export async function memoryBench(): Promise<BenchRow[]> {
  const home = await mkdtemp(join(tmpdir(), 'stillhouse-memory-'))
  try {
    const empty = await residentAfter(home, () => Promise.resolve())
    const { runIds, experimentIds } = await storeRuns(home)
    const stored = await residentAfter(home, () => Promise.resolve())
    const read = await residentAfter(home, (server) => readPages(server, runIds, experimentIds))
    const count = runIds.length
    return [
      row('server that is idle, without a run', empty, null),
      row(`server that is idle, ${count} runs stored, against none`, stored, empty),
      row(
        `server after ${experimentIds.length} experiments and ${readRuns} runs of ${count} were read, against none stored`,
        read,
        empty,
      ),
    ]
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
}

const row = (name: string, value: number, baseline: number | null): BenchRow => ({
  group: 'memory',
  name: `resident memory of the ${name}`,
  value,
  unit: 'MB',
  baseline,
  ratio: baseline === null ? null : baseline / value,
  goal: null,
  goalIs: null,
  met: null,
})

/** Megabytes of a server on `home` after `work`: the middle of some looks, a second apart. */
async function residentAfter(home: string, work: (server: BenchServer) => Promise<void>): Promise<number> {
  const server = await startServer(home)
  try {
    await work(server)
    const looks: number[] = []
    for (let look = 0; look < 5; look += 1) {
      await wait(1_000)
      looks.push(((await residentBytes(server.pid)) ?? Number.NaN) / 1e6)
    }
    return medianOf(looks)
  } finally {
    await server.stop()
  }
}

/** Finished experiments by the verbs that store a real training: claims, reports, files, the end; without the training. */
async function storeRuns(home: string): Promise<{ runIds: string[]; experimentIds: string[] }> {
  const { ctx, close } = openDomain(home)
  const experimentIds: string[] = []
  const all = (): string[] =>
    ctx.db.read
      .select({ id: runs.id })
      .from(runs)
      .all()
      .map(({ id }) => id)
  const draft = smallDraft({ seeds })
  while (all().length < leastRuns) {
    // A teacher of its own for each, not the first one again.
    const teacher = {
      ...draft.teacher,
      training: { ...draft.teacher.training, steps: 120 + experimentIds.length },
    }
    const { id } = await launchExperiment(ctx, {
      draft: { ...draft, teacher, question: `Question ${experimentIds.length + 1}` },
    })
    experimentIds.push(id)
    await workOff(ctx)
  }
  const runIds = all()
  close()
  return { runIds, experimentIds }
}

async function workOff(ctx: Context): Promise<void> {
  for (;;) {
    const [next] = await claimJobs(ctx, { free: 1, busy: 0 })
    if (next === undefined) return
    const { attemptId } = next
    if (next.kind === 'fidelity') {
      await finishAttempt(ctx, { attemptId, outcome: { type: 'fidelity-measured', runs: [] } })
    } else if (next.kind === 'profile') {
      await finishAttempt(ctx, { attemptId, outcome: { type: 'profiled' } })
    } else {
      const training = asTraining(next)
      await reportCurves(ctx, training)
      await endAnswered(ctx, training, (_, seed, example) => scattered(seed, example) < 0.9)
    }
  }
}

async function reportCurves(ctx: Context, { attemptId }: TrainAssignment): Promise<void> {
  const keys = ['train/loss', 'learning-rate', 'validation/accuracy', 'validation/nll']
  await reportAttempt(ctx, {
    attemptId,
    items: Array.from({ length: pointsPerRun }, (_, at) => ({
      sequence: at + 1,
      at: ctx.clock.now(),
      event: {
        type: 'metrics',
        points: keys.map((key) => ({ key, step: at + 1, value: scattered(at) })),
      },
    })),
  })
}

/** The pages as a browser asks for them first: rendered by the server, with all that they show. */
async function readPages(server: BenchServer, runIds: string[], experimentIds: string[]): Promise<void> {
  const views = ['', '/claims', '/curves', '/runs']
  const paths = [
    '/',
    ...experimentIds.flatMap((id) => views.map((view) => `/experiments/${id}${view}`)),
    ...runIds.slice(0, readRuns).map((id) => `/runs/${id}`),
  ]
  for (const path of paths) {
    const response = await fetch(`${server.url}${path}`)
    const text = await response.text()
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text.slice(0, 200)}`)
  }
}
