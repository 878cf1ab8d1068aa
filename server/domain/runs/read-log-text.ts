import { asc, eq } from 'drizzle-orm'
import { logLines, runs } from '../../../db/schema.ts'
import { DomainError } from '../../platform/domain-error.ts'
import type { Context } from '../context.ts'

/** The whole log of a run, a line each: time, level, text. Throws DomainError not-found. */
export function readLogText(ctx: Context, { runId }: { runId: string }): string {
  const run = ctx.db.read.select({ id: runs.id }).from(runs).where(eq(runs.id, runId)).get()
  if (run === undefined) throw new DomainError('not-found', `There is no run ${runId}.`)
  return ctx.db.read
    .select()
    .from(logLines)
    .where(eq(logLines.runId, runId))
    .orderBy(asc(logLines.id))
    .all()
    .map((line) => `${new Date(line.at).toISOString()} ${line.level} ${line.text}\n`)
    .join('')
}
