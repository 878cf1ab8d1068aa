import { and, eq } from 'drizzle-orm'
import { DataSpec } from '../../../core/contracts/protocol.ts'
import { RunSpec } from '../../../core/contracts/run.ts'
import { fidelityWork, latencyWork, type JobWork } from '../../../core/timing/after-work.ts'
import { runWork, type RunWork } from '../../../core/timing/run-work.ts'
import { datasets, runs } from '../../../db/schema.ts'
import type { Context } from '../context.ts'
import { readProtocol } from '../experiments/read-protocol.ts'

/** Works that are kept: of more experiments than a person looks at; some hundred kilobytes. */
const mostKept = 2_000

/**
 * What was found out once an experiment, since its protocol is frozen: a page asks for it once a job, and a form at
 * every key.
 */
function createKept<T>(find: (ctx: Context, experimentId: string, armId: string) => T) {
  const kept = new WeakMap<Context['db'], Map<string, T>>()
  return (ctx: Context, experimentId: string, armId: string): T => {
    const works = kept.get(ctx.db) ?? new Map<string, T>()
    kept.set(ctx.db, works)
    const key = `${experimentId} ${armId}`
    const known = works.get(key)
    if (known !== undefined) return known
    const found = find(ctx, experimentId, armId)
    if (works.size >= mostKept) works.clear()
    works.set(key, found)
    return found
  }
}

/** The work of a training of a spec. */
export function specWork(ctx: Context, spec: RunSpec): RunWork {
  const row = ctx.db.read
    .select({ spec: datasets.spec })
    .from(datasets)
    .where(eq(datasets.hash, spec.data.hash))
    .get()
  return runWork(spec, DataSpec.parse(row?.spec))
}

/** The work of a training of an arm: all its seeds do the same. */
export const armWork: (ctx: Context, experimentId: string, armId: string) => RunWork = createKept(
  (ctx, experimentId, armId) => {
    const run = ctx.db.read
      .select({ spec: runs.spec })
      .from(runs)
      .where(and(eq(runs.experimentId, experimentId), eq(runs.armId, armId)))
      .limit(1)
      .get()
    return specWork(ctx, RunSpec.parse(run?.spec))
  },
)

/** The work of the job of that kind after the trainings of an experiment. */
export const afterWork: (ctx: Context, experimentId: string, kind: 'fidelity' | 'profile') => JobWork =
  createKept((ctx, experimentId, kind) => {
    const { protocol } = readProtocol(ctx, experimentId)
    return kind === 'profile' ? latencyWork(protocol) : fidelityWork(protocol, protocol.seeds.length)
  })
