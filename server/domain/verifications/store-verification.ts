import { and, eq, inArray } from 'drizzle-orm'
import type { CheckedFile, Verification, VerificationReport } from '../../../core/contracts/verification.ts'
import { verificationOutcome } from '../../../core/wording/verification-text.ts'
import { artifacts, runs, verifications } from '../../../db/schema.ts'
import { DomainError } from '../../platform/domain-error.ts'
import type { Context } from '../context.ts'
import { asVerification } from './read-verifications.ts'

/**
 * Stores what a check found. What was recorded is read here, not believed, and decides what is identical.
 * A report that was stored before changes nothing. Throws DomainError not-found, conflict.
 */
export async function storeVerification(ctx: Context, report: VerificationReport): Promise<Verification> {
  const { run, row } = await ctx.db.withTransaction(({ db }) => {
    const own = db.select().from(runs).where(eq(runs.id, report.runId)).get()
    if (own === undefined) throw new DomainError('not-found', `There is no run ${report.runId}.`)
    const files = new Map(
      db
        .select({ name: artifacts.name, sha256: artifacts.sha256 })
        .from(artifacts)
        .where(
          and(
            eq(artifacts.runId, report.runId),
            inArray(artifacts.name, ['weights.bin', 'predictions/test.npy']),
          ),
        )
        .all()
        .map(({ name, sha256 }) => [name, sha256]),
    )
    const listedWeights = files.get('weights.bin')
    const recordedLogits = files.get('predictions/test.npy')
    if (own.weightsSha256 === null || listedWeights === undefined || recordedLogits === undefined)
      throw new DomainError('conflict', `The run ${report.runId} has no recorded result to compare with.`)
    const weights: CheckedFile = {
      ...report.weights,
      recorded: own.weightsSha256,
      listed: listedWeights === own.weightsSha256 ? null : listedWeights,
    }
    const testLogits: CheckedFile = { ...report.testLogits, recorded: recordedLogits, listed: null }
    const { host, platform, arch, processor, node } = report.machine
    db.insert(verifications)
      .values({
        id: report.id,
        runId: report.runId,
        at: ctx.clock.now(),
        outcome: verificationOutcome({ weights, testLogits }),
        durationMs: report.durationMs,
        host,
        platform,
        arch,
        processor,
        node,
        engine: report.engine.name,
        engineVersion: report.engine.version,
        weightsSha256: weights.found,
        testLogitsSha256: testLogits.found,
        weights,
        testLogits,
      })
      .onConflictDoNothing()
      .run()
    const stored = db.select().from(verifications).where(eq(verifications.id, report.id)).get()
    if (stored === undefined) throw new Error(`The verification ${report.id} was not stored.`)
    return { run: own, row: stored }
  })
  ctx.log.info({ run: run.id, outcome: row.outcome, host: row.host }, 'run verified')
  ctx.bus.publish({ type: 'run', experimentId: run.experimentId, runId: run.id })
  return asVerification(row, run.spec)
}
