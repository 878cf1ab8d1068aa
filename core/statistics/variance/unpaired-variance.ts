import type { TwoWay } from '../../mathematics/two-way.ts'
import { unseenVariance } from './unseen-variance.ts'
import { seedFloorShare, type VarianceParts } from './variance-parts.ts'

const seedPart = (arm: TwoWay): { part: number; floored: boolean } => {
  const cells = arm.seeds * arm.examples
  const part = arm.msSeed / cells
  const floor = (seedFloorShare * arm.msResidual) / cells
  return { part: Math.max(part, floor), floored: part < floor }
}

/**
 * Unpaired seeds: A = v_a + v_b with v = var(seed means)/S, ν by Welch (1947), C = max(var_i(z_i) − MS_r,a/S_a −
 * MS_r,b/S_b, 0)/N + 4 R²/N² with z_i the difference of the example means. Each arm's part is held at or above its own floor,
 * and ν comes from the floored parts; it is S_a + S_b − 2 where both are 0.
 * @param arm and control: `twoWay(scores, null)` on the same examples. @param range R of the scores, `rangeOf`.
 * @throws RangeError where the numbers of examples differ.
 */
export const unpairedVariance = (
  arm: TwoWay,
  control: TwoWay,
  range: number,
): VarianceParts & { seedVariance: number; degreesOfFreedom: number } => {
  if (arm.examples !== control.examples) {
    throw new RangeError(`scores: ${arm.examples} examples in the arm, ${control.examples} in the control`)
  }
  const n = arm.examples
  const a = seedPart(arm)
  const b = seedPart(control)
  const seedVariance = a.part + b.part
  const estimate = arm.mean - control.mean

  let squares = 0
  for (let i = 0; i < n; i++) {
    squares += ((arm.columnMeans[i] ?? 0) - (control.columnMeans[i] ?? 0) - estimate) ** 2
  }
  const noise = arm.msResidual / arm.seeds + control.msResidual / control.seeds
  const welch = a.part ** 2 / (arm.seeds - 1) + b.part ** 2 / (control.seeds - 1)
  return {
    estimate,
    seedVariance,
    exampleVariance: Math.max(squares / (n - 1) - noise, 0) / n + unseenVariance(range, n),
    exampleDegreesOfFreedom: n - 1,
    degreesOfFreedom: welch > 0 ? seedVariance ** 2 / welch : arm.seeds + control.seeds - 2,
    floored: a.floored || b.floored,
    perSeed: arm.rowMeans.map((mean) => mean - control.mean),
  }
}
