import { and, desc, eq, isNotNull } from 'drizzle-orm'
import type { Protocol } from '../../../core/contracts/protocol.ts'
import { experiments, protocols } from '../../../db/schema.ts'
import { DomainError } from '../../platform/domain-error.ts'
import type { Context } from '../context.ts'
import { parseProtocol } from './read-protocol.ts'

const mostLookedAt = 200

export interface DecidedExperiment {
  id: string
  question: string
  status: (typeof experiments.$inferSelect)['status']
  looksLaunched: number
  protocol: Protocol
}

/** The newest experiments whose words can be read, the newest first. */
export function decidedExperiments(ctx: Context): DecidedExperiment[] {
  return ctx.db.read
    .select({
      id: experiments.id,
      question: experiments.name,
      status: experiments.status,
      looksLaunched: experiments.looksLaunched,
      canonical: protocols.canonical,
      hash: protocols.hash,
    })
    .from(experiments)
    .innerJoin(protocols, eq(protocols.hash, experiments.protocolHash))
    .where(and(eq(experiments.lifecycleStage, 'active'), isNotNull(experiments.decidedAt)))
    .orderBy(desc(experiments.createdAt), desc(experiments.id))
    .limit(mostLookedAt)
    .all()
    .flatMap(({ canonical, hash, ...found }) => {
      try {
        return [{ ...found, protocol: parseProtocol(canonical, hash) }]
      } catch (error) {
        // Its own pages say so; what others take from it they do without.
        if (!(error instanceof DomainError)) throw error
        return []
      }
    })
}
