import { latencyRatio } from '../../../core/judging/judge-latency.ts'
import type { LatencyNoWord } from '../../../core/judging/judge-latency.ts'
import type { Context } from '../context.ts'
import type { LoadedExperiment } from '../experiments/load-experiment.ts'
import type { JudgedExperiment } from './judge-all.ts'
import { readBlocks } from './read-blocks.ts'

const quantiles = ['p50', 'p90'] as const

/**
 * The student's latency against its teacher's, over the blocks that measured both: one family of both quantiles.
 * `withheld`: why there is no word whatever the figures say, or null.
 */
export function compareSpeed(
  ctx: Context,
  loaded: LoadedExperiment,
  {
    margin,
    withheld,
  }: { margin: number; withheld: Extract<LatencyNoWord, 'no-primary-word' | 'exploratory'> | null },
): JudgedExperiment['speed'] {
  const { alpha } = loaded.protocol
  const corrected = quantiles.length
  const [teacher, student] = [readBlocks(ctx, loaded, 'teacher'), readBlocks(ctx, loaded, 'student')]
  const both = teacher.flatMap((block) => {
    const other = student.find((one) => one.block === block.block)
    return other === undefined ? [] : [{ teacher: block, student: other }]
  })
  if (both.length === 0) return []
  return quantiles.map((quantile) => {
    const key = `${quantile}Ms` as const
    const read = latencyRatio({
      baseline: both.map((block) => block.teacher[key]),
      other: both.map((block) => block.student[key]),
      alpha,
      corrected,
      margin,
    })
    return {
      quantile,
      margin,
      alpha: alpha / corrected,
      ...read,
      ...(withheld === null ? {} : { word: null, noWord: withheld }),
    }
  })
}
