import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { judgePrimary } from '../../core/judging/judge.ts'
import type { JudgeInput } from '../../core/judging/question.ts'
import { medianMs, type BenchRow } from './row.ts'
import { familiesExperiment, judgeFamilies, naiveFamilies } from './verdict-families.ts'
import {
  largeSize,
  naiveParts,
  nestedScores,
  seededExperiment,
  type Size,
  smallSize,
} from './verdict-experiment.ts'

const goalMs = { small: 100, large: 3000, families: 500 }
const goalMb = 600

/**
 * Time of all verdicts of an experiment of usual and of largest size, that of all questions of one that has ended, and
 * the memory that the largest takes.
 */
export const verdictBench = async (): Promise<BenchRow[]> => [
  await timed(smallSize, goalMs.small, { paired: true, times: 15, warmUp: 3, naiveTimes: 5 }),
  await timed(largeSize, goalMs.large, { paired: true, times: 3, warmUp: 1, naiveTimes: 1 }),
  await timed(largeSize, goalMs.large, { paired: false, times: 3, warmUp: 1, naiveTimes: null }),
  await allFamilies(),
  await memory(),
]

const nameOf = ({ arms, seeds, examples }: Size): string =>
  `${arms} arms × ${seeds} seeds × ${examples} examples`

const timed = async (
  size: Size,
  goal: number,
  how: { paired: boolean; times: number; warmUp: number; naiveTimes: number | null },
): Promise<BenchRow> => {
  const input = { ...seededExperiment(size), paired: how.paired }
  if (how.paired) checkAgainstNaive(input)
  const value = await medianMs(() => judgePrimary(input), how)
  const baseline = how.naiveTimes === null ? null : await naiveMs(input, how.naiveTimes)
  return {
    group: 'verdict',
    name: `${nameOf(size)}, ${how.paired ? 'paired' : 'unpaired'}${baseline === null ? '' : ', against nested arrays with map and reduce'}`,
    value,
    unit: 'ms',
    baseline,
    ratio: baseline === null ? null : baseline / value,
    goal,
    goalIs: 'most',
    met: value <= goal,
  }
}

const naiveMs = (input: JudgeInput, times: number): Promise<number> =>
  medianMs(() => input.arms.map((arm) => naiveParts(nestedScores(arm), nestedScores(input.control))), {
    times,
    warmUp: times > 1 ? 1 : 0,
  })

const allFamilies = async (): Promise<BenchRow> => {
  const experiment = familiesExperiment(smallSize)
  const value = await medianMs(() => judgeFamilies(experiment), { times: 9, warmUp: 2 })
  const baseline = await medianMs(() => naiveFamilies(experiment), { times: 3, warmUp: 1 })
  return {
    group: 'verdict',
    name: `all questions of the Verdict page, ${nameOf(smallSize)}, against nested arrays for the variances alone`,
    value,
    unit: 'ms',
    baseline,
    ratio: baseline / value,
    goal: goalMs.families,
    goalIs: 'most',
    met: value <= goalMs.families,
  }
}

const memory = async (): Promise<BenchRow> => {
  const value = await peakMb('own')
  const baseline = await peakMb('naive')
  return {
    group: 'verdict',
    name: `peak memory of a process, ${nameOf(largeSize)}, against nested arrays`,
    value,
    unit: 'MB',
    baseline,
    ratio: baseline / value,
    goal: goalMb,
    goalIs: 'most',
    met: value <= goalMb,
  }
}

const peakMb = async (way: 'own' | 'naive'): Promise<number> => {
  const script = join(import.meta.dirname, 'verdict-memory.ts')
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script, way])
  const peak = Number(stdout)
  if (!(peak > 0)) throw new Error(`${script} ${way} printed ${stdout}`)
  return peak
}

/** A time is worth something only for the right figures. */
const checkAgainstNaive = (input: JudgeInput): void => {
  const control = nestedScores(input.control)
  for (const [a, comparison] of judgePrimary(input).entries()) {
    const arm = input.arms[a]
    if (arm === undefined) throw new Error('more comparisons than arms')
    const { D, A, C } = naiveParts(nestedScores(arm), control)
    const pairs = [
      [comparison.estimate, D],
      [comparison.seedVariance, A],
      [comparison.exampleVariance, C],
    ] as const
    for (const [found, expected] of pairs) {
      if (found === null || Math.abs(found - expected) > 1e-12) {
        throw new Error(`${arm.id}: the verdict has ${found}, the formulas give ${expected}`)
      }
    }
  }
}
