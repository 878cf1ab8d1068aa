import { and, asc, eq } from 'drizzle-orm'
import { latencyBlocks } from '../../../db/schema.ts'
import type { Context } from '../context.ts'
import type { LoadedExperiment } from '../experiments/load-experiment.ts'

type Block = typeof latencyBlocks.$inferSelect

/** Latency blocks of an architecture, from the newest attempt that measured it whole; none before. */
export function readBlocks(ctx: Context, loaded: LoadedExperiment, itemId: 'teacher' | 'student'): Block[] {
  const profile = loaded.jobs.find((job) => job.kind === 'profile')
  if (profile?.state !== 'done') return []
  return ctx.db.read
    .select()
    .from(latencyBlocks)
    .where(
      and(
        eq(latencyBlocks.experimentId, loaded.experiment.id),
        eq(latencyBlocks.itemId, itemId),
        eq(latencyBlocks.attempt, profile.attempts),
      ),
    )
    .orderBy(asc(latencyBlocks.block))
    .all()
}
