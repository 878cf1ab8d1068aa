import { fork } from 'node:child_process'
import { once } from 'node:events'
import http from 'node:http'
import { join } from 'node:path'
import { createTRPCClient, httpLink } from '@trpc/client'
import Sqlite from 'better-sqlite3'
import { eq } from 'drizzle-orm'
import superjson from 'superjson'
import type { LogBatch, LoggedBatch } from '../../core/contracts/log-batch.ts'
import { latestMetrics, metricKeys, metrics, runs } from '../../db/schema.ts'
import type { AppRouter } from '../../server/api/trpc/router.ts'
import type { Context } from '../../server/domain/context.ts'
import { launchExperiment } from '../../server/domain/experiments/launch-experiment.ts'
import { logBatch } from '../../server/domain/runs/log-batch.ts'
import { openDomain } from '../support/domain-room.ts'
import { removeFolder, smallDraft, temporaryFolder } from '../support/server.ts'
import { batchesOf, batchSize } from './batches.ts'
import { medianOf, type BenchRow } from './row.ts'

const goalOverHttp = 80_000
const connections = 4
const rounds = 5
const batchesInRound = { own: 60, http: 100, builder: 3 }

type Store = (batch: LogBatch) => unknown

/** Metrics a second that a client can log, in process and over HTTP, each batch committed and synced to disk. */
export async function ingestBench(): Promise<BenchRow[]> {
  const { own, builder, bare } = await inProcess()
  const served = await overHttp()
  return [
    rate('stored in process by runs/log-batch.ts, against Drizzle’s builder row by row', own, builder, null),
    rate('the same, against bare inserts by better-sqlite3 in one transaction a batch', own, bare, null),
    rate(`over HTTP on ${connections} connections, against in process`, served, own, goalOverHttp),
  ]
}

const rate = (name: string, value: number, baseline: number, goal: number | null): BenchRow => ({
  group: 'ingest',
  name: `metrics in batches of ${batchSize}, ${name}`,
  value,
  unit: 'metrics/s',
  baseline,
  ratio: value / baseline,
  goal,
  goalIs: goal === null ? null : 'least',
  met: goal === null ? null : value >= goal,
})

/** The three ways take turns, so that a noisy machine hits all of them; each in a database of its own. */
async function inProcess(): Promise<{ own: number; builder: number; bare: number }> {
  const rooms = await Promise.all([openRoom(), openRoom(), openRoom()])
  const [own, builder, bare] = rooms
  const ways: { store: Store; runId: string; count: number; rates: number[] }[] = [
    {
      store: (batch) => logBatch(own.ctx, batch),
      runId: own.runId,
      count: batchesInRound.own,
      rates: [],
    },
    { store: byBuilder(builder.ctx), runId: builder.runId, count: batchesInRound.builder, rates: [] },
    { store: byInserts(bare.file), runId: bare.runId, count: batchesInRound.own, rates: [] },
  ]
  const sources = ways.map(({ runId }) => batchesOf(runId))
  for (let round = 0; round <= rounds; round += 1) {
    for (const [at, { store, count, rates }] of ways.entries()) {
      const source = sources[at]
      if (source === undefined) continue
      const batches = Array.from({ length: count }, () => source.next().value)
      const startedAt = performance.now()
      for (const batch of batches) await store(batch)
      const seconds = (performance.now() - startedAt) / 1000
      if (round > 0) rates.push((count * batchSize) / seconds)
    }
  }
  for (const room of rooms) room.close()
  const [first, second, third] = ways.map(({ rates }) => medianOf(rates))
  return { own: first ?? 0, builder: second ?? 0, bare: third ?? 0 }
}

interface Room {
  ctx: Context
  file: string
  runId: string
  close: () => void
}

async function openRoom(): Promise<Room> {
  const home = temporaryFolder()
  const { ctx, close } = openDomain(home)
  await launchExperiment(ctx, { draft: smallDraft({ methods: [], seeds: 1 }) })
  const run = ctx.db.read.select({ id: runs.id }).from(runs).get()
  if (run === undefined) throw new Error('the experiment has no run')
  return {
    ctx,
    file: ctx.folder.database,
    runId: run.id,
    close: () => {
      close()
      removeFolder(home)
    },
  }
}

/** As one writes it first: every row through the query builder, in one transaction a batch. */
function byBuilder(ctx: Context): Store {
  return ({ runId, metrics: points }) =>
    ctx.db.withTransaction(({ db }) => {
      for (const { key, step, value, at = 0 } of points) {
        db.insert(metricKeys).values({ key }).onConflictDoNothing().run()
        const keyId = db.select().from(metricKeys).where(eq(metricKeys.key, key)).get()?.id ?? 0
        db.insert(metrics).values({ runId, keyId, step, value, at, attempt: 0 }).run()
        const latest = { step, value, at }
        db.insert(latestMetrics)
          .values({ runId, keyId, ...latest })
          .onConflictDoUpdate({ target: [latestMetrics.runId, latestMetrics.keyId], set: latest })
          .run()
      }
    })
}

/** The rows alone: no look-up of keys, no latest values, no check of what comes in. */
function byInserts(file: string): Store {
  const database = new Sqlite(file)
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  const { lastInsertRowid: keyId } = database.prepare(`INSERT INTO metric_keys (key) VALUES ('bare')`).run()
  const insert = database.prepare(
    'INSERT INTO metrics (run_id, key_id, step, value, at, attempt) VALUES (?, ?, ?, ?, ?, 0)',
  )
  const all = database.transaction(({ runId, metrics: points }: LogBatch) => {
    for (const { step, value, at } of points) insert.run(runId, keyId, step, value, at)
  })
  return (batch) => all(batch)
}

/** A server process of its own, over 127.0.0.1; the requests are written before the time is taken. */
async function overHttp(): Promise<number> {
  const home = temporaryFolder()
  const server = fork(join(import.meta.dirname, '..', 'support', 'server-process.ts'), [], {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, STILLHOUSE_HOME: home, STILLHOUSE_PORT: '0', STILLHOUSE_ENGINE: 'wasm' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const exited = once(server, 'exit')
  const failed = exited.then(([code]) => {
    throw new Error(`The server ended with ${String(code)} before it was up.`)
  })
  try {
    const [{ url }] = (await Promise.race([once(server, 'message'), failed])) as [{ url: string }]
    const runIds = await idleRuns(url)
    const agent = new http.Agent({ keepAlive: true, maxSockets: connections })
    const sources = Array.from({ length: connections }, (_, at) =>
      batchesOf(runIds[at % runIds.length] ?? ''),
    )
    const rates: number[] = []
    for (let round = 0; round <= rounds; round += 1) {
      const bodies = sources.map((source) =>
        Array.from({ length: batchesInRound.http / connections }, () =>
          JSON.stringify({ json: source.next().value }),
        ),
      )
      const startedAt = performance.now()
      await Promise.all(
        bodies.map(async (own) => {
          for (const body of own) await post(agent, url, body)
        }),
      )
      const seconds = (performance.now() - startedAt) / 1000
      if (round > 0) rates.push((batchesInRound.http * batchSize) / seconds)
    }
    agent.destroy()
    return medianOf(rates)
  } finally {
    server.kill('SIGTERM')
    await exited
    removeFolder(home)
  }
}

/** Runs of an experiment that was called off: nothing trains beside the measurement. */
async function idleRuns(url: string): Promise<string[]> {
  const { experiments } = createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${url}/api/trpc`, transformer: superjson })],
  })
  const { id } = await experiments.launch.mutate(smallDraft({ methods: [], seeds: 2 }))
  await experiments.cancel.mutate({ id })
  return (await experiments.runs.query({ id })).map(({ runId }) => runId)
}

/** Fails unless the whole batch was new and stored. */
async function post(agent: http.Agent, url: string, body: string): Promise<void> {
  const request = http.request(`${url}/api/trpc/runs.logBatch`, {
    method: 'POST',
    agent,
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
  })
  request.end(body)
  const [response] = (await once(request, 'response')) as [http.IncomingMessage]
  let text = ''
  for await (const chunk of response.setEncoding('utf8')) text += String(chunk)
  if (response.statusCode !== 200) throw new Error(`runs.logBatch answered ${response.statusCode}: ${text}`)
  const answer = JSON.parse(text) as { result: { data: { json: LoggedBatch } } }
  const { metrics: stored } = answer.result.data.json
  if (stored !== batchSize) throw new Error(`of ${batchSize} metrics ${stored} were stored`)
}
