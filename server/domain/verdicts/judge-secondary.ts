import { judgePrimary, type ReadAt } from '../../../core/statistics/index.ts'
import type { SecondaryMargins } from '../../../core/contracts/protocol.ts'
import { planMargins } from '../../../core/distillation/plan-margins.ts'
import type { ComparisonDetail, ComparisonMetric } from '../../../core/contracts/verdict.ts'
import type { Context } from '../context.ts'
import type { LoadedExperiment } from '../experiments/load-experiment.ts'
import { familyInput, judgeExperiment } from './judge-experiment.ts'
import { rememberJudged } from './remember-judged.ts'

export const noPrimaryWord = 'the primary question has no word'
export const exploratory = 'exploratory: the protocol declared no margin for it'

/** The margins of the secondary questions; the usual ones where the protocol declared none. */
export const marginsOf = ({ protocol }: LoadedExperiment): SecondaryMargins =>
  protocol.margins ?? planMargins({ margin: protocol.margin, margins: {} }, protocol.data)

/** Secondary questions are read where the primary one was, and have a word only where it has one. */
export function readWhere(primary: readonly ComparisonDetail[], declared: boolean): Map<string, ReadAt> {
  return new Map(
    primary.map(({ arm, look, word, reason, provisional }) => [
      arm,
      {
        look: look.index,
        withheld:
          word === null
            ? { reason: provisional ? (reason ?? '') : noPrimaryWord, provisional }
            : declared
              ? null
              : { reason: exploratory, provisional: false },
      },
    ]),
  )
}

/** The family of a metric that is not the primary one. */
export const judgeSecondary = (
  ctx: Context,
  loaded: LoadedExperiment,
  { metric, readAt }: { metric: ComparisonMetric; readAt: ReadonlyMap<string, ReadAt> },
): ComparisonDetail[] =>
  judgePrimary({
    ...familyInput(ctx, loaded, metric),
    family: metric,
    margin: marginsOf(loaded)[metric],
    readAt,
  })

/** Accuracy against the control alone, whichever metric is the primary one. */
export const judgeAccuracy: (ctx: Context, loaded: LoadedExperiment) => ComparisonDetail[] = rememberJudged(
  (ctx, loaded) => {
    const primary = judgeExperiment(ctx, loaded)
    const { primaryMetric, margins } = loaded.protocol
    if (primaryMetric === 'accuracy') return primary
    return judgeSecondary(ctx, loaded, { metric: 'accuracy', readAt: readWhere(primary, margins !== null) })
  },
)
