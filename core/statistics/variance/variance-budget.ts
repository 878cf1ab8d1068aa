import { crossedParts } from './crossed-variance.ts'
import type { TwoWay } from '../../mathematics/two-way.ts'
import { unpairedVariance } from './unpaired-variance.ts'

/** Parts of the variance of D, in squared units of the score; seed and noise shrink with more seeds. */
export interface VarianceBudget {
  /** (MS_s − MS_r)+/(S N): what truly differs between seeds. */
  seed: number
  /** MS_r/(S N): seed by example, what another run would answer otherwise; shrinks with more examples too. */
  noise: number
  /** C; shrinks with more examples only. */
  testSet: number
}

const ownShares = ({ seeds, examples, msSeed, msResidual }: TwoWay): { seed: number; noise: number } => {
  const cells = seeds * examples
  return { seed: Math.max(msSeed - msResidual, 0) / cells, noise: msResidual / cells }
}

/**
 * Where the variance of a paired difference comes from: add seeds or add examples? Where MS_s ≥ MS_r, seed + noise is A;
 * where MS_s is smaller by chance, seed is 0 and noise exceeds A, which the floor holds at a tenth of it.
 * @param table `twoWay(arm, control)`. @param range R of the scores, `rangeOf`.
 */
export const pairedBudget = (table: TwoWay, range: number): VarianceBudget => ({
  ...ownShares(table),
  testSet: crossedParts(table, range).exampleVariance,
})

/**
 * The same for unpaired seeds: seed and noise are sums over the two arms, testSet is the C of `unpairedVariance`.
 * @param arm and control: `twoWay(scores, null)` on the same examples.
 * @throws RangeError where the numbers of examples differ.
 */
export const unpairedBudget = (arm: TwoWay, control: TwoWay, range: number): VarianceBudget => {
  const [a, b] = [ownShares(arm), ownShares(control)]
  return {
    seed: a.seed + b.seed,
    noise: a.noise + b.noise,
    testSet: unpairedVariance(arm, control, range).exampleVariance,
  }
}
