import { judgePrimary } from '../../../core/judging/judge.ts'
import { readWhere } from '../../../core/judging/read-where.ts'
import type { ReadAt } from '../../../core/judging/question.ts'
import type { SecondaryMargins } from '../../../core/contracts/protocol.ts'
import { planMargins } from '../../../core/planning/plan-margins.ts'
import type { ComparisonMetric } from '../../../core/contracts/verdict.ts'
import type { JudgedComparison } from '../../../core/judging/comparison.ts'
import type { Context } from '../context.ts'
import type { LoadedExperiment } from '../experiments/load-experiment.ts'
import { familyInput, judgeExperiment } from './judge-experiment.ts'
import { rememberJudged } from './remember-judged.ts'

/** The margins of the secondary questions; the usual ones where the protocol declared none. */
export const marginsOf = ({ protocol }: LoadedExperiment): SecondaryMargins =>
  protocol.margins ?? planMargins({ margin: protocol.margin, margins: {} }, protocol.data)

/** The family of a metric that is not the primary one. */
export const judgeSecondary = (
  ctx: Context,
  loaded: LoadedExperiment,
  { metric, readAt }: { metric: ComparisonMetric; readAt: ReadonlyMap<string, ReadAt> },
): JudgedComparison[] =>
  judgePrimary({
    ...familyInput(ctx, loaded, metric),
    family: metric,
    margin: marginsOf(loaded)[metric],
    readAt,
  })

/** Accuracy against the control alone, whichever metric is the primary one. */
export const judgeAccuracy: (ctx: Context, loaded: LoadedExperiment) => JudgedComparison[] = rememberJudged(
  (ctx, loaded) => {
    const primary = judgeExperiment(ctx, loaded)
    const { primaryMetric, margins } = loaded.protocol
    if (primaryMetric === 'accuracy') return primary
    return judgeSecondary(ctx, loaded, { metric: 'accuracy', readAt: readWhere(primary, margins !== null) })
  },
)
