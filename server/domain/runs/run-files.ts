import { asc, eq } from 'drizzle-orm'
import { artifacts } from '../../../db/schema.ts'
import type { DomainError } from '../../platform/domain-error.ts'
import type { Context } from '../context.ts'
import {
  testPredictions,
  type LoadedExperiment,
  type RunWithEvaluation,
} from '../experiments/load-experiment.ts'
import { predictionsFault } from '../verdicts/read-scores.ts'
import { dataFault } from '../verdicts/test-data.ts'

type StoredArtifact = typeof artifacts.$inferSelect

/** What a run left, by name, and what is wrong with it. Test predictions are also held to what they are predictions of. */
export function runFiles(
  ctx: Context,
  loaded: LoadedExperiment,
  run: RunWithEvaluation,
): { file: StoredArtifact; fault: DomainError | null }[] {
  const judged = (): DomainError | null =>
    dataFault(ctx, loaded) === null ? predictionsFault(ctx, loaded, run) : null
  return ctx.db.read
    .select()
    .from(artifacts)
    .where(eq(artifacts.runId, run.id))
    .orderBy(asc(artifacts.name))
    .all()
    .map((file) => ({
      file,
      fault: ctx.store.fault(file) ?? (file.name === testPredictions ? judged() : null),
    }))
}
