import type { EngineChoice, Protocol } from '../../../core/contracts/protocol.ts'
import type { MissingEngine } from '../../../core/distillation/draft-protocol.ts'
import { DomainError } from '../../platform/domain-error.ts'
import type { Context } from '../context.ts'

/**
 * The engine that a draft chose, or why it cannot be had here: a fault of the draft. Throws DomainError unavailable where
 * the draft chose none and that of this server does not work.
 */
export async function findEngine(
  ctx: Context,
  choice: EngineChoice | undefined,
): Promise<Protocol['engine'] | MissingEngine> {
  if (choice === undefined) return await ctx.workers.engine()
  try {
    return await ctx.workers.engine(choice)
  } catch (error) {
    if (error instanceof DomainError) return { missing: error.message }
    throw error
  }
}
