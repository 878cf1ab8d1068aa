import { judgedOf } from '../../../core/metrics/registry.ts'
import type { PrimaryMetric } from '../../../core/contracts/protocol.ts'
import type { MarginFields } from './form-state.ts'

/** What is typed is so many times what the protocol holds: points and percent of fractions. */
export function marginUnit(key: keyof MarginFields, metric: PrimaryMetric): 1 | 100 {
  return key === 'latency' ? 100 : judgedOf(key === 'teacher' ? metric : key).scale
}
