import type { LabelsSpec } from '../contracts/protocol.ts'
import { formatCount } from '../evaluation/format-number.ts'
import { counted } from './phrases.ts'

export interface ScopeInput {
  paired: boolean
  /** Planned seeds an arm. */
  seeds: number
  /** Test examples. */
  examples: number
  /** Of test examples with equal inputs, each one observation; left out: every example is one. */
  groups?: number
  labels: LabelsSpec
}

/** What a verdict covers and what it does not: the line that stands on every page with one. */
export const scopeText = ({ paired, seeds, examples, groups, labels }: ScopeInput): string => {
  const grouped = groups === undefined ? '' : ` in ${formatCount(groups)} groups of equal inputs`
  const tests = `${formatCount(examples)} test examples${grouped}`
  const labelled = `${formatCount(labels.perSeed)} labelled examples`
  const notCovered = 'Not covered: another data set, another training split, another teacher, another tuning.'
  if (seeds === 1) {
    return `One seed compares these two trained networks only, not the method, on data like this test set (${tests}). ${notCovered}`
  }
  const how = `${counted(seeds, paired ? 'paired seed' : 'unpaired seed')}, ${tests}`
  const which =
    labels.subset === 'fixed' ? `, with these ${labelled}` : `; every seed draws its own ${labelled}`
  return `For networks trained this way, on data like this test set (${how})${which}. ${notCovered}`
}
