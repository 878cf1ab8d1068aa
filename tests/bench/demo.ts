import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { and, eq, max, min } from 'drizzle-orm'
import { DemoDocument } from '../../core/contracts/demo-document.ts'
import { attempts, experiments, jobs, metricKeys, metrics, runs } from '../../db/schema.ts'
import type { Context } from '../../server/domain/context.ts'
import { openDomain } from '../support/domain-room.ts'
import type { BenchRow } from './row.ts'
import { shareTime, type Span } from './share-time.ts'

/** A folder of a demonstration that has ended, to read instead of running one: STILLHOUSE_BENCH_DEMO. */
const given = process.env['STILLHOUSE_BENCH_DEMO']

/**
 * Where the demonstration's time goes: seconds that add up to the whole. Where trainings run side by side, each gets its
 * share of the time.
 */
export async function demoBench(): Promise<BenchRow[]> {
  if (given !== undefined) return divide(given, null)
  const home = await mkdtemp(join(tmpdir(), 'stillhouse-demo-'))
  try {
    return divide(home, await runDemo(home))
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
}

interface Took {
  startedAt: number
  endedAt: number
}

/** `npm run demo` in a state folder of its own, on the portable engine, until its document is printed. */
async function runDemo(home: string): Promise<Took> {
  const program = join(import.meta.dirname, '..', '..', 'bin', 'stillhouse.js')
  const startedAt = Date.now()
  const child = spawn(process.execPath, [program, 'demo', '--json', '--exit'], {
    cwd: home,
    env: { ...process.env, STILLHOUSE_HOME: home, STILLHOUSE_PORT: '0', STILLHOUSE_ENGINE: 'wasm' },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let printed = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text))
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`The demonstration ended with ${String(code)}.`)
  const { durationMs } = DemoDocument.parse(JSON.parse(printed))
  return { startedAt: startedAt + durationMs.build, endedAt: Date.now() }
}

function divide(home: string, took: Took | null): BenchRow[] {
  const { ctx, close } = openDomain(home)
  try {
    const experiment = ctx.db.read.select().from(experiments).where(eq(experiments.demonstration, true)).get()
    if (experiment?.endedAt == null) throw new Error(`${home} holds no demonstration that has ended.`)
    const { createdAt, endedAt } = experiment
    const spans = spansOf(ctx, experiment.id)
    const whole: Took = took ?? { startedAt: createdAt, endedAt }
    const shares = shareTime(
      [
        ...spans,
        { name: 'start of the server, data and launch', from: whole.startedAt, to: createdAt },
        { name: 'document and stop', from: endedAt, to: whole.endedAt },
      ],
      whole,
      'nothing at work: claims, judging, between trainings',
    )
    const total = (whole.endedAt - whole.startedAt) / 1000
    return [
      row(`whole, build excluded, ${new Set(spans.map(({ owner }) => owner)).size} attempts`, total),
      ...[...shares].map(([name, ms]) => row(name, ms / 1000)),
    ]
  } finally {
    close()
  }
}

const row = (name: string, value: number): BenchRow => ({
  group: 'demo',
  name: `time of the demonstration, ${name}`,
  value,
  unit: 's',
  baseline: null,
  ratio: null,
  goal: null,
  goalIs: null,
  met: null,
})

/** What every attempt was busy with, and when; a training in three parts. */
function spansOf(ctx: Context, experimentId: string): (Span & { owner: string })[] {
  const rows = ctx.db.read
    .select({
      id: attempts.id,
      number: attempts.number,
      from: attempts.startedAt,
      to: attempts.endedAt,
      kind: jobs.kind,
      runId: jobs.runId,
      armId: runs.armId,
    })
    .from(attempts)
    .innerJoin(jobs, eq(jobs.id, attempts.jobId))
    .leftJoin(runs, eq(runs.id, jobs.runId))
    .where(eq(jobs.experimentId, experimentId))
    .all()
  return rows.flatMap(({ id, number, from, to, kind, runId, armId }) => {
    if (to === null) return []
    if (kind === 'fidelity') return [{ owner: id, name: 'fidelity to the teacher', from, to }]
    if (kind === 'profile') return [{ owner: id, name: 'latency', from, to }]
    const who = armId === 'teacher' ? 'teacher' : 'students'
    const loss = ctx.db.read
      .select({ first: min(metrics.at), last: max(metrics.at) })
      .from(metrics)
      .innerJoin(metricKeys, eq(metricKeys.id, metrics.keyId))
      .where(
        and(eq(metrics.runId, runId ?? ''), eq(metrics.attempt, number), eq(metricKeys.key, 'train/loss')),
      )
      .get()
    const first = loss?.first ?? to
    const last = loss?.last ?? to
    return [
      { owner: id, name: `${who}: to the first point of the loss`, from, to: first },
      { owner: id, name: `${who}: steps and evaluations on the way`, from: first, to: last },
      { owner: id, name: `${who}: last evaluation and files`, from: last, to },
    ]
  })
}
