import { desc, eq, inArray } from 'drizzle-orm'
import { RunSpec } from '../../../core/contracts/run.ts'
import { CheckedFile, type Verification } from '../../../core/contracts/verification.ts'
import { verificationDifferences } from '../../../core/wording/verification-text.ts'
import { runs, verifications } from '../../../db/schema.ts'
import type { Context } from '../context.ts'

/** As many as a page shows. */
const shown = 20

type Row = typeof verifications.$inferSelect

/** Checks of some runs (a run, and the one whose training it shares), the newest first. */
export function readVerifications(ctx: Context, runIds: readonly string[]): Verification[] {
  return ctx.db.read
    .select({ row: verifications, spec: runs.spec })
    .from(verifications)
    .innerJoin(runs, eq(runs.id, verifications.runId))
    .where(inArray(verifications.runId, [...runIds]))
    .orderBy(desc(verifications.at), desc(verifications.id))
    .limit(shown)
    .all()
    .map(({ row, spec }) => asVerification(row, spec))
}

/** A stored row as it is shown. `spec`: of its run. */
export function asVerification(row: Row, spec: unknown): Verification {
  const { id, runId, at, outcome, host, platform, arch, processor, node, durationMs } = row
  const engine = { name: row.engine, version: row.engineVersion }
  const weights = CheckedFile.parse(row.weights)
  const testLogits = CheckedFile.parse(row.testLogits)
  return {
    id,
    runId,
    at,
    outcome,
    machine: { host, platform, arch, processor, node },
    engine,
    durationMs,
    weightsSha256: row.weightsSha256,
    testLogitsSha256: row.testLogitsSha256,
    differences:
      outcome === 'identical'
        ? []
        : verificationDifferences({ weights, testLogits, engine }, RunSpec.parse(spec).engine),
  }
}
