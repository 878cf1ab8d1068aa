import { rangeOf } from '../../../core/judging/range-of.ts'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { Protocol } from '../../../core/contracts/protocol.ts'
import { spreadBasis, statedBasis } from '../../../core/wording/spread-basis.ts'
import type { PlannedSpread } from '../../../core/statistics/planning/plan-power.ts'
import { poolSpread, type SeenSpread } from '../../../core/statistics/planning/pool-spread.ts'
import { guessSpread } from '../../../core/judging/guess-spread.ts'
import type { Context } from '../context.ts'
import { judgeExperiment } from '../verdicts/judge-experiment.ts'
import { decidedExperiments } from './decided-experiments.ts'
import { loadExperiment } from './load-experiment.ts'

/** Judging reads every prediction of an experiment. */
const mostJudged = 10

export interface PlanSpreadFound {
  spread: PlannedSpread
  basis: string
  guess: boolean
}

/**
 * The spread between seeds that a plan can count on: from decided experiments on the same data and metric, those with
 * the same student, training and labels if there are any; without them a guess. `stated`, in the metric's own units,
 * replaces the spread between seeds, but not what is known of the test set.
 */
export async function planSpread(
  ctx: Context,
  protocol: Protocol,
  stated: number | undefined,
): Promise<PlanSpreadFound> {
  const { primaryMetric: metric, data } = protocol
  const earlier = await earlierSpreads(ctx, protocol)
  const seen = earlier.flatMap((one) => one.seen)
  // A group of copies is one observation.
  const units = data.groups?.test ?? data.test
  const pooled = seen.length === 0 ? null : poolSpread(seen, { units, range: rangeOf(metric) })
  const spread = pooled ?? guessSpread(metric, units)
  const basis = spreadBasis({ metric, spread, experiments: earlier })
  if (stated === undefined) return { spread, basis, guess: pooled === null }
  return {
    spread: {
      ...spread,
      seedSd: stated,
      seedSdLow: stated,
      seedSdHigh: stated,
      seedSdUpper: null,
    },
    basis: statedBasis({ metric, spread, experiments: earlier }),
    guess: false,
  }
}

interface Earlier {
  alike: boolean
  seen: SeenSpread[]
}

async function earlierSpreads(ctx: Context, planned: Protocol): Promise<Earlier[]> {
  const found: Earlier[] = []
  for (const { id, alike } of candidates(ctx, planned)) {
    const seen = judgeExperiment(ctx, loadExperiment(ctx, id)).flatMap((comparison): SeenSpread[] => {
      const { word, planning, exampleVariance, degreesOfFreedom, exampleDegreesOfFreedom } = comparison
      // Where nothing varied (equal scores) nothing was learnt of chance.
      if (word === null || !planning?.sd || exampleVariance === null) return []
      if (degreesOfFreedom === null || exampleDegreesOfFreedom === null) return []
      return [{ seedSd: planning.sd, degreesOfFreedom, exampleVariance, units: exampleDegreesOfFreedom + 1 }]
    })
    if (seen.length > 0) found.push({ alike, seen })
    // The first preview after a start judges anew: others get their turn in between.
    await nextTurn()
  }
  const alike = found.filter((one) => one.alike)
  return alike.length > 0 ? alike : found
}

/** The newest decided experiments on this data and metric, those like the planned one before the others. */
function candidates(ctx: Context, planned: Protocol): { id: string; alike: boolean }[] {
  const onThisData = decidedExperiments(ctx).flatMap(({ id, protocol }) => {
    const fits = protocol.data.hash === planned.data.hash && protocol.primaryMetric === planned.primaryMetric
    return fits ? [{ id, alike: isAlike(protocol, planned) }] : []
  })
  return [...onThisData.filter((one) => one.alike), ...onThisData.filter((one) => !one.alike)].slice(
    0,
    mostJudged,
  )
}

const isAlike = (one: Protocol, other: Protocol): boolean =>
  isDeepStrictEqual([one.student, one.labels], [other.student, other.labels])
