import type { ClaimComparison } from '../../../core/contracts/claims.ts'
import type { Protocol } from '../../../core/contracts/protocol.ts'
import type { VerdictPage } from '../../../core/contracts/verdict-page.ts'
import type { ComparisonMetric } from '../../../core/contracts/verdict.ts'

/** The comparison of an arm with the control on a metric: the primary one, or that of the metric's own family. */
export function pickComparison(
  judged: Pick<VerdictPage, 'comparisons' | 'secondary'>,
  protocol: Pick<Protocol, 'primaryMetric' | 'margin' | 'margins'>,
  armId: string,
  metric: ComparisonMetric,
): ClaimComparison | null {
  const primary = metric === protocol.primaryMetric
  const comparison = (primary ? judged.comparisons : judged.secondary).find(
    (one) => one.arm === armId && one.metric === metric,
  )
  if (comparison === undefined) return null
  return { comparison, margin: primary ? protocol.margin : (protocol.margins?.[metric] ?? null) }
}
