import type { PrimaryMetric } from '../../../core/contracts/protocol.ts'
import type { MarginFields } from './form-state.ts'

/** What is typed is so many times what the protocol holds: points and percent of fractions. */
export function marginUnit(key: keyof MarginFields, metric: PrimaryMetric): 1 | 100 {
  if (key === 'teacher') return metric === 'accuracy' ? 100 : 1
  return key === 'nll' || key === 'brier' ? 1 : 100
}
