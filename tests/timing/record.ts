import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createTRPCClient, httpLink } from '@trpc/client'
import { asc, eq } from 'drizzle-orm'
import superjson from 'superjson'
import { z } from 'zod'
import { EngineName } from '../../core/contracts/protocol.ts'
import { ProbeTimes } from '../../core/timing/probe.ts'
import { openDatabase } from '../../db/open-database.ts'
import { attempts, evaluations, experiments, jobs, runs } from '../../db/schema.ts'
import type { AppRouter } from '../../server/api/trpc/router.ts'
import { packageRoot } from '../../server/platform/package-root.ts'
import { startServer } from '../bench/start-server.ts'
import { Recording } from './recording.ts'
import { sessions, type SessionName } from './sessions.ts'

/**
 * Runs the experiments of a session on the product as people start it and writes what happened when, to stand as a file
 * in tests/golden/timing: `npx tsx tests/timing/record.ts SESSION`. To be run on a machine that has nothing else to do.
 */
const name = z.enum(Object.keys(sessions) as [SessionName, ...SessionName[]]).parse(process.argv[2])
const session = sessions[name]
const loadBefore = os.loadavg()[0] ?? 0
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'stillhouse-record-'))
const server = await startServer(home, { STILLHOUSE_CORES: String(session.cores) })
const api = createTRPCClient<AppRouter>({
  links: [httpLink({ url: `${server.url}/api/trpc`, transformer: superjson })],
})

const MeasuredEngines = z.tuple([z.object({ engine: z.object({ name: EngineName }), times: ProbeTimes })])
/** Workers tell once a second; a step is dated to when it was heard of. */
const listenMs = 200
const turnsAPage = 5
const heard = new Map<string, [number, number, number][]>()

async function untilMeasured(): Promise<z.infer<typeof MeasuredEngines>[0]> {
  for (;;) {
    const file = path.join(home, 'speed.json')
    if (fs.existsSync(file)) return MeasuredEngines.parse(JSON.parse(fs.readFileSync(file, 'utf8')))[0]
    await wait(100)
  }
}

async function listen(): Promise<void> {
  const { slots } = await api.workers.page.query()
  const now = Date.now()
  for (const { current } of slots) {
    if (current === null || current.steps === 0) continue
    const points = heard.get(current.attemptId) ?? []
    heard.set(current.attemptId, points)
    if (points.at(-1)?.[1] !== current.step) points.push([now, current.step, current.steps])
  }
}

const { times } = await untilMeasured()
const ids: string[] = []
for (const group of session.groups) {
  const launched: string[] = []
  for (const draft of group) launched.push((await api.experiments.launch.mutate(draft)).id)
  ids.push(...launched)
  for (let turn = 1; ; turn++) {
    await wait(listenMs)
    await listen()
    if (turn % turnsAPage !== 0) continue
    const pages = await Promise.all(launched.map((id) => api.experiments.page.query({ id })))
    if (pages.every(({ status }) => status !== 'running')) break
  }
}
const machine = (await api.workers.page.query()).machine
await server.stop()

const db = openDatabase(path.join(home, 'stillhouse.db'), path.join(packageRoot, 'db', 'migrations'))
const found = ids.map((id) => {
  const row = db.read.select().from(experiments).where(eq(experiments.id, id)).get()
  if (row?.endedAt == null) throw new Error(`The experiment ${id} did not end.`)
  return { launchedAt: row.createdAt, endedAt: row.endedAt }
})
const at = Math.min(...found.map(({ launchedAt }) => launchedAt))
const rows = db.read
  .select({ attempt: attempts, job: jobs, run: runs, steps: evaluations.steps })
  .from(attempts)
  .innerJoin(jobs, eq(jobs.id, attempts.jobId))
  .leftJoin(runs, eq(runs.id, jobs.runId))
  .leftJoin(evaluations, eq(evaluations.runId, runs.id))
  .orderBy(asc(attempts.startedAt), asc(jobs.position))
  .all()
db.close()
const drafts = session.groups.flat()
const recording = Recording.parse({
  at,
  machine: {
    processor: machine.processor,
    node: machine.node,
    cores: session.cores,
    cpus: os.availableParallelism(),
  },
  load: { before: loadBefore, after: os.loadavg()[0] ?? 0 },
  probe: times,
  experiments: found.map(({ launchedAt, endedAt }, index) => ({
    draft: drafts[index],
    launchedAt: launchedAt - at,
    endedAt: endedAt - at,
  })),
  attempts: rows.map(({ attempt, job, run, steps }) => ({
    experiment: ids.indexOf(job.experimentId),
    kind: job.kind,
    arm: run?.armId ?? null,
    seed: run?.seed ?? null,
    slot: attempt.slot,
    startedAt: attempt.startedAt - at,
    endedAt: (attempt.endedAt ?? at) - at,
    steps,
    heard: (heard.get(attempt.id) ?? []).map(([time, step, all]) => [time - at, step, all]),
  })),
})
const folder = path.join(packageRoot, 'tests', 'golden', 'timing')
fs.mkdirSync(folder, { recursive: true })
const file = path.join(folder, `${name}.json`)
fs.writeFileSync(file, `${JSON.stringify(recording)}\n`)
fs.rmSync(home, { recursive: true, force: true })
process.stderr.write(
  `${file}: ${found.map(({ launchedAt, endedAt }) => `${Math.round((endedAt - launchedAt) / 1000)} s`).join(', ')}\n`,
)
