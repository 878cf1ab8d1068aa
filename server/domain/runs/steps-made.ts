import { and, eq, inArray } from 'drizzle-orm'
import { attempts, jobs, latestMetrics, metricKeys } from '../../../db/schema.ts'
import type { Context } from '../context.ts'

/**
 * Gradient steps that each of these runs had made when it was last heard of: what its worker said at its end, its
 * newest checkpoint and its newest point of the loss, whichever is furthest. For runs without a result.
 */
export function stepsMade(ctx: Context, runIds: readonly string[]): Map<string, number> {
  const { read } = ctx.db
  const made = new Map<string, number>()
  const note = (runId: string | null, ...steps: (number | null)[]): void => {
    if (runId !== null) made.set(runId, Math.max(made.get(runId) ?? 0, ...steps.map((step) => step ?? 0)))
  }
  const tried = read
    .select({ runId: jobs.runId, ended: attempts.endedStep, saved: attempts.checkpointStep })
    .from(attempts)
    .innerJoin(jobs, eq(jobs.id, attempts.jobId))
    .where(inArray(jobs.runId, [...runIds]))
    .all()
  for (const { runId, ended, saved } of tried) note(runId, ended, saved)
  const points = read
    .select({ runId: latestMetrics.runId, step: latestMetrics.step })
    .from(latestMetrics)
    .innerJoin(metricKeys, eq(metricKeys.id, latestMetrics.keyId))
    .where(and(inArray(latestMetrics.runId, [...runIds]), eq(metricKeys.key, 'train/loss')))
    .all()
  for (const { runId, step } of points) note(runId, step)
  return made
}
