import { eq } from 'drizzle-orm'
import { StoredProtocol, type Protocol } from '../../../core/contracts/protocol.ts'
import type { Transaction } from '../../../db/open-database.ts'
import { experiments, protocols } from '../../../db/schema.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../../platform/domain-error.ts'

export interface FrozenProtocol {
  protocol: Protocol
  hash: string
  /** RFC 8785 bytes as text. */
  canonical: string
  experiment: typeof experiments.$inferSelect
}

/** The frozen protocol of an experiment. Throws DomainError not-found. */
export function readProtocol(ctx: Context, experimentId: string): FrozenProtocol {
  return protocolIn(ctx.db.read, experimentId)
}

/** The same through a given connection: within a transaction, that of the transaction. */
export function protocolIn(db: Transaction['db'], experimentId: string): FrozenProtocol {
  const found = db
    .select()
    .from(experiments)
    .innerJoin(protocols, eq(protocols.hash, experiments.protocolHash))
    .where(eq(experiments.id, experimentId))
    .get()
  if (found === undefined) throw new DomainError('not-found', `There is no experiment ${experimentId}.`)
  const { canonical, hash } = found.protocols
  return {
    protocol: StoredProtocol.parse(JSON.parse(canonical)),
    hash,
    canonical,
    experiment: found.experiments,
  }
}
