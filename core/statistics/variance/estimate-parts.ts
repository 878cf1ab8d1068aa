import { crossedVariance } from './crossed-variance.ts'
import { fixedSeedsVariance } from './fixed-seeds-variance.ts'
import { twoWay } from '../../mathematics/two-way.ts'
import { unpairedVariance } from './unpaired-variance.ts'
import type { VarianceParts } from './variance-parts.ts'

/**
 * arm − control with the parts of its variance, by the design: crossed where seeds are paired, else unpaired; with one
 * seed in either arm the examples alone. null where an arm has none.
 * @param rows scores, a row a seed. @param range R of the scores, `rangeOf`.
 */
export const estimateParts = (
  { arm, control }: { arm: readonly Float64Array[]; control: readonly Float64Array[] },
  paired: boolean,
  range: number,
): VarianceParts | null => {
  const fewest = Math.min(arm.length, control.length)
  if (fewest === 0) return null
  if (fewest === 1) return fixedSeedsVariance(arm, control, range)
  if (paired) return crossedVariance(arm, control, range)
  return unpairedVariance(twoWay(arm, null), twoWay(control, null), range)
}
