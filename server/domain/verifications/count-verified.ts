import { and, desc, eq, or } from 'drizzle-orm'
import type { ExperimentPage } from '../../../core/contracts/views.ts'
import { runs, verifications } from '../../../db/schema.ts'
import type { Context } from '../context.ts'

/**
 * How many finished runs of an experiment were verified, by what their newest check found: of a run that shares the
 * training of another one, its own check or the other's.
 */
export function countVerified(ctx: Context, experimentId: string): ExperimentPage['verified'] {
  const checks = ctx.db.read
    .select({ runId: runs.id, outcome: verifications.outcome })
    .from(verifications)
    .innerJoin(runs, or(eq(runs.id, verifications.runId), eq(runs.reusedFrom, verifications.runId)))
    .where(and(eq(runs.experimentId, experimentId), eq(runs.status, 'finished')))
    .orderBy(desc(verifications.at))
    .all()
  const newest = new Map<string, (typeof checks)[number]['outcome']>()
  for (const { runId, outcome } of checks) if (!newest.has(runId)) newest.set(runId, outcome)
  const outcomes = [...newest.values()]
  return {
    identical: outcomes.filter((outcome) => outcome === 'identical').length,
    differing: outcomes.filter((outcome) => outcome === 'differs').length,
  }
}
