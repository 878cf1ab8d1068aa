import type { ClaimsPage } from '../../../core/contracts/claims.ts'
import { accuracyClaim } from './accuracy-claim.ts'
import { calibrationClaim } from './calibration-claim.ts'
import { provisionalTag, undecided, type Claim } from './claim.ts'
import { costClaim } from './cost-claim.ts'
import { fidelityClaim } from './fidelity-claim.ts'
import { gapClaim } from './gap-claim.ts'
import { labelsClaim } from './labels-claim.ts'
import { lossClaim } from './loss-claim.ts'
import { sizeClaim } from './size-claim.ts'

/**
 * The usual claims in a fixed order. Before the primary question has its word none has a tag but "provisional".
 * @param unmeasured why there is no latency, where there is none.
 */
export function claims(page: ClaimsPage, unmeasured: string = 'Latency was not measured.'): Claim[] {
  const all = [
    accuracyClaim(page),
    sizeClaim(page, unmeasured),
    gapClaim(page),
    fidelityClaim(page),
    calibrationClaim(page),
    costClaim(page),
    lossClaim(page),
    labelsClaim(page),
  ]
  return undecided(page) ? all.map((claim) => ({ ...claim, tags: [provisionalTag(page)] })) : all
}
