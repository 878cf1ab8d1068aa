import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '../../../db/open-database.ts'
import { copyMetrics } from '../../../db/read-metrics.ts'
import { artifacts, evaluations, runs } from '../../../db/schema.ts'
import type { Context } from '../context.ts'

export interface ReusableRun {
  id: string
  weightsSha256: string | null
}

/** A finished run with this spec whose files are all as they were stored, or null. */
export function findReusableTeacher(ctx: Context, specHash: string): ReusableRun | null {
  const found = ctx.db.read
    .select({ id: runs.id, weightsSha256: runs.weightsSha256 })
    .from(runs)
    .where(and(eq(runs.specHash, specHash), eq(runs.status, 'finished'), isNull(runs.reusedFrom)))
    .orderBy(asc(runs.createdAt))
    .all()
  return found.find((run) => filesAreWhole(ctx, run.id)) ?? null
}

/** A damaged file would be handed on to every student. */
function filesAreWhole(ctx: Context, runId: string): boolean {
  const files = ctx.db.read.select().from(artifacts).where(eq(artifacts.runId, runId)).all()
  return files.length > 0 && files.every((file) => ctx.store.fault(file) === null)
}

/** Gives the run `to` the result of `from`: evaluation, curves, and the same files. */
export function shareResult(
  { db }: Transaction,
  { from, to, now }: { from: ReusableRun; to: string; now: number },
): void {
  db.update(runs)
    .set({
      status: 'finished',
      reusedFrom: from.id,
      weightsSha256: from.weightsSha256,
      startedAt: now,
      endedAt: now,
    })
    .where(eq(runs.id, to))
    .run()
  const evaluation = db.select().from(evaluations).where(eq(evaluations.runId, from.id)).get()
  if (evaluation !== undefined)
    db.insert(evaluations)
      .values({ ...evaluation, runId: to })
      .run()
  for (const file of db.select().from(artifacts).where(eq(artifacts.runId, from.id)).all()) {
    db.insert(artifacts)
      .values({ ...file, runId: to })
      .run()
  }
  copyMetrics(db, { from: from.id, to })
}
