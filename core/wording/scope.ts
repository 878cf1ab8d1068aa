import type { LabelsSpec } from '../contracts/protocol.ts'
import { counted } from '../text/grammar.ts'

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
  const grouped = groups === undefined ? '' : ` in ${counted(groups, 'group')} of equal inputs`
  const tests = `${counted(examples, 'test example')}${grouped}`
  const labelled = counted(labels.perSeed, 'labelled example')
  const notCovered = 'Not covered: another data set, another training split, another teacher, another tuning.'
  if (seeds === 1) {
    return `One seed compares these two trained networks only, not the method, on data like this test set (${tests}). ${notCovered}`
  }
  const how = `${counted(seeds, paired ? 'paired seed' : 'unpaired seed')}, ${tests}`
  const which =
    labels.subset === 'fixed'
      ? `, with ${labels.perSeed === 1 ? 'this' : 'these'} ${labelled}`
      : `; every seed draws its own ${labelled}`
  return `For networks trained this way, on data like this test set (${how})${which}. ${notCovered}`
}
