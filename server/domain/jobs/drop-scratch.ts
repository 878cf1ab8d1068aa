import fs from 'node:fs/promises'
import path from 'node:path'
import { eq } from 'drizzle-orm'
import { hasEnded } from '../../../core/contracts/run.ts'
import { runs } from '../../../db/schema.ts'
import type { Context } from '../context.ts'

/** The checkpoints of a run that has ended, or that nobody knows, are of no more use. */
export async function dropScratch(ctx: Context, runId: string): Promise<void> {
  const run = ctx.db.read.select({ status: runs.status }).from(runs).where(eq(runs.id, runId)).get()
  if (run !== undefined && !hasEnded(run)) return
  await fs.rm(path.join(ctx.folder.scratch, runId), { recursive: true, force: true })
}

/** What a killed server left behind of runs that have ended. */
export async function sweepScratch(ctx: Context): Promise<void> {
  // Somebody may have tidied it away while the server ran.
  await fs.mkdir(ctx.folder.scratch, { recursive: true })
  for (const name of await fs.readdir(ctx.folder.scratch)) await dropScratch(ctx, name)
}
