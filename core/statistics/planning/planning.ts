import type { ComparedTables } from '../variance/compared-tables.ts'
import type { PlanSpread } from './power.ts'
import { powerToDetect } from './power.ts'
import { detectable, seedSdUpper, seedsNeeded } from './seeds-needed.ts'
import type { TwoWay } from '../../mathematics/two-way.ts'
import { pairedBudget, unpairedBudget, type VarianceBudget } from '../variance/variance-budget.ts'
import { seedFloorShare, type VarianceParts } from '../variance/variance-parts.ts'

/** What more seeds or more examples would do; null figures where one seed tells nothing of the spread. */
export interface Planning {
  /** Standard deviation of one seed's difference, from A. */
  sd: number | null
  /** Its 80 % upper limit. */
  sdUpper: number | null
  /** Seeds an arm with which a true difference of the margin is seen in 4 cases of 5; null: no number, or unknown. */
  needed: number | null
  /** The same, planned on `sdUpper`. */
  neededUpper: number | null
  /** Where no number of seeds suffices: the test set must be more than so many times as large. Else null. */
  testSetFactor: number | null
  /** Chance that a true difference of the margin is seen with the seeds at hand. */
  powerAtMargin: number | null
  /** Smallest true difference that the seeds at hand show in 4 cases of 5. */
  detectable: number | null
  /** The parts of the variance of the estimate; null where one seed tells nothing. */
  budget: VarianceBudget | null
}

interface PlanningInput {
  tables: ComparedTables
  parts: VarianceParts
  margin: number
  /** R of the scores. */
  range: number
  /** Of one comparison at the look it is read at: the look's alpha over M. */
  alpha: number
  /** Of one comparison in an experiment that would settle it: the last look's alpha over M. */
  plannedAlpha: number
}

const unknown: Planning = {
  sd: null,
  sdUpper: null,
  needed: null,
  neededUpper: null,
  testSetFactor: null,
  powerAtMargin: null,
  detectable: null,
  budget: null,
}

/** Variance of one seed's mean, floored as in the interval: S A of one table. */
const seedVarianceOf = ({ msSeed, msResidual, examples }: TwoWay): number =>
  Math.max(msSeed, seedFloorShare * msResidual) / examples

const spreadOf = (
  tables: Exclude<ComparedTables, { design: 'networks' }>,
  range: number,
): { seeds: number; sd: number; budget: VarianceBudget } => {
  if (tables.design === 'paired') {
    const { difference } = tables
    return {
      seeds: difference.seeds,
      sd: Math.sqrt(seedVarianceOf(difference)),
      budget: pairedBudget(difference, range),
    }
  }
  const { arm, control } = tables
  return {
    seeds: Math.min(arm.seeds, control.seeds),
    sd: Math.sqrt(seedVarianceOf(arm) + seedVarianceOf(control)),
    budget: unpairedBudget(arm, control, range),
  }
}

/**
 * What more seeds or a larger test set would do for one comparison: the spread from its own figures, the effect always
 * the margin, never the difference that was found. S − 1 degrees of freedom, which is exact for paired seeds and
 * careful for unpaired ones.
 */
export const planningOf = (input: PlanningInput): Planning => {
  const { tables, parts, margin, range, alpha, plannedAlpha } = input
  if (tables.design === 'networks') return unknown
  const { seeds, sd, budget } = spreadOf(tables, range)
  const sdUpper = seedSdUpper(sd, seeds - 1)
  const spread = (seedSd: number): PlanSpread => ({
    seedSd,
    exampleVariance: parts.exampleVariance,
    units: parts.exampleDegreesOfFreedom + 1,
    range,
  })
  const wanted = { alpha: plannedAlpha, effect: margin }
  const { seeds: needed, testSetFactor } = seedsNeeded({ spread: spread(sd), ...wanted })
  return {
    sd,
    sdUpper,
    needed,
    neededUpper: seedsNeeded({ spread: spread(sdUpper), ...wanted }).seeds,
    testSetFactor,
    powerAtMargin: powerToDetect({ spread: spread(sd), seeds, alpha, effect: margin }),
    detectable: detectable({ spread: spread(sd), seeds, alpha }),
    budget,
  }
}
