import { and, eq } from 'drizzle-orm'
import { artifacts } from '../../../db/schema.ts'
import { DomainError } from '../../platform/domain-error.ts'
import type { Context } from '../context.ts'

export interface FoundArtifact {
  /** Absolute path. */
  file: string
  sizeBytes: number
  sha256: string
}

/** A stored file of a run, as it was stored. Throws DomainError: not-found, damaged, unavailable. */
export function findArtifact(ctx: Context, { runId, name }: { runId: string; name: string }): FoundArtifact {
  const row = ctx.db.read
    .select()
    .from(artifacts)
    .where(and(eq(artifacts.runId, runId), eq(artifacts.name, name)))
    .get()
  if (row === undefined) throw new DomainError('not-found', `The run ${runId} has no artifact ${name}.`)
  return { file: ctx.store.locate(row), sizeBytes: row.sizeBytes, sha256: row.sha256 }
}
