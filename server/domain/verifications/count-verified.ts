import { and, desc, eq } from 'drizzle-orm'
import type { ExperimentPage } from '../../../core/contracts/views.ts'
import { runs, verifications } from '../../../db/schema.ts'
import type { Context } from '../context.ts'

/** How many finished runs of an experiment were verified, by what their newest check found. */
export function countVerified(ctx: Context, experimentId: string): ExperimentPage['verified'] {
  const checks = ctx.db.read
    .select({ runId: verifications.runId, outcome: verifications.outcome })
    .from(verifications)
    .innerJoin(runs, eq(runs.id, verifications.runId))
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
