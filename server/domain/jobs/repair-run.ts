import { eq } from 'drizzle-orm'
import type { Transaction } from '../../../db/open-database.ts'
import { artifacts, evaluations, runs, type jobs } from '../../../db/schema.ts'
import type { Context } from '../context.ts'

/** Of a run that had a result already: whether the training that mended its files gave the same weights. */
export function noteRepair(
  ctx: Context,
  { db, ingest }: Transaction,
  { runId }: typeof jobs.$inferSelect,
  weightsSha256: string,
): void {
  if (runId === null) return
  const before = db.select({ sha256: runs.weightsSha256 }).from(runs).where(eq(runs.id, runId)).get()
  if (before === undefined || before.sha256 === null) return
  const now = ctx.clock.now()
  if (before.sha256 === weightsSha256)
    ingest.logLine(runId, now, 'info', 'Trained again: the weights are the same, bit for bit.')
  else
    ingest.logLine(
      runId,
      now,
      'warn',
      `Trained again: the weights are others than before (${before.sha256.slice(0, 8)}), as where the engine or the machine is another one. Its figures are those of the new weights.`,
    )
}

/** Runs that share the result of this one share the new one. */
export function refreshShared({ db }: Transaction, runId: string): void {
  const shared = db.select({ id: runs.id }).from(runs).where(eq(runs.reusedFrom, runId)).all()
  if (shared.length === 0) return
  const source = db.select().from(runs).where(eq(runs.id, runId)).get()
  const evaluation = db.select().from(evaluations).where(eq(evaluations.runId, runId)).get()
  const files = db.select().from(artifacts).where(eq(artifacts.runId, runId)).all()
  for (const { id } of shared) {
    db.update(runs)
      .set({ weightsSha256: source?.weightsSha256 ?? null })
      .where(eq(runs.id, id))
      .run()
    if (evaluation !== undefined)
      db.update(evaluations)
        .set({ ...evaluation, runId: id })
        .where(eq(evaluations.runId, id))
        .run()
    for (const file of files)
      db.insert(artifacts)
        .values({ ...file, runId: id })
        .onConflictDoUpdate({ target: [artifacts.runId, artifacts.name], set: { ...file, runId: id } })
        .run()
  }
}
