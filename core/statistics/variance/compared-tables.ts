import { type TwoWay, twoWay } from '../../mathematics/two-way.ts'
import { crossedParts } from './crossed-variance.ts'
import { fixedSeedsVariance } from './fixed-seeds-variance.ts'
import { unpairedVariance } from './unpaired-variance.ts'
import type { VarianceParts } from './variance-parts.ts'

/** The mean squares of a comparison, from which its parts, its plan and its words without a seed all follow. */
export type ComparedTables =
  | { design: 'paired'; difference: TwoWay }
  | { design: 'unpaired'; arm: TwoWay; control: TwoWay }
  /** One seed in either arm: the examples alone tell of chance. */
  | { design: 'networks'; arm: readonly Float64Array[]; control: readonly Float64Array[] }

/**
 * @param rows scores, a row a seed; paired, the same seeds in the same order.
 * @returns null where an arm has no seed.
 */
export const comparedTables = (
  { arm, control }: { arm: readonly Float64Array[]; control: readonly Float64Array[] },
  paired: boolean,
): ComparedTables | null => {
  const fewest = Math.min(arm.length, control.length)
  if (fewest === 0) return null
  if (fewest === 1) return { design: 'networks', arm, control }
  return paired
    ? { design: 'paired', difference: twoWay(arm, control) }
    : { design: 'unpaired', arm: twoWay(arm, null), control: twoWay(control, null) }
}

/** arm − control with the parts of its variance. @param range R of the scores. */
export const partsOf = (tables: ComparedTables, range: number): VarianceParts => {
  switch (tables.design) {
    case 'paired':
      return crossedParts(tables.difference, range)
    case 'unpaired':
      return unpairedVariance(tables.arm, tables.control, range)
    case 'networks':
      return fixedSeedsVariance(tables.arm, tables.control, range)
  }
}
