import { eq } from 'drizzle-orm'
import { StoredProtocol, type Protocol } from '../../../core/contracts/protocol.ts'
import type { Transaction } from '../../../db/open-database.ts'
import { experiments, protocols } from '../../../db/schema.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../../platform/domain-error.ts'
import { sha256 } from '../../platform/hash.ts'

export interface FrozenProtocol {
  protocol: Protocol
  hash: string
  /** RFC 8785 bytes as text. */
  canonical: string
  experiment: typeof experiments.$inferSelect
}

/** The frozen protocol of an experiment. Throws DomainError not-found or damaged. */
export function readProtocol(ctx: Context, experimentId: string): FrozenProtocol {
  return protocolIn(ctx.db.read, experimentId)
}

/** The same through a given connection: within a transaction, that of the transaction. */
export function protocolIn(db: Transaction['db'], experimentId: string): FrozenProtocol {
  const found = db
    .select()
    .from(experiments)
    .leftJoin(protocols, eq(protocols.hash, experiments.protocolHash))
    .where(eq(experiments.id, experimentId))
    .get()
  if (found === undefined) throw new DomainError('not-found', `There is no experiment ${experimentId}.`)
  if (found.protocols === null)
    throw new DomainError(
      'not-found',
      `The experiment ${experimentId} has no frozen protocol, so there is nothing that this Stillhouse could show of it.`,
    )
  const { canonical, hash } = found.protocols
  return { protocol: parseProtocol(canonical, hash), hash, canonical, experiment: found.experiments }
}

/** The protocol of these bytes. Throws DomainError damaged where they are not those that were frozen. */
export function parseProtocol(canonical: string, hash: string): Protocol {
  const refuse = (cause?: unknown): DomainError =>
    new DomainError(
      'damaged',
      `The protocol ${hash.slice(0, 8)} in the database is damaged: it is not what was frozen. Restore the database from a copy.`,
      { cause },
    )
  if (sha256(canonical) !== hash) throw refuse()
  try {
    return StoredProtocol.parse(JSON.parse(canonical))
  } catch (error) {
    throw refuse(error)
  }
}
