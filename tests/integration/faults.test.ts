import { fork, type ChildProcess } from 'node:child_process'
import { createTRPCClient, httpLink } from '@trpc/client'
import superjson from 'superjson'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { AppRouter } from '../../server/api/trpc/router.ts'
import { descendants, isAlive } from '../support/processes.ts'
import {
  removeFolder,
  smallDraft,
  startTestServer,
  temporaryFolder,
  untilPage,
  type TestServer,
} from '../support/server.ts'

/** Long enough to be caught at work, with a checkpoint every few steps. */
const draft = smallDraft({ seeds: 3 })
draft.teacher.training.steps = 12_000
draft.student.training.steps = 6_000
const variables: Partial<NodeJS.ProcessEnv> = { STILLHOUSE_CHECKPOINT_MS: '40', STILLHOUSE_CORES: '2' }

/** What must not depend on what happened on the way: weights, figures, every point of every curve, comparisons. */
async function tableOf(api: Pick<TestServer['api'], 'experiments'>, id: string): Promise<object> {
  const document = await api.experiments.document({ id })
  const curves = await Promise.all(
    ['train/loss', 'validation/accuracy'].map((key) => api.experiments.curves({ id, key })),
  )
  return {
    weights: document.arms.map((arm) => arm.runs.map((run) => [run.seed, run.status, run.weightsSha256])),
    figures: document.arms.map((arm) => arm.runs.map((run) => run.metrics['test/accuracy'])),
    curves: curves.flatMap((one) => one.arms.map((arm) => [arm.armId, arm.seeds.map((seed) => seed.points)])),
    comparisons: document.comparisons,
  }
}

const decided = (page: { runsEnded: number; runsTotal: number }): boolean => page.runsEnded === page.runsTotal

async function undisturbed(): Promise<object> {
  const server = await startTestServer({ variables })
  const { id } = await server.api.experiments.launch(draft)
  await untilPage(server, id, decided)
  const table = await tableOf(server.api, id)
  await server.stop()
  removeFolder(server.home)
  return table
}

let expected: object
let server: TestServer | null = null
const folders: string[] = []

beforeAll(async () => {
  expected = await undisturbed()
})

afterEach(async () => {
  await server?.stop()
  if (server !== null) removeFolder(server.home)
  server = null
})

afterAll(() => {
  for (const folder of folders) removeFolder(folder)
})

const someoneTrains = (page: { progress: { cells: { progress: number | null }[] }[] }): boolean =>
  page.progress.some((arm) =>
    arm.cells.some((cell) => (cell.progress ?? 0) > 0.1 && (cell.progress ?? 0) < 0.9),
  )

describe('the final table equals the undisturbed one', () => {
  it('after a trainer was killed', async () => {
    server = await startTestServer({ variables })
    const { id } = await server.api.experiments.launch(draft)
    await untilPage(server, id, someoneTrains)
    const [trainer] = descendants(process.pid, 'workers/trainer')
    process.kill(trainer?.pid ?? 0, 'SIGKILL')
    await untilPage(server, id, decided)
    expect(await tableOf(server.api, id)).toEqual(expected)
    const rows = await server.api.experiments.runs({ id })
    expect(rows.some((row) => row.attempts === 2)).toBe(true)
  })

  it('after the supervisor was killed, whose trainers leave with it', async () => {
    server = await startTestServer({ variables })
    const { id } = await server.api.experiments.launch(draft)
    await untilPage(server, id, someoneTrains)
    const [supervisor] = descendants(process.pid, 'workers/supervisor')
    const trainers = descendants(supervisor?.pid ?? 0, 'workers/trainer')
    expect(trainers.length).toBeGreaterThan(0)
    process.kill(supervisor?.pid ?? 0, 'SIGKILL')
    await expect.poll(() => trainers.filter(({ pid }) => isAlive(pid))).toEqual([])
    await untilPage(server, id, decided)
    expect(await tableOf(server.api, id)).toEqual(expected)
  })

  it('after the server was killed and started again, and no orphan trained on', async () => {
    const home = temporaryFolder()
    folders.push(home)
    const first = await startServerProcess(home)
    const { id } = await first.api.experiments.launch.mutate(draft)
    await expect
      .poll(async () => someoneTrains(await first.api.experiments.page.query({ id })), { interval: 50 })
      .toBe(true)
    const workers = descendants(first.child.pid ?? 0, 'workers/')
    expect(workers.length).toBeGreaterThan(1)
    first.child.kill('SIGKILL')
    await expect.poll(() => workers.filter(({ pid }) => isAlive(pid))).toEqual([])

    server = await startTestServer({ home, variables })
    await untilPage(server, id, decided)
    expect(await tableOf(server.api, id)).toEqual(expected)
    const rows = await server.api.experiments.runs({ id })
    expect(rows).toHaveLength(13)
  })
})

interface ServerProcess {
  child: ChildProcess
  api: ReturnType<typeof createTRPCClient<AppRouter>>
}

function startServerProcess(home: string): Promise<ServerProcess> {
  const child = fork(new URL('../support/server-process.ts', import.meta.url), [], {
    execArgv: ['--import', 'tsx'],
    env: {
      ...process.env,
      ...variables,
      STILLHOUSE_HOME: home,
      STILLHOUSE_PORT: '0',
      STILLHOUSE_ENGINE: 'wasm',
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}.`)))
    child.once('message', (message: { url: string }) => {
      const link = httpLink({ url: `${message.url}/api/trpc`, transformer: superjson })
      resolve({ child, api: createTRPCClient<AppRouter>({ links: [link] }) })
    })
  })
}
