import type { ExperimentDraftInput } from '../../core/contracts/protocol.ts'
import { smallDraft } from '../support/server.ts'

/** Digits, with a second look that follows by itself; long enough to be hit at work several times. */
export const tortureDraft = (share: number): ExperimentDraftInput => {
  const draft = smallDraft({ seeds: 3, moreLooks: [4], continuation: 'until-decided', margin: 0.02 })
  draft.teacher.training.steps = Math.round(20_000 * share)
  draft.student.training.steps = Math.round(10_000 * share)
  return draft
}
