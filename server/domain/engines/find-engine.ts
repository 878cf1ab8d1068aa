import type { EngineChoice, Protocol } from '../../../core/contracts/protocol.ts'
import type { MissingEngine } from '../../../core/planning/draft-protocol.ts'
import { DomainError } from '../../platform/domain-error.ts'
import type { Context } from '../context.ts'

/** The engine that a draft chose, that of this server where it chose none; or why it cannot be had here. */
export async function findEngine(
  ctx: Context,
  choice: EngineChoice | undefined,
): Promise<Protocol['engine'] | MissingEngine> {
  try {
    return await ctx.workers.engine(choice)
  } catch (error) {
    if (error instanceof DomainError) return { missing: error.message }
    throw error
  }
}
