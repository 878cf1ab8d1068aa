import { latencyRatio, speedSentence } from '../../../core/statistics/index.ts'
import type { SpeedComparison } from '../../../core/contracts/verdict-page.ts'
import type { Context } from '../context.ts'
import type { LoadedExperiment } from '../experiments/load-experiment.ts'
import { readBlocks } from './read-blocks.ts'

/** The student's latency against its teacher's, over the blocks that measured both. */
export function compareSpeed(ctx: Context, loaded: LoadedExperiment, margin: number): SpeedComparison[] {
  const { alpha } = loaded.protocol
  const [teacher, student] = [readBlocks(ctx, loaded, 'teacher'), readBlocks(ctx, loaded, 'student')]
  const both = teacher.flatMap((block) => {
    const other = student.find((one) => one.block === block.block)
    return other === undefined ? [] : [{ teacher: block, student: other }]
  })
  if (both.length === 0) return []
  return (['p50', 'p90'] as const).map((quantile) => {
    const key = `${quantile}Ms` as const
    const ratio = latencyRatio({
      baseline: both.map((block) => block.teacher[key]),
      other: both.map((block) => block.student[key]),
      alpha,
      margin,
    })
    return { quantile, ...ratio, sentence: speedSentence({ quantile, margin, alpha, ...ratio }) }
  })
}
