import { eq, max } from 'drizzle-orm'
import type { Transaction } from '../../../db/open-database.ts'
import { attempts, experiments, jobs, logLines, runs } from '../../../db/schema.ts'

/**
 * The newest time (ms since 1970) that the experiments under way carry; 0 where nothing is. Ended ones do not count:
 * a clock that was wrong once would be wrong for ever.
 */
export function newestTime({ db }: Transaction): number {
  const underWay = eq(experiments.status, 'running')
  const launched = db
    .select({ at: max(experiments.createdAt) })
    .from(experiments)
    .where(underWay)
    .get()
  const tried = db
    .select({ started: max(attempts.startedAt), ended: max(attempts.endedAt) })
    .from(attempts)
    .innerJoin(jobs, eq(jobs.id, attempts.jobId))
    .innerJoin(experiments, eq(experiments.id, jobs.experimentId))
    .where(underWay)
    .get()
  const logged = db
    .select({ at: max(logLines.at) })
    .from(logLines)
    .innerJoin(runs, eq(runs.id, logLines.runId))
    .innerJoin(experiments, eq(experiments.id, runs.experimentId))
    .where(underWay)
    .get()
  return Math.max(launched?.at ?? 0, tried?.started ?? 0, tried?.ended ?? 0, logged?.at ?? 0)
}
