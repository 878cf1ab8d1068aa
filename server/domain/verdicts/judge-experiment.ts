import { judgePrimary } from '../../../core/judging/judge.ts'
import type { JudgedArm, JudgeInput } from '../../../core/judging/question.ts'
import type { ComparisonMetric } from '../../../core/contracts/verdict.ts'
import type { JudgedComparison } from '../../../core/judging/comparison.ts'
import type { Context } from '../context.ts'
import type { LoadedExperiment } from '../experiments/load-experiment.ts'
import { seedResults } from './seed-results.ts'
import { rememberJudged } from './remember-judged.ts'
import { groupsArgument } from './test-data.ts'

export type FamilyInput = JudgeInput

/**
 * The primary comparisons of an experiment as its runs stand now, from the stored predictions. `input` is that of the
 * primary metric, where the caller has it already.
 */
export const judgeExperiment: (
  ctx: Context,
  loaded: LoadedExperiment,
  input?: FamilyInput,
) => JudgedComparison[] = rememberJudged((ctx, loaded, input?: FamilyInput) =>
  judgePrimary(input ?? familyInput(ctx, loaded, loaded.protocol.primaryMetric)),
)

/** What every family of an experiment has in common: protocol, looks, control and arms with their scores on a metric. */
export function familyInput(ctx: Context, loaded: LoadedExperiment, metric: ComparisonMetric): FamilyInput {
  const { protocol, arms, control, experiment, runs } = loaded
  const withScores = ({ id, label }: { id: string; label: string }): JudgedArm => ({
    id,
    label,
    seeds: seedResults(ctx, loaded, id, metric),
  })
  const compared = arms.filter((arm) => arm.role !== 'control' && arm.role !== 'teacher')
  return {
    metric,
    margin: protocol.margin,
    alpha: protocol.alpha,
    paired: protocol.paired,
    corrected: compared.length,
    plannedSeeds: protocol.seeds,
    looks: protocol.looks,
    looksTaken: experiment.looksTaken,
    looksLaunched: experiment.looksLaunched,
    continuation: protocol.continuation,
    // Cancelled during the latency job, an experiment had all its seeds.
    stopped: experiment.status === 'cancelled' && runs.some((run) => run.status === 'cancelled'),
    ...groupsArgument(ctx, loaded),
    control: withScores(control),
    arms: compared.map(withScores),
  }
}
