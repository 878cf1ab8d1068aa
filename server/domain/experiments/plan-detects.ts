import type { Protocol } from '../../../core/contracts/protocol.ts'
import type { PlannedPower } from '../../../core/contracts/plan-preview.ts'
import { fewestPlanned, planPower } from '../../../core/statistics/planning/plan-power.ts'
import { detectable } from '../../../core/statistics/planning/seeds-needed.ts'
import type { Context } from '../context.ts'
import { planSpread } from './plan-spread.ts'
import type { WorkPlanner } from './plan-time.ts'

/** Rows of the what-if table, beside the plan's own seeds and those that are needed. */
const usualSeeds = [5, 8, 10, 14]
const mostNeededShown = 40

/** What a protocol can detect at its last look, or why that cannot be said. */
export async function planDetects(
  ctx: Context,
  protocol: Protocol,
  input: { stated: number | undefined; work: WorkPlanner },
): Promise<{ power: PlannedPower; powerReason: null } | { power: null; powerReason: string }> {
  const look = protocol.looks.at(-1)
  if (look === undefined || look.seeds < fewestPlanned) {
    return {
      power: null,
      powerReason: 'With fewer than 3 seeds there is no word, so there is nothing to detect.',
    }
  }
  const { spread, basis, guess } = await planSpread(ctx, protocol, input.stated)
  const level = look.alpha / (protocol.arms.length - 1)
  const planned = planPower({ spread, level, margin: protocol.margin, seeds: look.seeds })
  const needed = planned.needed?.seeds
  const rows = new Set([...usualSeeds, look.seeds])
  if (needed !== undefined && needed <= mostNeededShown) rows.add(needed)
  return {
    power: {
      ...planned,
      basis,
      guess,
      seedSd: spread.seedSd,
      seedSdLow: spread.seedSdLow,
      seedSdHigh: spread.seedSdHigh,
      exampleVariance: spread.exampleVariance,
      seeds: look.seeds,
      level,
      alpha: look.alpha,
      examples: protocol.data.test,
      margin: protocol.margin,
      whatIf: [...rows]
        .sort((a, b) => a - b)
        .map((seeds) => ({
          seeds,
          ...input.work.withSeeds(seeds),
          detectable: detectable({ spread, seeds, alpha: level }),
        })),
    },
    powerReason: null,
  }
}
