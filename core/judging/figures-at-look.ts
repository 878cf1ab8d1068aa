import type { SpokenMetric } from '../contracts/verdict.ts'
import type { Interval } from '../mathematics/interval.ts'
import { type Planning, planningOf } from '../statistics/planning/planning.ts'
import { type ComparedRows, groupRows } from '../statistics/variance/compared-rows.ts'
import { type ComparedTables, comparedTables, partsOf } from '../statistics/variance/compared-tables.ts'
import { intervals } from '../statistics/variance/interval.ts'
import type { VarianceParts } from '../statistics/variance/variance-parts.ts'
import type { LookState } from './looks.ts'
import type { Alike } from './note.ts'
import { alikeRows, pickRows } from './picked-rows.ts'
import { type JudgeInput, rangeOfInput } from './question.ts'
import type { SeedTally } from './seed-tally.ts'

/** The figures of one comparison at one look, before anything is decided by them. */
export interface FiguresAtLook {
  rows: ComparedRows
  alike: Alike | null
  /** N test examples, or G groups of them. */
  units: number
  /** null where no seed has a result in both arms. */
  found: {
    tables: ComparedTables
    parts: VarianceParts
    individual: Interval
    simultaneous: Interval
    planning: Planning
  } | null
}

/** @param examples N, also where no run has a result. */
export const figuresAtLook = (
  input: JudgeInput<SpokenMetric>,
  look: LookState,
  { arm, control, examples }: { arm: SeedTally; control: SeedTally; examples: number },
): FiguresAtLook => {
  const { paired, corrected, margin, groups } = input
  const range = rangeOfInput(input)
  const original = pickRows(arm, control, paired)
  const rows =
    groups === undefined
      ? original
      : { ...original, arm: groupRows(original.arm, groups), control: groupRows(original.control, groups) }
  const tables = comparedTables(rows, paired)
  const parts = tables === null ? null : partsOf(tables, range)
  const units = parts === null ? examples : parts.exampleDegreesOfFreedom + 1
  const alike = alikeRows(original, { arm, control }, { units, grouped: groups !== undefined })
  if (tables === null || parts === null) return { rows, alike, units, found: null }
  const planning = planningOf({
    tables,
    parts,
    margin,
    range,
    alpha: look.alpha / corrected,
    plannedAlpha: look.lastAlpha / corrected,
  })
  return {
    rows,
    alike,
    units,
    found: { tables, parts, ...intervals(parts, look.alpha, corrected), planning },
  }
}
