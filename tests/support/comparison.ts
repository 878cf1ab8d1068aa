import type { SaidComparison } from '../../core/wording/say-comparison.ts'

/** What a comparison says of its look where the protocol has one. */
export const oneLook = {
  look: { index: 0, of: 1, seeds: 8, alpha: 0.05 },
  open: false,
  undecidable: false,
  liveBand: null,
  liveFrom: 4,
} as const satisfies Partial<SaidComparison>
